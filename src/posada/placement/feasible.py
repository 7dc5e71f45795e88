"""Which group may go to which home: one function per hard rule, each naming its rule code.

The functions take a column of groups and a row of homes and answer with a table of booleans
(n_groups x n_homes, True = the rule allows the pair), so the same rule serves one question of a worker
and a whole nation. Rules about several groups in one home (`capacity` with others, `separation` of two
groups) are here only as far as one pair can break them; the solver's rows and `check` do the rest.
Source of the numbers: the policy of the plan date. Docs: docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group, HomeState, Problem

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
NO_LIMIT = 10_000
"""Stands for an empty age_max or max_siblings: above every age and every group size."""


@dataclass(frozen=True, slots=True)
class GroupColumns:
    """What the rules read of groups, each (n_groups, 1)."""

    size: Ints
    size_all: Ints
    girls: Ints
    boys: Ints
    under_two: Ints
    age_min: Ints
    age_max: Ints
    has_sex: dict[str, Bools]
    needs: Bools  # (n_groups, n_needs)


@dataclass(frozen=True, slots=True)
class HomeRows:
    """What the rules read of homes, each (1, n_homes)."""

    is_kin: Bools
    has_household_rule: Bools
    license_holds: Bools
    checks_hold: Bools
    is_closed: Bools
    capacity_left: Ints
    beds_left: Ints
    girls_left: Ints
    boys_left: Ints
    under_two_left: Ints
    living: Ints  # standing children + own children that the household rule counts
    stands_empty: Bools
    age_min: Ints
    age_max: Ints
    accepts: dict[str, Bools]
    max_siblings: Ints
    lacks: Bools  # (n_needs, n_homes): cannot meet this need


def need_names(problem: Problem) -> tuple[str, ...]:
    """Every need that some group has, sorted."""
    return tuple(sorted({need for group in problem.groups for need in group.needs}))


def group_columns(groups: Sequence[Group], *, needs: Sequence[str]) -> GroupColumns:
    """Columns for the given groups; `needs` fixes the order of the need table."""

    def column(values: Iterable[int]) -> Ints:
        return np.fromiter(values, dtype=np.int32, count=len(groups)).reshape(-1, 1)

    return GroupColumns(
        size=column(g.size for g in groups),
        size_all=column(g.size_all for g in groups),
        girls=column(g.girls for g in groups),
        boys=column(g.boys for g in groups),
        under_two=column(g.under_two for g in groups),
        age_min=column(g.age_min for g in groups),
        age_max=column(g.age_max for g in groups),
        has_sex={sex: column(sex in g.sexes for g in groups).astype(np.bool_) for sex in "FMX"},
        needs=np.array([[n in g.needs for n in needs] for g in groups], dtype=np.bool_).reshape(
            len(groups), len(needs)
        ),
    )


def home_rows(homes: Sequence[HomeState], *, problem: Problem, needs: Sequence[str]) -> HomeRows:
    """Rows for the given homes on the problem's plan date."""
    policy, today = problem.policy, problem.plan_date
    last_day = today + timedelta(days=policy.license_days_left)

    def row(values: Iterable[int]) -> Ints:
        return np.fromiter(values, dtype=np.int32, count=len(homes)).reshape(1, -1)

    def flags(values: Iterable[bool]) -> Bools:
        return np.fromiter(values, dtype=np.bool_, count=len(homes)).reshape(1, -1)

    under_two_max = NO_LIMIT if policy.under_two_max is None else policy.under_two_max
    return HomeRows(
        is_kin=flags(s.home.kind == "kin" for s in homes),
        has_household_rule=flags(s.home.kind in policy.household_kinds for s in homes),
        license_holds=flags(
            s.home.license_from is not None
            and s.home.license_to is not None
            and s.home.license_from <= today
            and s.home.license_to >= last_day
            for s in homes
        ),
        checks_hold=flags(
            s.home.checks_clear_until is not None and s.home.checks_clear_until >= today for s in homes
        ),
        is_closed=flags(s.is_closed for s in homes),
        capacity_left=row(s.home.licensed_capacity - s.standing for s in homes),
        beds_left=row(s.home.beds_girls + s.home.beds_boys + s.home.beds_any - s.standing for s in homes),
        girls_left=row(s.home.beds_girls + s.home.beds_any - s.standing_girls for s in homes),
        boys_left=row(s.home.beds_boys + s.home.beds_any - s.standing_boys for s in homes),
        under_two_left=row(
            under_two_max - s.standing_under_two - s.own_under_two
            if s.home.kind in policy.household_kinds
            else NO_LIMIT
            for s in homes
        ),
        living=row(s.standing + s.own for s in homes),
        stands_empty=flags(not s.standing_groups for s in homes),
        age_min=row(-1 if s.home.age_min is None else s.home.age_min for s in homes),
        age_max=row(NO_LIMIT if s.home.age_max is None else s.home.age_max for s in homes),
        accepts={
            sex: flags(not s.home.accepts_sexes or sex in s.home.accepts_sexes for s in homes)
            for sex in "FMX"
        },
        max_siblings=row(NO_LIMIT if s.home.max_siblings is None else s.home.max_siblings for s in homes),
        lacks=np.array([[n not in s.home.abilities for s in homes] for n in needs], dtype=np.bool_).reshape(
            len(needs), len(homes)
        ),
    )


