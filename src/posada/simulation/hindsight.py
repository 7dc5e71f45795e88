"""How many children could have been placed by somebody who knew the whole year: an upper bound.

Every group may wait as long as it likes, kin homes take all that are linked to them, and groups are cut as
finely as beds: the bound is above the best plan of the year, and no policy can pass it.
Comes in: a `Year` and the rules. Goes out: a number of children. Docs: docs/how-to/simulate-a-year.md.
Tests: tests/simulation/test_hindsight.py.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date

from posada.placement import feasible
from posada.placement.problem import Group
from posada.records.people import birthday
from posada.rulebook.policy import Policy
from posada.simulation.groups_today import ADULT, GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.numbers import Numbers
from posada.simulation.room_rows import kindly, open_days, stretch
from posada.simulation.year import DAY, Year
from posada.simulation.year_program import Item, pairs_of, proven_bound, room_prices, room_rows

ARRIVALS_TOGETHER_DAYS = 10
"""Alike groups that come within so many days count as coming on the first of them: less to solve."""


def hindsight_bound(year: Year, *, rules: Policy, numbers: Numbers) -> int:
    """Children; no lawful course of the year places more."""
    homes = HomesToday(year, policy=rules, placement_days=numbers.placement_days)
    groups = GroupsToday(year, homes)
    sure, contested = 0, []
    for group, comes, until in _coming(year, groups, wait_days=numbers.wait_days):
        if group.standing_homes or _kin_takes(group, comes, until, year, homes):
            sure += group.size
        else:
            contested.append((group, comes, until))
    items = _together(contested, year)
    across = stretch(homes, first=year.start, last=year.last)
    pairs = pairs_of(items, across, homes)
    rows = room_rows(items, pairs, across)
    return sure + math.floor(proven_bound(items, pairs, rows, room_prices(items, pairs, rows)) + 1e-9)


def _coming(year: Year, groups: GroupsToday, *, wait_days: int) -> Iterator[tuple[Group, date, date]]:
    """Each group as kindly as its time of waiting may find it, its arrival, and its last day."""
    for group_id, comes in year.arrival.items():
        waiting = groups.waiting_children(group_id)
        if not waiting or group_id in year.program.held_groups:
            continue
        oldest = min(child.birth_date for child in waiting)
        until = min(birthday(oldest, years=ADULT) - DAY, year.last)
        if wait_days:
            until = min(until, comes + (wait_days - 1) * DAY)
        if until >= comes:
            yield kindly(groups.on(group_id, comes), older=groups.on(group_id, until)), comes, until


def _kin_takes(group: Group, comes: date, until: date, year: Year, homes: HomesToday) -> bool:
    """Whether some kin home of the group may take it on some day."""
    for home_id in sorted(group.kin_homes):
        number = homes.index[home_id]
        span = open_days(homes, number, first=year.start, last=year.last)
        if not homes.is_kin[number] or span is None:
            continue
        if span[1] < comes.toordinal() or span[0] > until.toordinal():
            continue
        state = homes.state_on(number, date.fromordinal(span[1]), whatever_opens=True)
        day = homes.problem_on(date.fromordinal(span[1]))
        rows = feasible.home_rows([state], problem=day, needs=homes.needs)
        if feasible.lawful_by_home(feasible.group_columns([group], needs=homes.needs), rows, day)[0, 0]:
            return True
    return False


def _together(found: list[tuple[Group, date, date]], year: Year) -> list[Item]:
    """Alike groups of the same days are one item, which comes with the first and ends with the last."""
    alike: dict[Hashable, list[tuple[Group, int, int]]] = defaultdict(list)
    for group, comes, until in found:
        days = comes.toordinal() - year.start.toordinal()
        key = (*kind_of(group), days // ARRIVALS_TOGETHER_DAYS, until < year.last)
        alike[key].append((group, comes.toordinal(), until.toordinal()))
    return [
        Item(
            same[0][0],
            float(len(same)),
            min(comes for _, comes, _ in same),
            max(until for _, _, until in same),
        )
        for same in alike.values()
    ]


def kind_of(group: Group) -> tuple[Hashable, ...]:
    """What homes that are not kin's read of a group."""
    return (
        group.size,
        group.size_all,
        group.girls,
        group.boys,
        group.under_two,
        group.age_min,
        group.age_max,
        tuple(sorted(group.sexes)),
        tuple(sorted(group.needs)),
    )
