"""Local search for assignments under capacities: chains of items, each taking the place of the next.

A chain lifts one item out of its bin; it enters another bin and pushes an item out there, that one pushes a
third, and so on, until the last finds room or fills the first's place. Chains are built by a beam: of all
items that could be pushed out next, the few with the least loss are followed. Bins may be overfilled at a
price, which rises on the bins that stay overfilled until nothing is, and then falls back (strategic
oscillation). After M. Yagiura, T. Ibaraki, F. Glover, An ejection chain approach for the generalized
assignment problem, INFORMS Journal on Computing 16 (2004).

The work is counted in entries of the tables that were looked at, not in seconds: the same on any machine.
Tests: tests/placement/test_engine_chains.py.
"""

import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DEPTH = 6
"""Links of the longest chain."""
BEAM = 4
NEAR = 10
"""Bins that an item may enter to push another out: those of least loss."""
OVERHEAD = 1000
"""Looking at a few entries takes about as long as looking at so many more."""
RISE = 1.2
DEAREST = 1e6
"""Prices of overfilling that rose to so many times the usual ones fall back, full or not."""
LEAST = 1e-6
"""Gains below this are rounding."""
LEAST_SHARE = 0.2
"""The price of overfilling is never below this share of the usual price."""


@dataclass(frozen=True, slots=True)
class Table:
    """Less cost is better. Shapes: cost, load (n_bins, n_items); room, price (n_bins,).

    cost is inf where the pair is not allowed; each item has a bin. `price` is what one unit of room is worth.
    """

    cost: Floats
    load: Floats
    room: Floats
    price: Floats

    def losses(self) -> Floats:
        """(n_bins, n_items): what the pair costs at the prices beyond the item's best, never below 0."""
        priced = self.cost + self.price[:, None] * self.load
        return np.asarray(priced - priced.min(axis=0))

    def bound(self) -> float:
        """No assignment that keeps the rooms costs less: Lagrange's bound at the prices."""
        priced = self.cost + self.price[:, None] * self.load
        limited = self.price > 0
        return float(priced.min(axis=0).sum() - self.price[limited] @ self.room[limited])

    def usual_price(self) -> float:
        """What a unit of room is worth in the mean; or, where it is free, what moving an item away costs."""
        losses = np.sort(self.losses(), axis=0)[:3]
        return max(float(self.price.mean()), float(losses[np.isfinite(losses)].mean()), 1e-3)

    def used(self, chosen: Ints) -> Floats:
        """(n_bins,): the load in each bin of `chosen` (n_items,), a bin for each item."""
        load = self.load[chosen, np.arange(len(chosen))]
        return np.bincount(chosen, weights=load, minlength=len(self.room)).astype(np.float64)

    def total(self, chosen: Ints) -> float:
        """The cost of `chosen` (n_items,)."""
        return float(self.cost[chosen, np.arange(len(chosen))].sum())


@dataclass(frozen=True, slots=True)
class Found:
    """The best assignment that keeps every room (None: none), and whether the deadline cut the search."""

    chosen: Ints | None
    hit_deadline: bool


Chain = list[tuple[int, int]]
"""(item, bin that it goes to), in the order of pushing."""


