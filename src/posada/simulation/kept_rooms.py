"""Rooms that are kept for sibling groups: free places that wait until there are enough for all of them.

A bed that falls free is soon taken by a single child, so that large sibling groups would wait for ever. A
group that has found no home is promised one, where its children are worth more than the places it will take
and the places that stay empty until it can come, both at today's prices. Nobody else takes that room.
Comes in: who waits, shadow prices. Goes out: which homes are open to whom.
Tests: tests/simulation/test_kept_rooms.py.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.room_rows import lawful_somewhen
from posada.simulation.shadow import Shadow
from posada.simulation.year import DAY

Ints = NDArray[np.int64]
LOOK_AGAIN_DAYS = 7
LEAST_SIBLINGS = 2
MOST_HOMES = 12
"""Homes looked at for one group: those that fit it with least to spare."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A home that is kept for a group, and the day on which it will have room."""

    group: Group
    home: int
    day: date


class KeptRooms:
    """Promises, by group. One home is promised to one group at most."""

    def __init__(self) -> None:
        self.promises: dict[str, Promise] = {}
        self._of_home: dict[int, Promise] = {}
        self._looked: dict[str, date] = {}

    def look(self, homes: HomesToday, groups: GroupsToday, shadow: Shadow, *, last: date) -> None:
        """Forget promises to groups that wait no more, and make new ones, the largest groups first."""
        self.promises = {g: promise for g, promise in self.promises.items() if g in groups.waiting}
        self._of_home = {promise.home: promise for promise in self.promises.values()}
        for group in sorted(groups.waiting.values(), key=lambda g: -g.size):
            looked = self._looked.get(group.group_id)
            if group.size < LEAST_SIBLINGS or group.standing_homes or group.group_id in self.promises:
                continue
            if looked is None:  # a newcomer is first offered what is free
                self._looked[group.group_id] = homes.today - (LOOK_AGAIN_DAYS - 1) * DAY
            elif (homes.today - looked).days >= LOOK_AGAIN_DAYS:
                self._looked[group.group_id] = homes.today
                promise = self._best(group, homes, shadow, last=last)
                if promise:
                    self.promises[group.group_id] = promise
                    self._of_home[promise.home] = promise

    def _best(self, group: Group, homes: HomesToday, shadow: Shadow, *, last: date) -> Promise | None:
        across = shadow.across
        columns = np.flatnonzero(lawful_somewhen([group], across, homes)[0])
        size = across.room[0, columns, 0]
        best: tuple[float, int, Promise] | None = None
        for column in columns[np.lexsort((columns, size))][:MOST_HOMES].tolist():
            number = int(across.home[column])
            day = None if number in self._of_home else _day_with_room(group, number, homes, last=last)
            if day is None or day.toordinal() > across.last[column]:
                continue
            price = float(
                (shadow.room[:, number] * shadow.taken(group, np.array([number]), homes)[:, 0]).sum()
            )
            free = max(int(homes.rows.capacity_left[0, number]), 0)
            empty = free * (day - homes.today).days / homes.placement_days * float(shadow.room[0, number])
            gain = group.size - price - empty
            if gain > 0 and (best is None or gain > best[0]):
                best = (gain, number, Promise(group, number, day))
        return best[2] if best else None

    def open_to(self, group: Group, wanted: Ints, homes: HomesToday) -> Ints:
        """Those of the homes that are not kept for others, or have room for both."""
        keep = [home for home in wanted.tolist() if self._is_open_to(group, home, homes)]
        return np.array(keep, dtype=np.int64)

    def _is_open_to(self, group: Group, home: int, homes: HomesToday) -> bool:
        promise = self._of_home.get(home)
        if promise is None or promise.group.group_id == group.group_id:
            return True
        day = max(promise.day, homes.today)
        return homes.would_take(promise.group, home, on=day, beside=group.children)


def _day_with_room(group: Group, home: int, homes: HomesToday, *, last: date) -> date | None:
    """The first day on which the home has room for the group, if nobody else moves in; None: on none."""
    leaving = {r.leaves_on for r in homes.residents[home] if r.leaves_on is not None}
    for day in sorted({homes.today, *(day for day in leaving if homes.today < day <= last)}):
        if homes.would_take(group, home, on=day):
            return day
    return None
