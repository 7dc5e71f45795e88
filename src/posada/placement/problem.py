"""The placement problem of one evening: who may still be placed, and what room each home has left.

Comes in: a `Program` and the `Policy` of its plan date. Goes out: a frozen `Problem` with one entry a
sibling group that can be planned and one a home, both sorted by id, plus everything about pairs that is
sparse (kin links, separations, forbidden pairs, pins). No lawful pair is decided here: see `feasible`.
Docs: docs/reference/rules.md. Tests: tests/placement/test_problem.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from posada.records import Child, Counsel, Home, Override, Program
from posada.records.people import age_on
from posada.rulebook.policy import Policy


@dataclass(frozen=True, slots=True)
class Group:
    """A sibling group with at least one child to place. Counts are of the children to place."""

    group_id: str
    children: tuple[Child, ...]
    size_all: int  # with the siblings who already live in a home
    girls: int
    boys: int
    under_two: int
    age_min: int
    age_max: int
    sexes: frozenset[str]
    needs: frozenset[str]
    standing_homes: tuple[str, ...] = ()  # where siblings live already
    kin_homes: frozenset[str] = frozenset()
    hearing_court: str | None = None
    hearing_date: date | None = None

    @property
    def size(self) -> int:
        """Children to place."""
        return len(self.children)


@dataclass(frozen=True, slots=True)
class HomeState:
    """A home with those who live there already and the home's own children, counted on the plan date."""

    home: Home
    standing: int
    standing_girls: int
    standing_boys: int
    standing_under_two: int
    standing_groups: frozenset[str]
    own: int  # own children that the household rule counts
    own_under_two: int
    is_closed: bool  # a rejected protective row names it

    @property
    def home_id(self) -> str:
        """The home's id."""
        return self.home.home_id


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the solver and the rules read; groups and homes are sorted by id."""

    plan_date: date
    policy: Policy
    groups: tuple[Group, ...]
    homes: tuple[HomeState, ...]
    counsel: tuple[Counsel, ...]
    court_of_county: Mapping[str, str]
    separated_groups: Mapping[str, frozenset[str]]  # group -> groups
    separated_homes: Mapping[str, frozenset[str]]  # group -> homes
    separated_counsel: Mapping[str, frozenset[str]]  # group -> counsel
    forbidden: Mapping[str, frozenset[str]]  # group -> homes and counsel
    pins: tuple[Override, ...]
    held_groups: Mapping[str, str]
    held_sizes: Mapping[str, int] = field(default_factory=dict)
    homes_of_standing_group: Mapping[str, frozenset[str]] = field(default_factory=dict)
    group_index: Mapping[str, int] = field(default_factory=dict)
    home_index: Mapping[str, int] = field(default_factory=dict)
    counsel_index: Mapping[str, int] = field(default_factory=dict)


def build_problem(program: Program, *, policy: Policy) -> Problem:
    """Turn accepted rows into the problem of `program.plan_date`."""
    standing = _standing_homes(program)
    groups = _groups(program, policy=policy, standing=standing)
    homes = _homes(program, policy=policy, standing=standing)
    separated = _separations(program)
    forbidden: dict[str, set[str]] = defaultdict(set)
    for override in program.overrides:
        if override.action == "forbid":
            forbidden[override.sibling_group_id].add(override.home_id or override.counsel_id or "")
    held_sizes: dict[str, int] = defaultdict(int)
    for child in program.children:
        if child.sibling_group_id in program.held_groups and child.child_id not in standing:
            held_sizes[child.sibling_group_id] += 1
    # Two people may ask for the same: such a pin holds, or is refused, once.
    pins = {
        (o.sibling_group_id, o.home_id is None, o.home_id or "", o.counsel_id or ""): o
        for o in reversed(program.overrides)
        if o.action == "pin"
    }
    return Problem(
        plan_date=program.plan_date,
        policy=policy,
        groups=groups,
        homes=homes,
        counsel=tuple(sorted(program.counsel, key=lambda c: c.counsel_id)),
        court_of_county={c.county_fips: c.court_code for c in program.court_counties},
        separated_groups=separated[0],
        separated_homes=separated[1],
        separated_counsel=separated[2],
        forbidden={group: frozenset(targets) for group, targets in forbidden.items()},
        pins=tuple(pin for _, pin in sorted(pins.items(), key=lambda pair: pair[0])),
        held_groups=program.held_groups,
        held_sizes=held_sizes,
        homes_of_standing_group=_homes_of_standing_groups(homes),
        group_index={g.group_id: i for i, g in enumerate(groups)},
        home_index={h.home_id: i for i, h in enumerate(homes)},
        counsel_index={
            c.counsel_id: i for i, c in enumerate(sorted(program.counsel, key=lambda c: c.counsel_id))
        },
    )


def _standing_homes(program: Program) -> dict[str, frozenset[str]]:
    """Child id -> the homes in which a placement of the child still stands on the plan date."""
    found: dict[str, set[str]] = defaultdict(set)
    for placement in program.placements:
        if placement.stands_on(program.plan_date):
            found[placement.child_id].add(placement.home_id)
    return {child: frozenset(homes) for child, homes in found.items()}


def _groups(program: Program, *, policy: Policy, standing: Mapping[str, frozenset[str]]) -> tuple[Group, ...]:
    members: dict[str, list[Child]] = defaultdict(list)
    for child in program.children:
        members[child.sibling_group_id].append(child)
    kin: dict[str, set[str]] = defaultdict(set)
    for link in program.kin:
        kin[link.sibling_group_id].add(link.home_id)
    hearing: dict[str, tuple[date, str]] = {}
    for row in program.hearings:
        first = (row.hearing_date, row.court_code)
        hearing[row.sibling_group_id] = min(first, hearing.get(row.sibling_group_id, first))
    groups = []
    for group_id in sorted(members):
        children = tuple(sorted(members[group_id], key=lambda c: c.child_id))
        waiting = tuple(c for c in children if c.child_id not in standing)
        if not waiting or group_id in program.held_groups:
            continue
        when, court = hearing.get(group_id, (None, None))
        groups.append(
            group_on(
                children,
                waiting=waiting,
                on=program.plan_date,
                policy=policy,
                standing_homes={home for c in children for home in standing.get(c.child_id, ())},
                kin_homes=kin.get(group_id, ()),
                hearing_court=court,
                hearing_date=when,
            )
        )
    return tuple(groups)


def group_on(
    children: Sequence[Child],
    *,
    waiting: Sequence[Child],
    on: date,
    policy: Policy,
    standing_homes: Iterable[str] = (),
    kin_homes: Iterable[str] = (),
    hearing_court: str | None = None,
    hearing_date: date | None = None,
) -> Group:
    """A sibling group (all its `children`) of whom those `waiting` are to be placed, as it is on a day."""
    ages = [age_on(c.birth_date, on) for c in waiting]
    return Group(
        group_id=waiting[0].sibling_group_id,
        children=tuple(waiting),
        size_all=len(children),
        girls=sum(c.sex == "F" for c in waiting),
        boys=sum(c.sex == "M" for c in waiting),
        under_two=sum(age < policy.under_two_age for age in ages),
        age_min=min(ages),
        age_max=max(ages),
        sexes=frozenset(c.sex for c in waiting),
        needs=frozenset(need for c in children for need in c.needs),
        standing_homes=tuple(sorted(standing_homes)),
        kin_homes=frozenset(kin_homes),
        hearing_court=hearing_court,
        hearing_date=hearing_date,
    )


def home_on(
    home: Home, *, living: Sequence[Child], on: date, policy: Policy, is_closed: bool = False
) -> HomeState:
    """A home with those who live there, as it is on a day."""
    own_ages = [age_on(born, on) for born in home.own_children_birth_dates]
    counted = [age for age in own_ages if age < policy.adult_age]
    return HomeState(
        home=home,
        standing=len(living),
        standing_girls=sum(c.sex == "F" for c in living),
        standing_boys=sum(c.sex == "M" for c in living),
        standing_under_two=sum(age_on(c.birth_date, on) < policy.under_two_age for c in living),
        standing_groups=frozenset(c.sibling_group_id for c in living),
        own=len(counted) if policy.household_counts_own else 0,
        own_under_two=sum(age < policy.under_two_age for age in own_ages),
        is_closed=is_closed,
    )


def _homes(
    program: Program, *, policy: Policy, standing: Mapping[str, frozenset[str]]
) -> tuple[HomeState, ...]:
    living: dict[str, list[Child]] = defaultdict(list)
    for child in program.children:
        for home_id in standing.get(child.child_id, ()):
            living[home_id].append(child)
    return tuple(
        home_on(
            home,
            living=living.get(home.home_id, ()),
            on=program.plan_date,
            policy=policy,
            is_closed=home.home_id in program.closed_homes,
        )
        for home in sorted(program.homes, key=lambda h: h.home_id)
    )


def _homes_of_standing_groups(homes: tuple[HomeState, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for state in homes:
        for group_id in state.standing_groups:
            found[group_id].add(state.home_id)
    return {group_id: frozenset(ids) for group_id, ids in found.items()}


def _separations(
    program: Program,
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    groups: dict[str, set[str]] = defaultdict(set)
    homes: dict[str, set[str]] = defaultdict(set)
    counsel: dict[str, set[str]] = defaultdict(set)
    for row in program.separations:
        if row.other_group_id:
            groups[row.sibling_group_id].add(row.other_group_id)
            groups[row.other_group_id].add(row.sibling_group_id)
        if row.home_id:
            homes[row.sibling_group_id].add(row.home_id)
        if row.counsel_id:
            counsel[row.sibling_group_id].add(row.counsel_id)

    def freeze(found: dict[str, set[str]]) -> dict[str, frozenset[str]]:
        return {key: frozenset(values) for key, values in found.items()}

    return freeze(groups), freeze(homes), freeze(counsel)
