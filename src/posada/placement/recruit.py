"""Whom to recruit: what one more home, or one more counsel, would really gain.

Comes in: a program, its policy, its plan. Goes out: `Recruitment`. Each of the homes and counsel that
`recruit_wanted` proposes is added to the program, and this is planned anew, from nothing; what the values
then differ by, on the first level where they differ, is the gain. One case needs no search: a home that
children who wait would fill while everybody else stays put, where the plan is proven best on level 1. It
gains as many as it has beds: no fewer, for that plan is lawful, and no more, for without the home's own
children it would be a better plan of the program as it is. Gains do not add up, so the list as a whole is
planned anew as well. Docs: docs/how-to/whom-to-recruit.md. Tests: tests/placement/test_recruit.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.placement.recruit_wanted import HOME, Wanted, wanted_counsel, wanted_homes, with_wanted
from posada.records import LevelResult, Plan, Program
from posada.rulebook.policy import Policy

LEVELS_OF_CHILDREN = 5
"""The first levels count children; a gain in cost or distance alone is no reason to recruit."""
SMALL_PROGRAM = 60
"""Children up to whom planning anew takes no time that anybody would notice."""
_EFFORT = 30_000
_LEAST_SOLVES, _MOST_SOLVES = 4, 30


@dataclass(frozen=True, slots=True)
class Gain:
    """What one home or counsel gains: so many children on `level`, the first one that differs.

    `proven`: the values of that level and of those above it are proven best, without it and with it.
    `after`: the levels with it; empty where the gain on level 1 was settled without a search.
    """

    wanted: Wanted
    level: str
    children: int
    proven: bool
    after: tuple[LevelResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Recruitment:
    """`gains`: the first levels first, then the most children. `together`: the levels with all of them.

    `before`: the levels of the plan. `together` is empty where it was not planned anew. `considered` counts
    the homes and counsel that were proposed, `solved` the plans made, `passed_over` those proposed for whom
    there was no effort left.
    """

    gains: tuple[Gain, ...]
    before: tuple[LevelResult, ...]
    together: tuple[LevelResult, ...] = ()
    considered: int = 0
    solved: int = 0
    passed_over: int = 0


def solves_allowed(program: Program) -> int:
    """How many times a program of this size is planned anew: always the same, whatever the machine."""
    return max(_LEAST_SOLVES, min(_MOST_SOLVES, _EFFORT // max(len(program.children), 1)))


def recruit(
    program: Program,
    *,
    policy: Policy,
    plan: Plan,
    top: int = 10,
    most_solves: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Recruitment:
    """The homes and counsel that would gain most, at most `top` together.

    Half of the list is for each kind, as far as the kind has so many; the other takes what is left.
    `most_solves`: plans that may be made anew; `solves_allowed` if None, and at 0 only homes whose gain
    needs no search are listed. `progress` is told in a few words what is being done.
    """
    tell = progress or (lambda _: None)
    tell("looking at who waits")
    problem = build_problem(program, policy=policy)
    homes = wanted_homes(program, problem, plan, most=top)
    counsel = wanted_counsel(program, problem, plan, most=top)
    left = solves_allowed(program) if most_solves is None else most_solves
    solver = _Solver(program, policy, plan, left=left)
    solver.settle_before(tell)
    settled = [gain for wanted in homes if (gain := solver.settled(wanted)) is not None]
    open_homes = [wanted for wanted in homes if solver.settled(wanted) is None]
    gains = [*settled, *solver.gains(_in_turn(open_homes, counsel), tell)]
    chosen = _chosen(sorted(gains, key=_rank), top=top)
    together = solver.levels_with([gain.wanted for gain in chosen], tell) if chosen else ()
    return Recruitment(
        gains=tuple(chosen),
        before=solver.before,
        together=together,
        considered=len(homes) + len(counsel),
        solved=solver.solved,
        passed_over=solver.passed_over,
    )


def recruit_rows(gains: Sequence[Gain]) -> list[dict[str, object]]:
    """Gains as rows of recruit.csv (docs/reference/program-folder.md)."""
    return [
        {
            "kind": gain.wanted.kind,
            "county_fips": gain.wanted.place if gain.wanted.kind == HOME else None,
            "court_code": gain.wanted.place if gain.wanted.kind != HOME else None,
            "languages": gain.wanted.languages,
            "beds": gain.wanted.beds,
            "max_siblings": gain.wanted.max_siblings,
            "children_gained": gain.children,
        }
        for gain in gains
    ]


class _Solver:
    """Plans anew, as often as it may, and compares with the plan as it is."""

    def __init__(self, program: Program, policy: Policy, plan: Plan, *, left: int) -> None:
        self.program = program
        self.policy = policy
        self.plan = plan
        self.before = plan.levels
        self.left = left
        self.solved = 0
        self.passed_over = 0

    def settle_before(self, tell: Callable[[str], None]) -> None:
        """A plan that a time limit cut short is made anew first: else a better search would look a gain."""
        if self.plan.time_limit_reached and self.left > 0:
            tell("planning without a time limit first")
            self.before = self._solve(())

    def settled(self, wanted: Wanted) -> Gain | None:
        """The gain of a home that fills while everybody stays put, where nobody could gain more."""
        first = self.before[0]
        # More room may let a pin hold that only the want of room had refused: then all may change.
        may_change = any(pin.rule == "no_room" for pin in self.plan.refused_pins)
        if wanted.kind != HOME or not first.proven_optimal or may_change or wanted.floor == 0:
            return None
        if wanted.floor != wanted.beds:
            return None
        return Gain(wanted, first.name, wanted.floor, proven=True)

    def gains(self, wanted: Sequence[Wanted], tell: Callable[[str], None]) -> list[Gain]:
        """The gains of those that gain anything; one solve is kept for all of them together."""
        found = []
        for number, each in enumerate(wanted, 1):
            if self.left <= 1:
                self.passed_over += 1
                continue
            tell(f"planning with one more {each.kind}: {number} of {len(wanted)}")
            gain = self._gain(each, self._solve((each,)))
            found += [gain] if gain is not None else []
        return found

    def levels_with(self, wanted: Sequence[Wanted], tell: Callable[[str], None]) -> tuple[LevelResult, ...]:
        """The levels with all of them."""
        if self.left == 0:
            return ()
        tell("planning with all of them together")
        return self._solve(wanted)

    def _solve(self, wanted: Sequence[Wanted]) -> tuple[LevelResult, ...]:
        self.left -= 1
        self.solved += 1
        more = with_wanted(self.program, wanted, policy=self.policy)
        return make_plan(more, policy=self.policy).levels

    def _gain(self, wanted: Wanted, after: tuple[LevelResult, ...]) -> Gain | None:
        floor = [level.value + wanted.floor * (level.name == wanted.floor_level) for level in self.before]
        # A search that proves nothing may miss even the plan that only adds the newcomer to the old one.
        reached = max([level.value for level in after][:LEVELS_OF_CHILDREN], floor[:LEVELS_OF_CHILDREN])
        is_proven = True
        for old, new, value in zip(self.before, after, reached, strict=False):
            is_proven = is_proven and old.proven_optimal and new.proven_optimal
            if value != old.value:
                return Gain(wanted, old.name, value - old.value, is_proven, after)
        return None


def _in_turn(homes: Sequence[Wanted], counsel: Sequence[Wanted]) -> list[Wanted]:
    """One of each kind in turn, so that neither uses up the effort."""
    longest = max(len(homes), len(counsel))
    return [each for n in range(longest) for kind in (homes, counsel) for each in kind[n : n + 1]]


def _rank(gain: Gain) -> tuple[object, ...]:
    wanted, levels = gain.wanted, gain.level
    order = ("children_placed", "children_with_kin", "children_sharing_language", "children_represented")
    asks = (wanted.kind, wanted.beds or 0, len(wanted.needs), wanted.needs, wanted.languages, wanted.place)
    at = order.index(levels) if levels in order else len(order)
    return (at, -gain.children, -wanted.reach, *asks)


def _chosen(ranked: Sequence[Gain], *, top: int) -> list[Gain]:
    """The first `top`, of which each kind has half if it has so many."""
    homes = [gain for gain in ranked if gain.wanted.kind == HOME]
    counsel = [gain for gain in ranked if gain.wanted.kind != HOME]
    for_homes = max(top - len(counsel), -(-top // 2))
    listed = [*homes[:for_homes], *counsel[: top - len(homes[:for_homes])]]
    return sorted(listed, key=_rank)
