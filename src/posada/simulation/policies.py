"""Who is offered which home: first come, or by shadow prices. A policy sees today and a forecast, never more.

Comes in: a group and the homes that the rules allow it today. Goes out: the home it is offered.
Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_policies.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.kept_rooms import KeptRooms
from posada.simulation.shadow import Forecast, Shadow, shadow_prices

Ints = NDArray[np.int64]
FIRST_COME = "first-come"
PRICES = "prices"
HINDSIGHT = "hindsight"
POLICIES = (FIRST_COME, PRICES, HINDSIGHT)
ABOUT_AS_GOOD = 0.05
"""Homes whose worth, less the price of their room, differs by no more children are equally good."""


@dataclass(frozen=True, slots=True)
class Today:
    """All that a policy may look at."""

    homes: HomesToday
    groups: GroupsToday
    counsel: CounselDesk
    last: date


class Policy(Protocol):
    """What the day loop asks of a policy."""

    def begin(self, today: Today) -> None:
        """A day begins: who comes today is in the queue."""

    def order(self, groups: Sequence[Group]) -> Sequence[Group]:
        """In which order today's groups are offered homes; they are given as they came."""

    def choose(self, group: Group, homes: Ints) -> int | None:
        """One of the lawful homes (at least one is given); None: the group waits, and asks again."""

    def counsel(self, group: Group, court: str | None) -> int | None:
        """Who takes the group at the court, if anybody."""


class FirstCome:
    """The first lawful home by id, kin first; the first counsel by id."""

    def begin(self, today: Today) -> None:
        """See Policy."""
        self._today = today

    def order(self, groups: Sequence[Group]) -> Sequence[Group]:
        """See Policy."""
        return groups

    def choose(self, group: Group, homes: Ints) -> int:
        """See Policy."""
        kin = homes[self._today.homes.is_kin[homes]]
        return int((kin if len(kin) else homes)[0])

    def counsel(self, group: Group, court: str | None) -> int | None:
        """See Policy."""
        return self._today.counsel.first(group, court)


class ByPrices:
    """The home with the best value less the price of the room that it takes; see `shadow`."""

    def __init__(self, *, resolve_days: int, forecast: Forecast, wait_days: int = 0) -> None:
        self._wait_days = wait_days
        self._every, self._forecast = resolve_days, forecast
        self._next = date.min
        self._kept = KeptRooms()

    def begin(self, today: Today) -> None:
        """See Policy. Prices are found anew every so many days."""
        self._today = today
        day = today.homes.today
        if day >= self._next:
            self._shadow: Shadow = shadow_prices(
                today.homes,
                waiting=list(today.groups.waiting.values()),
                forecast=self._forecast(day),
                counsel=today.counsel,
                last=today.last,
                wait_days=self._wait_days,
            )
            self._next = date.fromordinal(day.toordinal() + self._every)
        self._kept.look(today.homes, today.groups, self._shadow, last=today.last)

    def order(self, groups: Sequence[Group]) -> Sequence[Group]:
        """See Policy. The largest groups first: few homes have room for them."""
        return sorted(groups, key=lambda group: -group.size)

    def choose(self, group: Group, homes: Ints) -> int | None:
        """See Policy. Of homes that are about as good: where the plan has most groups like this one go.

        Then the better one, the one with least to spare for others, and the first by id.
        """
        homes = self._kept.open_to(group, homes, self._today.homes)
        if not len(homes):
            return None
        worth = self._shadow.worth(group, homes, self._today.homes, self._today.counsel)
        spare = self._shadow.spare(group, homes, self._today.homes)
        planned = self._shadow.planned.left(group, homes)
        planned[worth < worth.max() - ABOUT_AS_GOOD] = -np.inf
        order = np.lexsort((homes, spare, -np.round(worth, 9), -np.round(planned, 3)))
        home = int(homes[order[0]])
        self._shadow.planned.take(group, home)
        return home

    def counsel(self, group: Group, court: str | None) -> int | None:
        """See Policy."""
        return self._today.counsel.best(group, court)
