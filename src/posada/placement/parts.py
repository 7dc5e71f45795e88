"""A nation dealt into parts that look like it: every n-th home, group and slot of counsel of each kind.

A part is small enough to be solved in seconds, and large enough that its best plan is about a nation's share:
the parts' plans together are a plan, and the mean of their prices bounds every plan of the whole.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.counsel import CounselPools
from posada.placement.pinned_first import homes_for_pinned, slots_for_pinned

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Candidates of a part, and which of the whole's items its items are."""

    candidates: Candidates
    item: Ints


def deal(candidates: Candidates, *, parts: int) -> list[Part]:
    """Homes and slots belong to one part; the counts of an item add up to the whole's.

    Who is pinned is dealt to a part in which all its pins can hold. Raises NoSolution where there is none.
    """
    homes = _deal_homes(candidates, parts=parts)
    listed = _deal_listed(candidates, parts=parts)
    fixed = _parts_of_pinned(candidates, homes=homes, listed=listed)
    counts = _deal_items(candidates, homes=homes, listed=listed, fixed=fixed, parts=parts)
    settled = np.arange(len(candidates.settled_item)) % parts
    slots = slots_for_pinned(candidates, counts, settled)
    left = candidates.pools.slots - slots.sum(axis=0)
    slots += _deal_counts(left, np.arange(len(left)), parts=parts)
    dealt = []
    for k in range(parts):
        mine = (listed[candidates.listed_item] == k) & (counts[k, candidates.listed_item] > 0)
        part = replace(
            candidates,
            item_count=counts[k],
            open_homes=candidates.open_homes[homes == k],
            lawful=candidates.lawful[:, homes == k],
            listed_item=candidates.listed_item[mine],
            listed_home=candidates.listed_home[mine],
            pools=CounselPools(pools=candidates.pools.pools, slots=slots[k]),
            settled_item=candidates.settled_item[settled == k],
            settled_home=candidates.settled_home[settled == k],
        )
        used = np.union1d(np.flatnonzero(counts[k]), part.settled_item)
        dealt.append(Part(_only_items(part, used), used))
    return dealt


def coarse_part(coarse: Candidates, fine: Candidates) -> Part:
    """The part of `coarse` (whose items are kinds) that holds the groups of `fine`, a part of finer items."""
    place = np.zeros(len(coarse.kind_group), dtype=np.int64)
    place[coarse.item_kind] = np.arange(len(coarse.items))
    count = np.zeros(len(coarse.items), dtype=np.int64)
    np.add.at(count, place[fine.item_kind], fine.item_count)
    part = replace(
        coarse,
        item_count=count,
        open_homes=fine.open_homes,
        lawful=fine.lawful,
        listed_item=place[fine.item_kind[fine.listed_item]],
        listed_home=fine.listed_home,
        settled_item=place[fine.item_kind[fine.settled_item]],
        settled_home=fine.settled_home,
    )
    used = np.union1d(np.flatnonzero(count), part.settled_item)
    return Part(_only_items(part, used), used)


def _only_items(candidates: Candidates, used: Ints) -> Candidates:
    """The candidates with the given items only, numbered anew in their order."""
    c = candidates
    return replace(
        c,
        items=tuple(c.items[int(k)] for k in used),
        item_kind=c.item_kind[used],
        item_count=c.item_count[used],
        item_must=c.item_must[used],
        listed_item=np.searchsorted(used, c.listed_item),
        settled_item=np.searchsorted(used, c.settled_item),
        desks=replace(c.desks, kind_of_item=c.desks.kind_of_item[used], item_court=c.desks.item_court[used]),
    )


def _deal_homes(candidates: Candidates, *, parts: int) -> Ints:
    """(n_open,) the part of each open home; homes that are alike go round."""
    _, column = candidates.language_table()
    homes = candidates.open_homes
    order = np.lexsort((homes, column[homes], candidates.capacity[0, homes], candidates.home_court[homes]))
    part = np.zeros(len(homes), dtype=np.int64)
    part[order] = np.arange(len(homes)) % parts
    return part


def _deal_listed(candidates: Candidates, *, parts: int) -> Ints:
    """(n_items,) the part of each item with listed homes, -1: none. Who shares such a home stays together."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for item, home in zip(candidates.listed_item.tolist(), candidates.listed_home.tolist(), strict=True):
        parent[root(-1 - home)] = root(item)
    members: dict[int, list[int]] = defaultdict(list)
    for item in np.unique(candidates.listed_item).tolist():
        members[root(item)].append(item)
    part = np.full(len(candidates.items), -1, dtype=np.int64)
    for number, together in enumerate(sorted(members.values())):
        part[together] = number % parts
    return part


def _parts_of_pinned(candidates: Candidates, *, homes: Ints, listed: Ints) -> dict[int, int]:
    """Item -> part for every item that must be placed: the part of a home that is left to it."""
    part_of = dict(zip(candidates.open_homes.tolist(), homes.tolist(), strict=True))
    found = homes_for_pinned(candidates)
    return {item: part_of[home] if home in part_of else int(listed[item]) for item, home in found.items()}


def _deal_items(
    candidates: Candidates, *, homes: Ints, listed: Ints, fixed: Mapping[int, int], parts: int
) -> Ints:
    """(parts, n_items) counts. Who has few lawful homes goes where they are; `fixed` is decided already."""
    counts = _deal_counts(candidates.item_count, np.argsort(candidates.item_kind, kind="stable"), parts=parts)
    has_home = np.stack(
        [candidates.lawful[:, homes == k].sum(axis=1)[candidates.item_kind] for k in range(parts)]
    )
    for item in np.flatnonzero((listed >= 0) | ((counts > 0) & (has_home == 0)).any(axis=0)):
        where = int(listed[item]) if listed[item] >= 0 else int(np.argmax(has_home[:, item]))
        counts[:, item] = 0
        counts[where, item] = candidates.item_count[item]
    for pinned, part in fixed.items():
        counts[:, pinned] = 0
        counts[part, pinned] = candidates.item_count[pinned]
    return counts


def _deal_counts(count: Ints, order: Ints, *, parts: int) -> Ints:
    """(parts, n): copies numbered through in the given order, every parts-th to the same part."""
    dealt = np.zeros((parts, len(count)), dtype=np.int64)
    last = np.cumsum(count[order])
    first = last - count[order]
    for k in range(parts):
        dealt[k, order] = (last - k + parts - 1) // parts - (first - k + parts - 1) // parts
    return dealt
