"""From fractions to whole groups: keep what the relaxation made whole, search again only what it split.

A vertex of the relaxation splits few groups. Its whole part is kept; the homes and groups that it split go
into a small integer program over the pairs that the prices call worth it, level by level in their order.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.columns import Columns, Relaxed
from posada.placement.deadline import NO_DEADLINE, Deadline
from posada.placement.kin_first import keep_edges
from posada.placement.model import NO_ROW, Model
from posada.placement.prices import Weights, arc_sum, edge_sum, relax
from posada.placement.rows import whole_program
from posada.placement.solve import solve_whole

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PER_LOOSE_BIN = 60
"""Pairs tried for each bin that is searched again: fewer leave beds empty, more only cost time."""
NUDGE = 0.25
"""What equals may count together, in children."""
EFFORT = 3000
"""Points of interruption after which the integer program returns its best."""


def residual(model: Model, x: Ints, edges: Ints) -> tuple[Model, Ints]:
    """What is left to decide over `edges` once `x` (n_edges,) is kept, and which edges still fit."""
    used = np.flatnonzero(x)
    count = model.item_count - np.bincount(
        model.edge_item[used], weights=x[used], minlength=len(model.item_count)
    ).astype(np.int64)
    capacity = model.capacity.copy()
    for kind in range(len(capacity)):
        taken = np.bincount(
            model.edge_bin[used], weights=x[used] * model.load[kind, used], minlength=capacity.shape[1]
        ).astype(np.int64)
        bound = capacity[kind] < NO_ROW
        capacity[kind, bound] -= taken[bound]
    asked = used[model.edge_desk[used] >= 0]
    base = np.bincount(model.edge_desk[asked], weights=x[asked], minlength=len(model.desk_must)).astype(
        np.int64
    )
    conflicts = model.conflict_edges
    blocked = np.zeros(model.n_edges, dtype=np.bool_)
    if len(conflicts):
        blocked[conflicts[x[conflicts[:, 1]] > 0, 0]] = True
        blocked[conflicts[x[conflicts[:, 0]] > 0, 1]] = True
    fits = (count[model.edge_item[edges]] > 0) & ~blocked[edges]
    for kind in range(len(capacity)):
        fits &= model.load[kind, edges] <= capacity[kind, model.edge_bin[edges]]
    still = edges[fits]
    left = replace(
        keep_edges(model, still),
        item_count=count,
        capacity=capacity,
        desk_base=model.desk_base + base if len(model.desk_base) else base,
    )
    return left, still


def whole_plan(
    columns: Columns, relaxed: Relaxed, *, deadline: Deadline = NO_DEADLINE
) -> tuple[Ints, Ints, Ints]:
    """(item, bin, count) of a whole plan near the relaxation's vertex. Raises OutOfTime."""
    weights = relaxed.weights
    model = columns.model()
    nudge = _nudge(columns, model)
    result, prices = relax(model, weights, crossover=True, seconds=deadline.left(), nudge=nudge)
    share = result.x[: model.n_edges]
    kept = _without_conflicts(model, np.floor(share + 1e-6).astype(np.int64))
    loose = _loose_bins(model, share, kept)
    kept = np.where(loose[model.edge_bin], 0, kept)
    left = model.item_count - np.bincount(
        model.edge_item, weights=kept, minlength=len(model.item_count)
    ).astype(np.int64)
    old_keys = columns.keys
    item, bin_ = columns.source.best_for(np.flatnonzero(loose), left, prices, weights, most=PER_LOOSE_BIN)
    columns.add(item, bin_)
    wider = columns.model()
    where = np.searchsorted(columns.keys, old_keys)
    x = np.zeros(wider.n_edges, dtype=np.int64)
    x[where] = kept
    interesting = np.isin(columns.keys, item * columns.source.n_bins() + bin_)
    interesting[where[share > 0]] = True
    edges = np.flatnonzero(interesting & loose[wider.edge_bin])
    rest, still = residual(wider, x, edges)
    found = _search_weighted(rest, weights, nudge=_nudge(columns, wider)[still], seconds=deadline.left())
    if found is not None:
        x[still] += np.round(found[: rest.n_edges]).astype(np.int64)
    used = np.flatnonzero(x)
    return wider.edge_item[used], wider.edge_bin[used], x[used]


def _nudge(columns: Columns, model: Model) -> Floats:
    """(n_edges,) what chooses among equals: all together count less than a child on any level.

    Without it, one group more could change every choice between equally good homes.
    """
    ranks = columns.source.pair_ranks(model.edge_item, model.edge_bin)
    return ranks * NUDGE / max(1, int(model.item_count.sum()))


def _loose_bins(model: Model, share: Floats, kept: Ints) -> NDArray[np.bool_]:
    """(n_bins,): bins where the vertex splits a group or leaves a place that some pair could use."""
    loose = np.zeros(model.capacity.shape[1], dtype=np.bool_)
    loose[model.edge_bin[np.abs(share - kept) > 1e-6]] = True
    taken = np.bincount(model.edge_bin, weights=kept * model.load[0], minlength=model.capacity.shape[1])
    has_pairs = np.zeros_like(loose)
    has_pairs[model.edge_bin] = True
    return np.asarray(loose | (has_pairs & (taken < model.capacity[0])), dtype=np.bool_)


def _without_conflicts(model: Model, x: Ints) -> Ints:
    """Lift the second of two separated groups out of a shared home: the relaxation did not see them."""
    for first, second in model.conflict_edges:
        if x[first] and x[second]:
            x[second] = 0
    return x


def _search_weighted(
    model: Model, weights: Weights, *, nudge: Floats, seconds: float | None
) -> Floats | None:
    """One integer program on the weighted sum of levels that the prices belong to."""
    gain = np.concatenate([edge_sum(model, weights) + nudge, arc_sum(model, weights)])
    program = whole_program(model, gain=gain)
    return solve_whole(program, gap=0.5, effort_limit=EFFORT, seconds=seconds).x