@dataclass(slots=True)
class _State:
    """The assignment being changed, and what follows from it and from the prices of overfilling.

    What a bin holds stands in a row of `held`, filled up with the number of no item.
    """

    table: Table
    chosen: Ints  # (n_items,): the bin of each item
    over_price: Floats  # (n_bins,): what one unit above the room costs
    by_item: Floats = field(init=False)  # (n_items, n_bins): cost less the item's worth
    worth: Floats = field(init=False)  # (n_items,): what placing the item is worth, by the prices
    near: Ints = field(init=False)  # (n_items, NEAR): the bins with the least loss
    near_cost: Floats = field(init=False)
    near_load: Floats = field(init=False)
    excess: Floats = field(init=False)  # (n_bins,): load above the room, negative where room is left
    held: Ints = field(init=False)  # (n_bins, width)
    held_excess: Floats = field(init=False)  # the bin's excess without the item
    held_saving: Floats = field(init=False)  # what the item and the bin's excess cost now, turned in sign
    outside: Floats = field(init=False)  # (n_bins, n_items): cost of putting a homeless item in each bin
    refuge: Ints = field(init=False)  # (n_items + 1,): the bin where that is least
    refuge_cost: Floats = field(init=False)

    def __post_init__(self) -> None:
        table, n = self.table, len(self.chosen)
        self.worth = (table.cost + table.price[:, None] * table.load).min(axis=0)
        self.by_item = np.ascontiguousarray((table.cost - self.worth).T)
        self.near = np.argsort(table.losses().T, axis=1, kind="stable")[:, :NEAR]
        self.near_cost = np.take_along_axis(self.by_item, self.near, axis=1)
        self.near_load = np.take_along_axis(np.ascontiguousarray(table.load.T), self.near, axis=1)
        self.excess = table.used(self.chosen) - table.room
        self.outside = np.empty_like(table.cost)
        self.refuge, self.refuge_cost = np.zeros(n + 1, dtype=np.int64), np.full(n + 1, np.inf)
        self._widen(int(np.bincount(self.chosen).max()))
        self.renew(np.arange(len(table.room)))

    def _widen(self, width: int) -> None:
        shape = (len(self.table.room), width)
        held = np.full(shape, len(self.chosen), dtype=np.int64)
        if hasattr(self, "held"):
            held[:, : self.held.shape[1]] = self.held
        self.held, self.held_excess, self.held_saving = held, np.zeros(shape), np.full(shape, np.inf)

    def renew(self, bins: Ints) -> None:
        """Work out anew what depends on what lies in `bins`."""
        members = [np.flatnonzero(self.chosen == b) for b in bins]
        most = max(len(found) for found in members)
        if most > self.held.shape[1]:
            self._widen(most + 4)
            bins = np.arange(len(self.table.room))
            members = [np.flatnonzero(self.chosen == b) for b in bins]
        for b, found in zip(bins.tolist(), members, strict=True):
            excess, price, load = self.excess[b], self.over_price[b], self.table.load[b]
            added = np.maximum(excess + load, 0.0) - max(excess, 0.0)
            self.outside[b] = self.table.cost[b] - self.worth + price * added
            self.outside[b, found] = np.inf
            k = len(found)
            self.held[b, :k], self.held[b, k:] = found, len(self.chosen)
            self.held_excess[b, :k] = excess - load[found]
            self.held_saving[b, :k] = -self.by_item[found, b] - price * max(excess, 0.0)
            self.held_saving[b, k:] = np.inf
        self.refuge[:-1] = self.outside.argmin(axis=0)
        self.refuge_cost[:-1] = np.take_along_axis(self.outside, self.refuge[None, :-1], axis=0)[0]

    def lift(self, item: int) -> float:
        """What taking the item out of its bin costs (mostly negative)."""
        b = self.chosen[item]
        left = self.excess[b] - self.table.load[b, item]
        saved = max(self.excess[b], 0.0) - max(left, 0.0)
        return float(-self.by_item[item, b] - self.over_price[b] * saved)

    def closing(self, item: int) -> Floats:
        """(n_items + 1,): the cost of each in the place of `item`, less what `item` cost; inf for no item."""
        b, load = self.chosen[item], self.table.load[self.chosen[item]]
        over = np.maximum(self.excess[b] - load[item] + load, 0.0) - max(self.excess[b], 0.0)
        cost = self.by_item[:, b] - self.by_item[item, b] + self.over_price[b] * over
        return np.append(cost, np.inf)

    def pushing(self, items: Ints, start: Floats, barred: NDArray[np.bool_]) -> tuple[Floats, Ints]:
        """(len(items), NEAR * width) costs and the items pushed out: each enters its near bins.

        `start` (len(items),) is added; `barred` (len(items), n_bins) are not entered.
        """
        near = self.near[items]
        entering = self.near_cost[items] + start[:, None]
        entering[barred[np.arange(len(items))[:, None], near]] = np.inf
        cost = self.held_excess[near]
        cost += self.near_load[items][:, :, None]
        np.maximum(cost, 0.0, out=cost)
        cost *= self.over_price[near][:, :, None]
        cost += entering[:, :, None]
        cost += self.held_saving[near]
        return cost.reshape(len(items), -1), self.held[near].reshape(len(items), -1)

    def follow(self, chain: Chain) -> Ints:
        """Move along the chain; the bins that it touched."""
        touched = set()
        for item, to in chain:
            source = int(self.chosen[item])
            self.excess[source] -= self.table.load[source, item]
            self.excess[to] += self.table.load[to, item]
            self.chosen[item] = to
            touched |= {source, to}
        bins = np.array(sorted(touched))
        self.renew(bins)
        return bins


