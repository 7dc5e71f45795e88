"""Shadow prices: what the room that a group takes today would be worth to those who wait or will come.

A linear program over the rest of the year: who waits now, the groups of some forecast years (each year
counts its share), the rooms of the homes that are open now with who lives there now, and the slots of
counsel. The dual of a room's row is its price, that of a court's desk what a match there is worth.
J. Ahani et al., Dynamic Placement in Refugee Resettlement, 2021: prices of places, learnt from sampled years.
Comes in: what a policy may look at. Goes out: `Shadow`. Tests: tests/simulation/test_shadow.py.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.placement.solve import solve_relaxation
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.hindsight import kind_of
from posada.simulation.homes_today import HomesToday
from posada.simulation.planned import Planned, alike, spoken
from posada.simulation.room_rows import KINDS, Opens, Stretch, lawful_somewhen, loads, stretch
from posada.simulation.year_program import (
    Item,
    Pairs,
    RoomRows,
    pairs_of,
    room_rows,
    rounded,
    start_program,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected after a day: groups as they will be when they come, one list a year; openings."""

    years: Sequence[Sequence[tuple[Group, date]]]
    opens: Opens


Forecast = Callable[[date], Expectation]
KIN, LANGUAGE, REPRESENTED = 0.1, 0.03, 0.01
"""What a child counts for on levels 2 to 4 beside 1 for a place: small, since a lower level never costs a
higher one anything; the exact order is kept by `posada plan`, not here."""
PERIOD_DAYS = 45
"""Expected groups that come within so many days count as coming on the first of them."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """room (KINDS, n_homes): the price of a unit of room that is taken today; desk: court -> per child."""

    room: Floats
    desk: dict[str, float]
    across: Stretch
    column_of: Ints  # (n_homes,): the home's column in `across`, -1 where it has none
    planned: Planned

    def taken(self, group: Group, homes: Ints, today: HomesToday) -> Ints:
        """(KINDS, n): what the group takes of each home; a kin home's room has no price."""
        column = self.column_of[homes]
        known = np.flatnonzero(column >= 0)
        found = np.zeros((KINDS, len(homes)), dtype=np.int64)
        if len(known):
            item = np.zeros(len(known), dtype=np.int64)
            found[:, known] = loads([group], item, column[known], self.across, today)
        return found

    def worth(self, group: Group, homes: Ints, today: HomesToday, counsel: CounselDesk) -> Floats:
        """(n,): value of each home to the group, less the price of the room that it takes."""
        price = (self.room[:, homes] * self.taken(group, homes, today)).sum(axis=0)
        value = [self._value(group, today, counsel, home) for home in homes.tolist()]
        return np.asarray(np.array(value) - price, dtype=np.float64)

    def _value(self, group: Group, today: HomesToday, counsel: CounselDesk, number: int) -> float:
        home = today.homes[number]
        spoken = set(home.languages)
        is_kin = home.kind == "kin"
        shared = sum(is_kin or bool(spoken & set(child.languages)) for child in group.children)
        court = counsel.court_of(group, home.county_fips) or ""
        return group.size * (1 + KIN * is_kin + self.desk.get(court, 0.0)) + LANGUAGE * shared

    def spare(self, group: Group, homes: Ints, today: HomesToday) -> Ints:
        """(n,): places that would stay free beside the group; 0 in a kin home."""
        left = today.rows.capacity_left[0, homes].astype(np.int64) - group.size
        return np.where(today.is_kin[homes], 0, left)


def shadow_prices(
    homes: HomesToday,
    *,
    waiting: Sequence[Group],
    forecast: Expectation,
    counsel: CounselDesk,
    last: date,
    wait_days: int = 0,
) -> Shadow:
    """Prices of today; `forecast`: what is expected after today."""
    today = homes.today
    across = stretch(homes, first=today, last=last, expected=forecast.opens)
    column_of = np.full(len(homes.homes), -1, dtype=np.int64)
    column_of[across.home] = np.arange(len(across.home))
    items, at_kin = _items(waiting, forecast.years, homes=homes, last=last, wait_days=wait_days)
    items = _merged(items, across, homes)
    pairs = pairs_of(items, across, homes)
    pairs = replace(pairs, value=pairs.value + LANGUAGE * _shared(items, pairs, across))
    rows = room_rows(items, pairs, across)
    room = np.zeros((KINDS, len(homes.homes)))
    if not len(pairs.item):
        return Shadow(
            room, {}, across, column_of, Planned([], pairs, pairs.value, across=across, homes=homes)
        )
    found = _solve(items, pairs, rows, across, homes=homes, counsel=counsel, at_kin=at_kin)
    prices, desk, count = found
    now = np.flatnonzero(across.starts[rows.column, rows.step] <= today.toordinal())
    np.add.at(room, (rows.kind[now], across.home[rows.column[now]]), prices[now])
    planned = Planned(items, pairs, count, across=across, homes=homes)
    return Shadow(room, desk, across, column_of, planned)


