"""First come, first served: each group in order of arrival takes the best lawful home and counsel left.

"Best" is the published order of levels, for this group alone: kin, children who share a language with the
home, whether some counsel is left at its court, children who share a language with counsel, cost, distance.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from peers.answer import Answer
from peers.desks import Choice, OpenSlots
from peers.lawful import LawfulHomes, Rooms
from posada.placement.problem import Group, Problem

Ints = NDArray[np.int64]


def solve(problem: Problem) -> Answer:
    """The plan of first come, first served. It proves no bound."""
    lawful, rooms, slots = LawfulHomes(problem), Rooms(problem), OpenSlots(problem)
    counsel_of = np.full(len(problem.groups), -1, dtype=np.int64)
    for index in arrival_order(problem):
        place_best(index, lawful=lawful, rooms=rooms, slots=slots, counsel_of=counsel_of)
    return Answer(home_of=rooms.home_of, counsel_of=counsel_of)


def arrival_order(problem: Problem) -> list[int]:
    """Groups by the day on which the first of them arrived (not known: last), then by id."""

    def key(index: int) -> tuple[date, str]:
        group = problem.groups[index]
        days = [c.arrived_on for c in group.children if c.arrived_on is not None]
        return min(days, default=date.max), group.group_id

    return sorted(range(len(problem.groups)), key=key)


def place_best(index: int, *, lawful: LawfulHomes, rooms: Rooms, slots: OpenSlots, counsel_of: Ints) -> None:
    """Give the group the best home with room, and counsel there; nothing where there is no room."""
    homes = lawful.of(index)
    homes = homes[rooms.fits(index, homes)]
    if not len(homes):
        return
    worth = lawful.is_kin[homes] * 1000 + lawful.shares(index, homes)
    homes = homes[worth == worth.max()]
    group = lawful.problem.groups[index]
    homes, choice = _best_for_counsel(group, homes, slots)
    cost = lawful.cost[homes]
    homes = homes[cost == cost.min()]
    home = int(homes[np.argmin(lawful.distance(index, homes))])
    rooms.move_in(index, home)
    if choice is not None:
        court = slots.court(group, home)
        counsel = slots.best(group, court)
        assert counsel is not None
        counsel_of[index] = slots.take(counsel)


def _best_for_counsel(group: Group, homes: Ints, slots: OpenSlots) -> tuple[Ints, Choice | None]:
    """The homes at whose court the best counsel is left (all of them where nobody is), and that counsel."""
    courts = [slots.court(group, int(home)) for home in homes]
    best = {court: slots.best(group, court) for court in set(courts)}
    # Shared children decide; which counsel it is does not.
    worth = np.array([-1 if (b := best[court]) is None else b[0] for court in courts], dtype=np.int64)
    keep = np.flatnonzero(worth == worth.max())
    return homes[keep], best[courts[int(keep[0])]]