def best_chain(state: _State, item: int) -> tuple[Chain, int]:
    """The first chain from `item` that gains, at most DEPTH links; empty where none is found.

    Also the number of entries looked at.
    """
    home, lift = int(state.chosen[item]), state.lift(item)
    if state.refuge_cost[item] + lift < -LEAST:
        return [(item, int(state.refuge[item]))], 1
    closing, ends = state.closing(item), state.refuge_cost + lift
    rows, start, paths = np.array([item]), np.zeros(1), [(item,)]
    barred = np.zeros((1, len(state.excess)), dtype=np.bool_)
    barred[0, home] = True
    looked = 0
    for _ in range(DEPTH):
        cost, pushed = state.pushing(rows, start, barred)
        looked += cost.size + OVERHEAD
        ended = cost + ends[pushed]
        ended[barred[np.arange(len(rows))[:, None], state.refuge[pushed]]] = np.inf
        closed = cost + closing[pushed]
        for total, is_closed in ((closed, True), (ended, False)):
            best = int(total.argmin())
            if total.flat[best] < -LEAST:
                last = int(pushed.flat[best])
                path = (*paths[best // cost.shape[1]], last)
                return _moves(state, path, home if is_closed else int(state.refuge[last])), looked
        rows, by, start = _most_promising(cost, pushed)
        if len(rows) == 0:
            break
        barred = barred[by]
        barred[np.arange(len(rows)), state.chosen[rows]] = True
        paths = [(*paths[k], int(row)) for k, row in zip(by, rows, strict=True)]
    return [], looked


def _most_promising(cost: Floats, pushed: Ints) -> tuple[Ints, Ints, Floats]:
    """At most BEAM items to follow, each with the row that pushed it out and the cost so far."""
    flat = np.argpartition(cost, min(BEAM, cost.size - 1), axis=None)[:BEAM]
    flat = flat[np.argsort(cost.flat[flat], kind="stable")]
    flat = flat[np.isfinite(cost.flat[flat])]
    items, first = np.unique(pushed.flat[flat], return_index=True)
    return items, flat[first] // cost.shape[1], cost.flat[flat[first]]


def _moves(state: _State, path: tuple[int, ...], to: int) -> Chain:
    """Each item of the path goes where the next one was, the last one to `to`."""
    bins = [int(state.chosen[item]) for item in path[1:]]
    return list(zip(path, [*bins, to], strict=True))


@dataclass(slots=True)
class _Search:
    """One search: its state, the best so far, and the work that is left."""

    state: _State
    effort: int
    deadline: float | None
    chance: np.random.Generator
    best: Ints | None = None
    best_total: float = np.inf
    hit_deadline: bool = False

    def is_over(self) -> bool:
        """Whether the work or the time is used up."""
        if self.deadline is not None and time.perf_counter() > self.deadline:
            self.hit_deadline = True
        return self.effort <= 0 or self.hit_deadline

    def keep_if_best(self) -> None:
        """Remember the assignment where it keeps every room and costs less."""
        if self.state.excess.max() > 0:
            return
        total = self.state.table.total(self.state.chosen)
        if total < self.best_total - LEAST:
            self.best, self.best_total = self.state.chosen.copy(), total

    def descend(self, waiting: NDArray[np.bool_]) -> None:
        """Follow chains from the items `waiting` (n_items,), and from all they touch, until none gains."""
        state = self.state
        order = self.chance.permutation(len(waiting))
        while waiting.any():
            for item in order[waiting[order]].tolist():
                if not waiting[item]:
                    continue
                if self.is_over():
                    return
                chain, looked = best_chain(state, item)
                self.effort -= looked
                if not chain:
                    waiting[item] = False
                    continue
                touched = state.follow(chain)
                self.effort -= len(waiting) * len(touched)
                is_touched = np.zeros(len(state.excess), dtype=np.bool_)
                is_touched[touched] = True
                waiting |= is_touched[state.chosen]
                self.keep_if_best()

    def start_over(self, usual: Floats) -> NDArray[np.bool_]:
        """Let prices fall to the `usual` ones; every item waits again."""
        state = self.state
        state.over_price = usual.copy()
        state.renew(np.arange(len(usual)))
        self.effort -= state.outside.size
        return np.ones(len(state.chosen), dtype=np.bool_)

    def raise_prices(self, over: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
        """Make the bins `over` dearer; (n_items,) who lies in them waits."""
        state = self.state
        state.over_price = np.where(over, state.over_price * RISE + least, state.over_price)
        state.renew(np.flatnonzero(over))
        self.effort -= len(state.chosen) * int(over.sum())
        return over[state.chosen]


def search_chains(
    table: Table, start: Ints, *, effort: int, enough: float = -np.inf, deadline: float | None = None
) -> Found:
    """The best assignment found from `start` (n_items,), which may overfill bins.

    `effort` is in entries looked at; `deadline` is on the clock of time.perf_counter; `enough` is a cost that
    ends the search.
    """
    least = LEAST_SHARE * table.usual_price()
    usual = np.maximum(table.price, least)
    search = _Search(
        state=_State(table=table, chosen=start.copy(), over_price=usual.copy()),
        effort=effort,
        deadline=deadline,
        chance=np.random.default_rng(1),
    )
    search.keep_if_best()
    waiting, has_risen = np.ones(len(start), dtype=np.bool_), True
    while not search.is_over() and search.best_total > enough:
        search.descend(waiting)
        over = search.state.excess > 0
        if over.any() and search.state.over_price.max() < DEAREST * usual.max():
            waiting, has_risen = search.raise_prices(over, least / 100), True
        else:
            if not has_risen:  # nothing is overfilled at these prices: they are too high to lead elsewhere
                usual /= 2
            waiting, has_risen = search.start_over(usual), False
    return Found(chosen=search.best, hit_deadline=search.hit_deadline)
