"""A nation's bound: homes that take the same groups count as one home with all their places.

Whatever groups do, their shares in such homes together fit the homes' rooms together: every plan is a plan of
the merged homes, so a bound for these is a bound for all. Counsel comes in by prices: a pool's slots at
their price, and each group by the most that it can bring at a desk beyond that price.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.candidates import Candidates
from posada.placement.columns import Columns, ListedPairs, Relaxed, solve_relaxed
from posada.placement.deadline import NO_DEADLINE, Deadline
from posada.placement.model import NO_ROW, Level, Model
from posada.placement.prices import Prices, Weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
FINE = 1024.0
"""What a group brings at a desk is rounded up to 1/1024 child."""
PER_ITEM, PER_BIN = 40, 15
CLOSE = 10.0
"""A bound this near to what the relaxation reaches is good enough: a few children of a nation."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged program, and where the whole's items and homes are in it (-1: nowhere)."""

    model: Model
    item: Ints  # (n_items,)
    bin: Ints  # (n_homes,)
    fixed: float  # what counsel's slots are worth at their prices

    def keys_of(self, item: Ints, bin_: Ints) -> Ints:
        """Lawful pairs among the given ones, as sorted keys item * n_bins + bin."""
        bins = self.model.capacity.shape[1]
        known = self.model.edge_item * bins + self.model.edge_bin
        return np.intersect1d(item * bins + bin_, known)


@dataclass(frozen=True, slots=True)
class MergedBound:
    """The relaxation, the pairs that were active in it, and the bound with what counsel's slots are worth."""

    relaxed: Relaxed
    keys: Ints
    bound: float


def merge(candidates: Candidates, *, pool_prices: Floats | None, arc_weight: float) -> Merged:
    """`pool_prices` (n_pools,): prices of a weighted sum in which a represented child counts `arc_weight`.

    Without them counsel is left out.
    """
    profile, fixed = _at_desks(candidates, pool_prices, arc_weight)
    court = candidates.home_court
    column_of_court, profile = _alike_columns(profile)
    item_of, first_item = _alike_items(candidates, profile)
    open_bin, first_open = _alike_homes(candidates, column_of_court[court])
    bin_of = np.full(candidates.capacity.shape[1], -1, dtype=np.int64)
    bin_of[candidates.open_homes] = open_bin
    listed = np.unique(candidates.listed_home)
    bin_of[listed] = np.arange(len(listed)) + len(first_open)
    first_home = np.concatenate([candidates.open_homes[first_open], listed])
    item, place = np.nonzero(candidates.lawful[candidates.item_kind[first_item]][:, first_open])
    item = np.concatenate([item, item_of[candidates.listed_item]])
    place = np.concatenate([place, bin_of[candidates.listed_home]])
    order = np.lexsort((place, item))
    item, place = item[order], place[order]
    model = _model(candidates, item, place, first_item, first_home, bin_of)
    brought = np.ceil(profile[first_item[item], column_of_court[court[first_home[place]]]] * FINE)
    levels = (*model.levels, Level("at_desks", "max", edge_gain=brought.astype(np.int64)))
    count = np.zeros(len(first_item), dtype=np.int64)
    np.add.at(count, item_of, candidates.item_count)
    must = np.zeros(len(first_item), dtype=np.bool_)
    np.logical_or.at(must, item_of, candidates.item_must)
    return Merged(replace(model, item_count=count, item_must=must, levels=levels), item_of, bin_of, fixed)


def bound_merged(
    merged: Merged, weights: Weights, *, keys: Ints, rounds: int, deadline: Deadline = NO_DEADLINE
) -> MergedBound:
    """The relaxation of the merged program, begun with the pairs of `keys`; its bound counts everything.

    `weights.edge` are those of the levels of homes; what is brought at desks counts as it is.
    Raises OutOfTime.
    """
    source = ListedPairs(merged.model, per_item=PER_ITEM, per_bin=PER_BIN)
    columns = Columns(source, keys)
    with_desks = Weights(edge=(*weights.edge, 1.0 / FINE), arc=())
    relaxed = solve_relaxed(
        columns, with_desks, rounds=rounds, close_enough=CLOSE, keep_above=-np.inf, deadline=deadline
    )
    return MergedBound(relaxed, columns.keys, relaxed.bound + merged.fixed)


def finer_keys(coarse: Merged, fine: Merged, keys: Ints) -> Ints:
    """The coarser program's pairs in the finer one: all its items and homes that are part of them."""
    item, bin_ = np.divmod(keys, coarse.model.capacity.shape[1])
    items = np.unique(np.stack([coarse.item, fine.item]), axis=1)
    used = coarse.bin >= 0
    bins = np.unique(np.stack([coarse.bin[used], fine.bin[used]]), axis=1)
    found = []
    for each in _members(items, item):
        for other in _members(bins, bin_):
            both = (each >= 0) & (other >= 0)
            found.append(fine.keys_of(each[both], other[both]))
    return np.unique(np.concatenate(found))


def _members(pairs: Ints, wanted: Ints) -> list[Ints]:
    """For sorted (2, n) pairs of whole and member: each wanted one's first, second, ... member; -1: none."""
    first, last = np.searchsorted(pairs[0], [wanted, wanted + 1])
    return [
        np.where(first + k < last, pairs[1, np.minimum(first + k, pairs.shape[1] - 1)], -1)
        for k in range(int((last - first).max(initial=0)))
    ]


