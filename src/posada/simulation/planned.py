"""The rest of the year as the linear program would have it: how many alike groups go to which home.

Prices alone leave many homes equally good for a group, and some of them are the only ones for others. Among
equals a group goes where the program has most of its kind go, so that the plan fills up as it was meant to.
Comes in: a solved program. Goes out: `Planned`. Tests: tests/simulation/test_planned.py.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.simulation.hindsight import kind_of
from posada.simulation.homes_today import HomesToday
from posada.simulation.room_rows import Stretch, lawful_somewhen
from posada.simulation.year_program import Item, Pairs

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def spoken(group: Group) -> Hashable:
    """The languages of the group's children."""
    return tuple(sorted(tuple(sorted(child.languages)) for child in group.children))


def alike(group: Group, lawful: Bools) -> Hashable:
    """Equal for groups that take the same room of the same homes, and speak the same.

    `lawful` (n_homes,): the homes that some day allows the group.
    """
    return group.size, group.girls, group.boys, group.under_two, spoken(group), lawful.tobytes()


class Planned:
    """Groups still to come, by kind and home; it is used up as groups are placed."""

    def __init__(
        self, items: Sequence[Item], pairs: Pairs, count: Floats, *, across: Stretch, homes: HomesToday
    ) -> None:
        self._across, self._homes = across, homes
        self._left: dict[Hashable, dict[int, float]] = defaultdict(dict)
        self._key: dict[Hashable, Hashable] = {}
        if not items:
            return
        lawful = lawful_somewhen([item.group for item in items], across, homes)
        for pair in np.flatnonzero(count > 0).tolist():
            item, home = int(pairs.item[pair]), int(across.home[pairs.column[pair]])
            left = self._left[alike(items[item].group, lawful[item])]
            left[home] = left.get(home, 0.0) + float(count[pair])

    def _of(self, group: Group) -> dict[int, float]:
        kind = (*kind_of(group), spoken(group))
        if kind not in self._key:
            self._key[kind] = alike(group, lawful_somewhen([group], self._across, self._homes)[0])
        return self._left.get(self._key[kind], {})

    def left(self, group: Group, homes: Ints) -> Floats:
        """(n,): how many groups like this one the program would still have go to each home."""
        found = self._of(group)
        return np.array([found.get(home, 0.0) for home in homes.tolist()], dtype=np.float64)

    def take(self, group: Group, home: int) -> None:
        """A group like this one went to the home."""
        found = self._of(group)
        if home in found:
            found[home] -= 1.0
