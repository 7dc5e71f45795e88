"""What the best plan of a small program is worth, as one plain integer program, level after level.

    answer = integer_program(program, policy=MARYLAND)  # up to about 40 groups

x[group, home] and y[group, home, counsel] are 0 or 1; each rule is one row; each level's value is kept by a
row before the next is asked for. No classes, no tricks: slow and easily read. See `oracle` for the answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

import highspy
import numpy as np

from posada.records import Program
from posada.rulebook.policy import Policy
from tests.placement.oracle import Answer, Musts, Pair, with_pins
from tests.placement.oracle_rules import World

Row = tuple[float, float, dict[int, int]]
"""lower <= sum of coefficient x column <= upper."""


def integer_program(program: Program, *, policy: Policy, refused: Iterable[Pair] | None = None) -> Answer:
    """The best plan by HiGHS. `refused` given: every other pin must hold (ValueError if they can't)."""
    return with_pins(World.of(program, policy=policy), program, search=_search, refused=refused)


class _Columns:
    """Numbers the variables."""

    def __init__(self, world: World) -> None:
        self.x: dict[tuple[str, str], int] = {}
        self.y: dict[tuple[str, str, str], int] = {}
        for group in sorted(world.waiting):
            for home in world.lawful_homes(group):
                self.x[group, home] = len(self.x)
        for group, home in self.x:
            for one in world.lawful_counsel(group, home):
                self.y[group, home, one] = len(self.x) + len(self.y)

    def __len__(self) -> int:
        return len(self.x) + len(self.y)


def _search(world: World, musts: Musts) -> Answer | None:
    columns = _Columns(world)
    rows = [*_group_rows(columns, world, musts), *_counsel_rows(columns, world)]
    for home in world.homes:
        rows += _home_rows(columns, world, home)
    if any(upper < 0 or lower > 0 for lower, upper, terms in rows if not terms):
        return None
    if len(columns) == 0:
        return Answer((0,) * 7, {}, {})
    solver = _solver(len(columns), [row for row in rows if row[2]])
    values, chosen = [], np.zeros(len(columns))
    for gain, sign in zip(_level_gains(columns, world), (1, 1, 1, 1, 1, -1, -1), strict=True):
        cost = np.zeros(len(columns))
        for column, worth in gain.items():
            cost[column] = sign * worth
        solver.changeColsCost(len(columns), np.arange(len(columns), dtype=np.int32), cost)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
        chosen = np.round(np.array(solver.getSolution().col_value))
        best = round(float(cost @ chosen))
        values.append(sign * best)
        _add_row(solver, (best - 0.5, highspy.kHighsInf, {c: sign * w for c, w in gain.items() if w}))
    homes = {group: home for (group, home), c in columns.x.items() if chosen[c] == 1}
    counsel = {group: one for (group, _, one), c in columns.y.items() if chosen[c] == 1}
    return Answer(tuple(values), homes, counsel)


def _solver(n: int, rows: list[Row]) -> highspy.Highs:
    make: Callable[[], highspy.Highs] = highspy.Highs
    solver = make()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    solver.addVars(n, np.zeros(n), np.ones(n))
    whole = np.array([highspy.HighsVarType.kInteger] * n)
    solver.changeColsIntegrality(n, np.arange(n, dtype=np.int32), whole)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for row in rows:
        _add_row(solver, row)
    return solver


def _add_row(solver: highspy.Highs, row: Row) -> None:
    lower, upper, terms = row
    if terms:
        solver.addRow(
            lower,
            upper,
            len(terms),
            np.array(list(terms), dtype=np.int32),
            np.array(list(terms.values()), dtype=np.float64),
        )


def _group_rows(columns: _Columns, world: World, musts: Musts) -> Iterable[Row]:
    """A group goes to one home or none; pins hold."""
    for group in world.waiting:
        must = group in musts.homes or group in musts.counsel
        homes = {c: 1 for (g, _), c in columns.x.items() if g == group}
        yield (1 if must else 0), 1, homes
        if group in musts.homes:
            home = musts.homes[group]
            yield 1, 1, {c: 1 for (g, h), c in columns.x.items() if (g, h) == (group, home)}
        if group in musts.counsel:
            one = musts.counsel[group]
            yield 1, 1, {c: 1 for (g, _, k), c in columns.y.items() if (g, k) == (group, one)}


def _counsel_rows(columns: _Columns, world: World) -> Iterable[Row]:
    """Counsel is for who lives there; a counsel has so many slots."""
    asks: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    takes: dict[str, dict[int, int]] = defaultdict(dict)
    for (group, home, one), column in columns.y.items():
        asks[group, home][column] = 1
        takes[one][column] = 1
    for pair, terms in asks.items():
        yield -highspy.kHighsInf, 0, {**terms, columns.x[pair]: -1}
    for one, terms in takes.items():
        yield -highspy.kHighsInf, world.slots[one], terms


def _home_rows(columns: _Columns, world: World, home_id: str) -> Iterable[Row]:
    """Room of each kind, and who can't be there together."""
    policy, home = world.policy, world.homes[home_id]
    there = world.living.get(home_id, [])
    here = {g: c for (g, h), c in columns.x.items() if h == home_id}

    def room(most: int, counts: Mapping[str, int]) -> Row:
        return -highspy.kHighsInf, most, {here[g]: n for g, n in counts.items() if n}

    if not here:
        return
    sizes = {g: world.size(g) for g in here}
    girls, boys = ({g: sum(c.sex == s for c in world.waiting[g]) for g in here} for s in "FM")
    yield room(home.licensed_capacity - len(there), sizes)
    yield room(home.beds_girls + home.beds_boys + home.beds_any - len(there), sizes)
    yield room(home.beds_girls + home.beds_any - sum(c.sex == "F" for c in there), girls)
    yield room(home.beds_boys + home.beds_any - sum(c.sex == "M" for c in there), boys)
    for one, other in combinations(here, 2):
        if "separation" in world.broken_together(home_id, [one, other]):
            yield 0, 1, {here[one]: 1, here[other]: 1}
    if home.kind not in policy.household_kinds:
        return
    ages = [world.age(b) for b in home.own_children_birth_dates]
    own = sum(a < policy.adult_age for a in ages) if policy.household_counts_own else 0
    left = policy.household_max - own - len(there)
    crowding = [g for g in here if sizes[g] > left]
    yield room(max(left, 0), {g: n for g, n in sizes.items() if g not in crowding})
    for alone in crowding:
        for other in here:
            if other != alone:
                yield 0, 1, {here[alone]: 1, here[other]: 1}
    if policy.under_two_max is not None:
        born = [world.age(c.birth_date) for c in there]
        small = sum(a < policy.under_two_age for a in [*ages, *born])
        infants = {
            g: sum(world.age(c.birth_date) < policy.under_two_age for c in world.waiting[g]) for g in here
        }
        yield room(policy.under_two_max - small, infants)


def _level_gains(columns: _Columns, world: World) -> list[dict[int, int]]:
    """Column -> worth, for each of the seven levels."""
    worths = {pair: world.worth(*pair) for pair in columns.x}
    placed, kin, shared, cents, tenths = (
        {columns.x[pair]: worth[k] for pair, worth in worths.items()} for k in range(5)
    )
    represented = {c: world.size(g) for (g, _, _), c in columns.y.items()}
    spoken = {c: world.spoken(g, one) for (g, _, one), c in columns.y.items()}
    return [placed, kin, shared, represented, spoken, cents, tenths]
