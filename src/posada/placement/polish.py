"""A whole plan made better where prices say that something is lost: small neighborhoods, searched again.

By duality the gap between plan and bound is a sum of losses, one a home (places left empty, groups that
another home would value more) and one a waiting group that is worth its price. Each neighborhood is made of
homes that lose and of the homes whose groups would suit them; what the search finds is kept only if it is
better in the order of the levels.
Large neighborhood search: P. Shaw, Principles and Practice of Constraint Programming (1998).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.deadline import NO_DEADLINE, Deadline
from posada.placement.dive import residual
from posada.placement.matching import match_counsel
from posada.placement.model import NO_ROW, Model
from posada.placement.nation import GOLDEN, NationalPairs
from posada.placement.prices import Prices, Weights, arc_sum, edge_sum, edge_value
from posada.placement.rows import whole_program
from posada.placement.solve import solve_whole

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
STRICT = (512.0, 64.0, 8.0, 1.0)
"""What a child counts on the first four levels within a neighborhood: near enough to their order."""
SEEDS = 12
PARTNERS = 60
PER_BIN = 40
"""Homes that lose in one neighborhood, homes beside them, and pairs tried for each."""
EFFORT = 400
LOSS = 0.2
"""Homes that lose less are not looked at."""


@dataclass(slots=True)
class Plan:
    """Used pairs as sorted keys item * n_bins + bin, and how often each is used."""

    source: NationalPairs
    keys: Ints
    count: Ints

    @staticmethod
    def of(source: NationalPairs, item: Ints, bin_: Ints, x: Ints) -> "Plan":
        """Pairs may come in any order and more than once."""
        keys, place = np.unique(item * source.n_bins() + bin_, return_inverse=True)
        count = np.bincount(place, weights=x, minlength=len(keys)).astype(np.int64)
        return Plan(source, keys[count > 0], count[count > 0])

    def pairs(self) -> tuple[Ints, Ints]:
        """(item, bin) of each key."""
        item, bin_ = np.divmod(self.keys, self.source.n_bins())
        return item, bin_

    def waiting(self) -> Ints:
        """(n_items,) groups without a home."""
        count = self.source.candidates.item_count
        item, _ = self.pairs()
        placed = np.bincount(item, weights=self.count, minlength=len(count)).astype(np.int64)
        return np.asarray(count - placed)


def polish(
    plan: Plan,
    *,
    prices: Prices,
    weights: Weights,
    neighborhoods: int,
    deadline: Deadline = NO_DEADLINE,
) -> None:
    """Make the plan better, in at most so many neighborhoods. `weights` are those of the prices."""
    done = 0
    while done < neighborhoods:
        lose = losing_bins(plan, prices, weights)
        waiting = np.flatnonzero((plan.waiting() > 0) & (prices.item > LOSS))
        lose = _with_homes_of(plan.source, lose, waiting, prices, weights)
        seeds = [lose[k : k + SEEDS] for k in range(0, len(lose), SEEDS)][: neighborhoods - done]
        better = 0
        for some in seeds:
            if deadline.is_over:
                return
            bins = neighborhood(plan, some, prices, weights, turn=done)
            better += search_again(plan, bins, prices, weights)
            done += 1
        if not better:
            break


def losing_bins(plan: Plan, prices: Prices, weights: Weights) -> Ints:
    """Bins by what the plan loses in them against the prices, most first; those that lose little left out."""
    model = plan.source.model(*plan.pairs())
    bins = model.capacity.shape[1]
    in_pairs = -edge_value(model, weights, prices) * plan.count
    lost = np.bincount(model.edge_bin, weights=in_pairs, minlength=bins).astype(np.float64)
    for kind in range(len(model.capacity)):
        used = np.bincount(model.edge_bin, weights=model.load[kind] * plan.count, minlength=bins)
        free = np.where(model.capacity[kind] < NO_ROW, model.capacity[kind] - used, 0.0)
        lost += prices.room[kind] * free
    order = np.argsort(-lost, kind="stable")
    return np.asarray(order[lost[order] > LOSS])


def _with_homes_of(
    source: NationalPairs, lose: Ints, waiting: Ints, prices: Prices, weights: Weights
) -> Ints:
    """The losing bins and the bins that groups who wait in vain would suit best, in turns."""
    by_price = waiting[np.argsort(-prices.item[waiting], kind="stable")]
    suited = source.best_homes(by_price, prices, weights, most=2)
    merged = np.full(2 * max(len(lose), len(suited)), -1, dtype=np.int64)
    merged[0 : 2 * len(lose) : 2] = lose
    merged[1 : 2 * len(suited) : 2] = suited
    merged = merged[merged >= 0]
    _, first = np.unique(merged, return_index=True)
    return merged[np.sort(first)]


def neighborhood(plan: Plan, seeds: Ints, prices: Prices, weights: Weights, *, turn: int) -> Ints:
    """The seeds and the bins in which those live who would suit the seeds best."""
    everybody = plan.source.candidates.item_count
    suited, _ = plan.source.best_for(seeds, everybody, prices, weights, most=PER_BIN)
    item, bin_ = plan.pairs()
    partners = np.unique(bin_[np.isin(item, suited)])
    scatter = (partners * GOLDEN + turn * 0.31) % 1.0
    chosen = partners[np.argsort(scatter, kind="stable")[:PARTNERS]]
    return np.union1d(seeds, chosen)


def search_again(plan: Plan, bins: Ints, prices: Prices, weights: Weights) -> bool:
    """Search the bins again with their groups and those who wait; whether the plan became better."""
    source, n_bins = plan.source, plan.source.n_bins()
    item, bin_ = plan.pairs()
    inside = np.isin(bin_, bins)
    free = plan.waiting()
    np.add.at(free, item[inside], plan.count[inside])
    keys = np.union1d(
        plan.keys, np.unique(_key(source.best_for(bins, free, prices, weights, most=PER_BIN), n_bins))
    )
    model = source.model(*np.divmod(keys, n_bins))
    x = np.zeros(len(keys), dtype=np.int64)
    x[np.searchsorted(keys, plan.keys)] = plan.count
    open_ = np.isin(model.edge_bin, bins)
    fixed = np.where(open_, 0, x)
    rest, still = residual(model, fixed, np.flatnonzero(open_))
    small = _compact(rest)
    found = _better(small, x[still])
    if found is None:
        return False
    x[still] = found
    plan.keys, plan.count = keys[x > 0], x[x > 0]
    return True


def _key(pairs: tuple[Ints, Ints], n_bins: int) -> Ints:
    return np.asarray(pairs[0] * n_bins + pairs[1])


def _compact(model: Model) -> Model:
    """The model with only the items and bins that have an edge."""
    items, item = np.unique(model.edge_item, return_inverse=True)
    bins, bin_ = np.unique(model.edge_bin, return_inverse=True)
    return replace(
        model,
        item_count=model.item_count[items],
        item_must=model.item_must[items],
        capacity=model.capacity[:, bins],
        edge_item=item.astype(np.int64),
        edge_bin=bin_.astype(np.int64),
    )


def _better(model: Model, x: Ints) -> Ints | None:
    """(n_edges,) a choice better than `x` in the order of the levels, or None."""
    if model.n_edges == 0:
        return None
    strict = Weights(edge=STRICT[:3], arc=STRICT[3:])
    gain = np.concatenate([edge_sum(model, strict), arc_sum(model, strict)])
    y = match_counsel(model, x)
    start = np.concatenate([x, y]).astype(np.float64)
    result = solve_whole(whole_program(model, gain=gain), gap=0.5, effort_limit=EFFORT, start=start)
    if result.x is None:
        return None
    found = np.round(result.x[: model.n_edges]).astype(np.int64)
    return found if _levels(model, found) > _levels(model, x) else None


def _levels(model: Model, x: Ints) -> tuple[int, ...]:
    edges = [level.edge_gain for level in model.levels if level.edge_gain is not None][:3]
    arcs = next((level.arc_gain for level in model.levels if level.arc_gain is not None), None)
    represented = 0 if arcs is None else int(arcs @ match_counsel(model, x))
    return (*(int(gain @ x) for gain in edges), represented)
