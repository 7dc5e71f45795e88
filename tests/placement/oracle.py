"""What the best plan of a tiny program is worth, by trying everything; written from the rules alone.

    answer = brute_force(program, policy=MARYLAND)      # about 5 groups x 4 homes x 3 counsel
    answer.levels                                       # the seven values, in the published order
    answer.refused                                      # {(group, home or counsel)} of the refused pins

`refused` may be given instead, to hold all other pins and judge the rest. `oracle_integer.integer_program`
answers the same for up to about 40 groups. Neither reads anything of src/posada/placement.

Pins are taken in the order (group, homes before counsel, id); one is refused if no lawful plan holds it
together with those accepted before it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from posada.records import Program
from posada.rulebook.policy import Policy
from tests.placement.oracle_rules import World

LEVELS = (
    "children_placed",
    "children_with_kin",
    "children_sharing_language",
    "children_represented",
    "counsel_sharing_language",
    "cost_cents_per_day",
    "distance_km",
)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A best plan: the value of each of `LEVELS` (cents; tenths of a kilometre), and who goes where."""

    levels: tuple[int, ...]
    homes: Mapping[str, str]  # group -> home
    counsel: Mapping[str, str]  # group -> counsel
    refused: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Musts:
    """Pins that must hold: group -> home, group -> counsel."""

    homes: Mapping[str, str] = field(default_factory=dict)
    counsel: Mapping[str, str] = field(default_factory=dict)


Search = Callable[[World, Musts], "Answer | None"]


def brute_force(program: Program, *, policy: Policy, refused: Iterable[Pair] | None = None) -> Answer:
    """The best plan by enumeration. `refused` given: every other pin must hold (ValueError if they can't)."""
    return with_pins(World.of(program, policy=policy), program, search=_search, refused=refused)


def with_pins(world: World, program: Program, *, search: Search, refused: Iterable[Pair] | None) -> Answer:
    """Take the pins one after the other, keep those that some lawful plan can hold, and search with them."""
    pins = sorted(
        (o.sibling_group_id, o.home_id is None, o.home_id or o.counsel_id or "")
        for o in program.overrides
        if o.action == "pin"
    )
    given = None if refused is None else frozenset(refused)
    found: set[Pair] = set()
    homes: dict[str, str] = {}
    counsel: dict[str, str] = {}
    best = search(world, Musts())
    for group, is_counsel, target in pins:
        if given is not None and (group, target) in given:
            continue
        if world.lives_in_only(group, target):
            continue
        mine = counsel if is_counsel else homes
        if group in world.waiting and mine.get(group, target) == target:
            trial = search(
                world,
                Musts({**homes, group: target}, counsel)
                if not is_counsel
                else Musts(homes, {**counsel, group: target}),
            )
            if trial is not None:
                mine[group], best = target, trial
                continue
        if given is not None:
            raise ValueError(f"the pin of {group} to {target} can't hold")
        found.add((group, target))
    if best is None:
        raise ValueError("not even the empty plan is lawful")
    return Answer(best.levels, best.homes, best.counsel, frozenset(found) if given is None else given)


def _search(world: World, musts: Musts) -> Answer | None:
    groups = sorted(world.waiting)
    left_after = [sum(world.size(g) for g in groups[i:]) for i in range(len(groups) + 1)]
    best: list[tuple[tuple[int, ...], Answer]] = []

    def visit(i: int, homes: dict[str, str], placed: int) -> None:
        if best and placed + left_after[i] < best[0][0][0]:
            return
        if i == len(groups):
            _keep_better(world, musts, homes, best)
            return
        group = groups[i]
        for home in world.lawful_homes(group):
            if musts.homes.get(group, home) != home:
                continue
            with_me = [*(g for g, h in homes.items() if h == home), group]
            if not world.broken_together(home, with_me):
                visit(i + 1, {**homes, group: home}, placed + world.size(group))
        if group not in musts.homes and group not in musts.counsel:
            visit(i + 1, homes, placed)

    visit(0, {}, 0)
    return best[0][1] if best else None


def _keep_better(
    world: World, musts: Musts, homes: Mapping[str, str], best: list[tuple[tuple[int, ...], Answer]]
) -> None:
    worths = [world.worth(g, h) for g, h in homes.items()]
    placed, kin, shared, cents, tenths = (sum(w[k] for w in worths) for k in range(5))
    if best and (placed, kin, shared) < best[0][0][:3]:
        return
    matched = _best_counsel(world, musts, homes)
    if matched is None:
        return
    represented, spoken, counsel = matched
    key = (placed, kin, shared, represented, spoken, -cents, -tenths)
    if not best or key > best[0][0]:
        levels = (placed, kin, shared, represented, spoken, cents, tenths)
        best[:] = [(key, Answer(levels, dict(homes), counsel))]


def _best_counsel(
    world: World, musts: Musts, homes: Mapping[str, str]
) -> tuple[int, int, dict[str, str]] | None:
    """(children represented, ... who share a language, group -> counsel), or None if a pin can't hold."""
    groups = sorted(homes)
    names = sorted(world.slots)

    @cache
    def rest(i: int, slots: tuple[int, ...]) -> tuple[int, int, tuple[Pair, ...]] | None:
        if i == len(groups):
            return 0, 0, ()
        group, options = groups[i], []
        must = musts.counsel.get(group)
        if must is None:
            options.append(rest(i + 1, slots))
        for one in world.lawful_counsel(group, homes[group]):
            k = names.index(one)
            if must in (None, one) and slots[k] > 0:
                after = rest(i + 1, (*slots[:k], slots[k] - 1, *slots[k + 1 :]))
                if after is not None:
                    gain = world.size(group) + after[0], world.spoken(group, one) + after[1]
                    options.append((*gain, ((group, one), *after[2])))
        known = [option for option in options if option is not None]
        return max(known, key=lambda o: o[:2]) if known else None

    found = rest(0, tuple(world.slots[name] for name in names))
    return None if found is None else (found[0], found[1], dict(found[2]))