def take_homes(homes: HomeRows, which: NDArray[np.int64]) -> HomeRows:
    """The rows of some homes only, in the given order."""
    taken: dict[str, Any] = {}
    for name in homes.__slots__:
        values = getattr(homes, name)
        taken[name] = (
            {sex: row[:, which] for sex, row in values.items()}
            if isinstance(values, dict)
            else values[:, which]
        )
    return HomeRows(**taken)


def license_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`license`: runs on the plan date and for the policy's days after it."""
    return homes.license_holds | np.zeros_like(groups.size, dtype=np.bool_)


def checks_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`checks`: every check is clear on the plan date."""
    return homes.checks_hold | np.zeros_like(groups.size, dtype=np.bool_)


def capacity_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`capacity`: with those who live there already, within the licensed capacity."""
    return groups.size <= homes.capacity_left


def household_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`household`: within the ordinary number, or alone in the home within the number for siblings.

    Siblings who live there already are the caller's to see: `alone_with_siblings` of `refusals`.
    """
    policy = problem.policy
    total = groups.size + homes.living
    alone = (total <= policy.household_siblings_max) & homes.stands_empty
    return (total <= policy.household_max) | alone | ~homes.has_household_rule


def under_two_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`under_two`: no more infants in the household than the policy allows."""
    return groups.under_two <= homes.under_two_left


def beds_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`beds`: girls', boys' and all beds suffice."""
    return (
        (groups.girls <= homes.girls_left)
        & (groups.boys <= homes.boys_left)
        & (groups.size <= homes.beds_left)
    )


def age_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`age`: each child's age is within the home's."""
    return (groups.age_min >= homes.age_min) & (groups.age_max <= homes.age_max)


def sex_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`sex`: the home accepts each child's sex."""
    allowed = np.ones((groups.size.shape[0], homes.is_kin.shape[1]), dtype=np.bool_)
    for sex, has in groups.has_sex.items():
        allowed &= ~has | homes.accepts[sex]
    return allowed


def willing_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`willing`: the whole group is not larger than the home takes."""
    return groups.size_all <= homes.max_siblings


def needs_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`needs`: the home can meet all of the group's needs."""
    unmet = groups.needs.astype(np.float32) @ homes.lacks.astype(np.float32)
    return np.asarray(unmet == 0, dtype=np.bool_)


def closed_rule(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """`incomplete_separation`: no rejected protective row still names the home."""
    return ~homes.is_closed | np.zeros_like(groups.size, dtype=np.bool_)


Rule = Callable[[GroupColumns, HomeRows, Problem], Bools]
HOME_RULES: dict[str, Rule] = {
    "license": license_rule,
    "checks": checks_rule,
    "capacity": capacity_rule,
    "household": household_rule,
    "under_two": under_two_rule,
    "beds": beds_rule,
    "age": age_rule,
    "sex": sex_rule,
    "willing": willing_rule,
    "needs": needs_rule,
    "incomplete_separation": closed_rule,
}
"""The rules that groups and homes answer by themselves, in the order in which they are told."""


def lawful_by_home(groups: GroupColumns, homes: HomeRows, problem: Problem) -> Bools:
    """(n_groups, n_homes): True where every rule of `HOME_RULES` allows the pair; kin links not read."""
    allowed = np.ones((groups.size.shape[0], homes.is_kin.shape[1]), dtype=np.bool_)
    for code, rule in HOME_RULES.items():
        holds = rule(groups, homes, problem)
        if code in problem.policy.kin_home_exempt:
            holds |= homes.is_kin
        allowed &= holds
    return allowed


def pair_refusals(problem: Problem, group: Group, state: HomeState) -> tuple[str, ...]:
    """The codes that only names can answer: kin, separations, forbidden pairs, siblings elsewhere."""
    codes = []
    home_id = state.home_id
    if state.home.kind == "kin" and home_id not in group.kin_homes:
        codes.append("kin_only")
    apart = problem.separated_groups.get(group.group_id, frozenset())
    if home_id in problem.separated_homes.get(group.group_id, ()) or apart & state.standing_groups:
        codes.append("separation")
    if home_id in problem.forbidden.get(group.group_id, ()):
        codes.append("forbidden")
    if group.standing_homes and group.standing_homes != (home_id,):
        codes.append("sibling_already_placed")
    return tuple(codes)


def refusals(problem: Problem, group: Group, state: HomeState) -> tuple[str, ...]:
    """Every rule code that refuses this group in this home; empty where the pair alone is lawful."""
    needs = need_names(problem)
    columns = group_columns([group], needs=needs)
    rows = home_rows([state], problem=problem, needs=needs)
    codes = []
    for code, rule in HOME_RULES.items():
        if state.home.kind == "kin" and code in problem.policy.kin_home_exempt:
            continue
        if not rule(columns, rows, problem)[0, 0] and not (
            code == "household" and joins_siblings_alone(problem, group, state)
        ):
            codes.append(code)
    return (*codes, *pair_refusals(problem, group, state))


def joins_siblings_alone(problem: Problem, group: Group, state: HomeState) -> bool:
    """Whether the group joins its own siblings, alone in the home, within the number for siblings."""
    return (
        state.standing_groups == {group.group_id}
        and state.standing + state.own + group.size <= problem.policy.household_siblings_max
    )
