"""The plan that needs no time: group after group, pins first, each into the first lawful home with room.

It is what a time limit leaves when it ends before the search has a plan.
"""

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates, is_large
from posada.placement.model import NO_ROW
from posada.placement.pinned_first import homes_for_pinned

Ints = NDArray[np.int64]


def first_come(candidates: Candidates) -> tuple[Ints, Ints, Ints]:
    """(item, home, count) of a lawful plan. Raises NoSolution where the pins can't all hold."""
    c = candidates
    pinned = homes_for_pinned(c)
    room = np.where(c.capacity >= NO_ROW, NO_ROW, c.capacity).copy()
    listed: dict[int, list[int]] = {}
    for item, home in zip(c.listed_item.tolist(), c.listed_home.tolist(), strict=True):
        listed.setdefault(item, []).append(home)
    living: dict[int, set[str]] = {}
    chosen: list[tuple[int, int]] = []
    for item in np.argsort(~c.item_must, kind="stable").tolist():
        own = np.array(sorted(listed.get(item, [])), dtype=np.int64)
        homes = np.concatenate([own, c.open_homes[c.lawful[c.item_kind[item]]]])
        if item in pinned:
            homes = np.array([pinned[item]], dtype=np.int64)
        load = _loads(c, item, homes)
        group = c.problem.groups[c.items[item].members[0]].group_id
        apart = c.problem.separated_groups.get(group, frozenset())
        for _ in range(int(c.item_count[item])):
            fits = np.flatnonzero((room[:, homes] >= load).all(axis=0))
            if apart:
                fits = fits[[not (apart & living.get(int(homes[k]), set())) for k in fits]]
            if len(fits) == 0:
                break
            room[:, homes[fits[0]]] -= load[:, fits[0]]
            living.setdefault(int(homes[fits[0]]), set()).add(group)
            chosen.append((item, int(homes[fits[0]])))
    pairs, count = np.unique(np.array(chosen, dtype=np.int64).reshape(-1, 2), axis=0, return_counts=True)
    return pairs[:, 0], pairs[:, 1], count.astype(np.int64)


def _loads(candidates: Candidates, item: int, homes: Ints) -> Ints:
    """(5, n): what one group of the item takes of each kind of room in each home."""
    load = np.repeat(candidates.item_loads()[:, [item]], len(homes), axis=1)
    items = np.full(len(homes), item, dtype=np.int64)
    places = candidates.capacity[0, homes]
    load[0] = np.where(candidates.must_be_alone(items, homes), places, load[0])
    return np.vstack([load, is_large(load[0], places)[None, :]])