def whole_prices(merged: Merged, relaxed: Relaxed, candidates: Candidates) -> Prices:
    """The merged program's prices, as prices of the whole's items and homes."""
    room = np.zeros(candidates.capacity.shape)
    used = np.flatnonzero(merged.bin >= 0)
    room[:, used] = relaxed.prices.room[:, merged.bin[used]]
    return Prices(
        item=relaxed.prices.item[merged.item],
        room=room,
        desk=np.zeros(len(candidates.desks.must)),
        pool=np.zeros(len(candidates.pools.slots)),
    )


def _at_desks(candidates: Candidates, pool_prices: Floats | None, arc_weight: float) -> tuple[Floats, float]:
    """(n_items, n_courts + 1) what a group brings beyond the slot's price; what slots and settled bring."""
    desks = candidates.desks
    wide = desks.desk.shape[1] + 1
    if pool_prices is None:
        return np.zeros((len(candidates.items), wide)), 0.0
    best = np.full(len(desks.must), -np.inf)
    np.maximum.at(best, desks.arc_desk, arc_weight * desks.arc_size - pool_prices[desks.arc_pool])
    best = np.where(np.isfinite(best), best, 0.0)
    best = np.where(desks.must, best, np.maximum(best, 0.0))
    by_court = np.append(best, 0.0)[desks.desk[desks.kind_of_item]]
    own = desks.item_court
    named = np.flatnonzero(own >= 0)
    by_court[named] = by_court[named, own[named]][:, None]
    at_none = np.where(own >= 0, by_court[:, 0], 0.0)
    settled = desks.desk_of(candidates.settled_item, candidates.home_court[candidates.settled_home])
    fixed = float(candidates.pools.slots @ pool_prices) + float(best[settled[settled >= 0]].sum())
    return np.hstack([by_court, at_none[:, None]]), fixed


def _alike_columns(profile: Floats) -> tuple[Ints, Floats]:
    """Which courts bring the same to every item, and one column for each such set."""
    columns, number = np.unique(np.ceil(profile * FINE), axis=1, return_inverse=True)
    return number.ravel().astype(np.int64), columns / FINE


def _alike_items(candidates: Candidates, profile: Floats) -> tuple[Ints, Ints]:
    """(n_items,) numbers of classes by kind and profile, and a first item of each."""
    key = np.column_stack([candidates.item_kind.astype(np.float64), profile])
    _, first, number = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return number.ravel().astype(np.int64), first.astype(np.int64)


def _alike_homes(candidates: Candidates, court_set: Ints) -> tuple[Ints, Ints]:
    """(n_open,) numbers of open homes that take the same kinds and share the same languages, and a first."""
    homes = candidates.open_homes
    _, language = candidates.language_table()
    extra = np.column_stack([language[homes], court_set[homes], candidates.capacity[0, homes]]).astype("<i4")
    key = np.hstack([np.packbits(candidates.lawful, axis=0).T, extra.view(np.uint8)])
    _, first, number = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return number.ravel().astype(np.int64), first.astype(np.int64)


def _model(
    candidates: Candidates, item: Ints, place: Ints, first_item: Ints, first_home: Ints, bin_of: Ints
) -> Model:
    """Rooms summed over merged homes; a group takes the least that it takes in any of them."""
    sizes = candidates.item_loads()[:, first_item[item]]
    used = np.flatnonzero(bin_of >= 0)
    n = len(first_home)
    places = candidates.capacity[0, used]
    rooms = _rooms(candidates)[:, used]
    capacity = np.stack([np.bincount(bin_of[used], weights=row, minlength=n) for row in rooms])
    least = np.full(n, NO_ROW, dtype=np.int64)
    np.minimum.at(least, bin_of[used], places)
    most = np.zeros(n, dtype=np.int64)
    np.maximum.at(most, bin_of[used], places)
    load = np.vstack(
        [
            np.minimum(sizes[0], least[place])[None, :],
            sizes[1:],
            (2 * sizes[0] > most[place]).astype(np.int64)[None, :],
        ]
    )
    plain = candidates.model(first_item[item], first_home[place], with_cost=False)
    return replace(
        plain,
        capacity=np.minimum(capacity, NO_ROW - 1).astype(np.int64),
        edge_item=item,
        edge_bin=place,
        load=load,
        levels=tuple(level for level in plain.levels if level.edge_gain is not None),
        edge_desk=np.full(len(item), -1, dtype=np.int64),
        desk_must=np.zeros(0, dtype=np.bool_),
        desk_base=np.zeros(0, dtype=np.int64),
        arc_desk=np.zeros(0, dtype=np.int64),
        arc_pool=np.zeros(0, dtype=np.int64),
        pool_slots=np.zeros(0, dtype=np.int64),
        conflict_edges=np.zeros((0, 2), dtype=np.int64),
    )


def _rooms(candidates: Candidates) -> Floats:
    """(5, n_homes): the rooms of each home, with what truly limits it where its row was left out."""
    rows = feasible.home_rows(candidates.problem.homes, problem=candidates.problem, needs=())
    beds = np.maximum(np.minimum(rows.capacity_left[0], rows.beds_left[0]), candidates.capacity[0])
    rooms = np.where(candidates.capacity >= NO_ROW, beds[None, :], candidates.capacity).astype(np.float64)
    rooms[0] = candidates.capacity[0]
    rooms[4] = np.where(candidates.capacity[4] >= NO_ROW, beds, candidates.capacity[4])
    return rooms