def _items(
    waiting: Sequence[Group],
    years: Sequence[Sequence[tuple[Group, date]]],
    *,
    homes: HomesToday,
    last: date,
    wait_days: int,
) -> tuple[list[Item], dict[str, float]]:
    """Items for homes that are open to all, and children who will go to kin, by the court of the kin home.

    Who has kin is expected to go there and to ask for nothing but counsel.
    """
    same_kind: dict[Hashable, list[tuple[Group, int, float]]] = defaultdict(list)
    at_kin: dict[str, float] = defaultdict(float)
    today, share = homes.today, 1.0 / max(len(years), 1)
    expected = [(group, day, share) for year in years for group, day in year if day <= last]
    for group, day, weight in [*((g, today, 1.0) for g in waiting), *expected]:
        kin = [home_id for home_id in sorted(group.kin_homes) if home_id in homes.index]
        if kin or group.kin_homes:
            county = homes.homes[homes.index[kin[0]]].county_fips if kin else ""
            court = group.hearing_court or homes.problem.court_of_county.get(county, "")
            at_kin[court] += weight
            continue
        period = -(-(day - today).days // PERIOD_DAYS)  # 0: today
        same_kind[*kind_of(group), spoken(group), period].append((group, period, weight))
    items = []
    for same in same_kind.values():
        group, period, _ = same[0]
        comes = today.toordinal() + (1 + (period - 1) * PERIOD_DAYS if period else 0)
        until = last.toordinal()
        if wait_days:
            until = min(until, today.toordinal() + period * PERIOD_DAYS + wait_days - 1)
        items.append(Item(group, sum(weight for _, _, weight in same), comes, until))
    return items, at_kin


def _merged(items: Sequence[Item], across: Stretch, homes: HomesToday) -> list[Item]:
    """Items that take the same room of the same homes, and speak the same, are one: less to solve."""
    if not items:
        return []
    lawful = lawful_somewhen([item.group for item in items], across, homes)
    same: dict[Hashable, list[Item]] = defaultdict(list)
    for row, item in enumerate(items):
        same[alike(item.group, lawful[row]), item.comes, item.until].append(item)
    return [replace(each[0], count=sum(item.count for item in each)) for each in same.values()]


def _shared(items: Sequence[Item], pairs: Pairs, across: Stretch) -> Floats:
    """(n_pairs,): children who share a language with the home."""
    sets = [frozenset(state.home.languages) for state in across.states]
    kinds = {spoken: k for k, spoken in enumerate(sorted(set(sets), key=sorted))}
    table = np.array(
        [[sum(bool(spoken & set(c.languages)) for c in i.group.children) for spoken in kinds] for i in items],
        dtype=np.float64,
    ).reshape(len(items), len(kinds))
    return np.asarray(table[pairs.item, np.array([kinds[s] for s in sets], dtype=np.int64)[pairs.column]])


def _solve(
    items: Sequence[Item],
    pairs: Pairs,
    rows: RoomRows,
    across: Stretch,
    *,
    homes: HomesToday,
    counsel: CounselDesk,
    at_kin: dict[str, float],
) -> tuple[Floats, dict[str, float], Floats]:
    """(prices of the rooms' rows, value of a match per child by court, how many groups by pair).

    Matches are counted in groups, by court: y[court, pool] <= groups placed in the court's counties. A group
    whose hearing names a court is counted at its home's court here; that only blurs a small number.
    """
    courts, arcs, slots = _pools(counsel)
    program = start_program(items, pairs, rows, extra=len(arcs))
    n, place = len(pairs.item), {court: k for k, court in enumerate(courts)}
    size = sum(i.group.size * i.count for i in items) / max(sum(i.count for i in items), 1e-9)
    program.gain[n:] = REPRESENTED * size
    of_home = [homes.problem.court_of_county.get(s.home.county_fips, "") for s in across.states]
    court = np.array([place.get(c, -1) for c in of_home], dtype=np.int64)[pairs.column]
    asking = np.flatnonzero(court >= 0)
    arc_court = np.array([a for a, _ in arcs], dtype=np.int64)
    arc_pool = np.array([b for _, b in arcs], dtype=np.int64)
    columns = np.arange(len(arcs)) + n
    first_desk = program.add_rows(
        row=np.concatenate([arc_court, court[asking]]),
        col=np.concatenate([columns, asking]),
        value=np.concatenate([np.ones(len(arcs)), -np.ones(len(asking))]),
        lower=np.full(len(courts), -np.inf),
        upper=np.array([at_kin.get(c, 0.0) for c in courts], dtype=np.float64),
    )
    program.add_rows(
        row=arc_pool,
        col=columns,
        value=np.ones(len(arcs)),
        lower=np.full(len(slots), -np.inf),
        upper=np.array(slots, dtype=np.float64),
    )
    solved = solve_relaxation(program, method="ipm", crossover=False)
    found = rounded(solved.prices)
    desk = found[first_desk : first_desk + len(courts)] / size
    by_court = dict(zip(courts, desk.tolist(), strict=True))
    return found[len(items) : first_desk], by_court, np.round(solved.x[:n], 6)


def _pools(counsel: CounselDesk) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """Courts, (court, pool) pairs, and slots left of the pools: counsel who may act at the same courts."""
    slots: dict[tuple[str, ...], int] = defaultdict(int)
    for person, left in zip(counsel.problem.counsel, counsel.left, strict=True):
        slots[tuple(sorted(set(person.courts)))] += left
    courts = sorted({court for courts in slots for court in courts})
    place = {court: k for k, court in enumerate(courts)}
    pools = sorted(courts for courts, left in slots.items() if left > 0)
    arcs = [(place[court], k) for k, pool in enumerate(pools) for court in pool]
    return courts, arcs, [slots[pool] for pool in pools]
