"""Prices on groups, rooms and counsel, and the bound that any such prices prove.

For prices u (items), p (rooms), d (desks), q (pools), all >= 0, no plan's weighted sum of gains exceeds
    sum count u + sum capacity p + sum slots q + what single pairs and arcs are still worth at these prices,
the last term counted once an item. Weak duality holds for any prices: that the solver found them by an
inexact method can loosen a bound, never falsify it. Prices are rounded to multiples of 2**-20, so that sums
and products stay exact in double precision.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import NO_ROW, Model
from posada.placement.rows import add_counsel_rows, add_item_rows, add_room_rows, room_rows
from posada.placement.solve import LinearResult, Program, solve_relaxation

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
GRAIN = float(2**20)
LOOSE = 1e-3
"""Prices that miss the relaxation's value by more than this share are found again."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a child counts on each level of a weighted sum; edges carry their own sum."""

    edge: tuple[float, ...]  # one an edge level, in order
    arc: tuple[float, ...]  # one an arc level, in order


@dataclass(frozen=True, slots=True)
class Prices:
    """item (n_items,), room (n_rooms, n_bins), desk (n_desks,), pool (n_pools,)."""

    item: Floats
    room: Floats
    desk: Floats
    pool: Floats


def edge_sum(model: Model, weights: Weights) -> Floats:
    """(n_edges,): the weighted gain of each edge; `min` levels count negatively."""
    levels = [level for level in model.levels if level.edge_gain is not None]
    total = np.zeros(model.n_edges)
    for level, weight in zip(levels, weights.edge, strict=False):
        if weight and level.edge_gain is not None:
            total += weight * level.sign * level.edge_gain
    return total


def arc_sum(model: Model, weights: Weights) -> Floats:
    """(n_arcs,): the weighted gain of each arc."""
    levels = [level for level in model.levels if level.arc_gain is not None]
    total = np.zeros(len(model.arc_desk))
    for level, weight in zip(levels, weights.arc, strict=False):
        if weight and level.arc_gain is not None:
            total += weight * level.sign * level.arc_gain
    return total


def relax(
    model: Model,
    weights: Weights,
    *,
    crossover: bool,
    seconds: float | None = None,
    nudge: Floats | None = None,
) -> tuple[LinearResult, Prices]:
    """The linear relaxation of the model without its conflicts, and its prices.

    Without `crossover` the prices are those of the interior point method, which are quicker; where they do
    not prove what the relaxation claims (presolve can spoil them), it is solved again with crossover.
    `nudge` (n_edges,) is added to what edges are worth, to choose among equals; prices carry it. Raises
    OutOfTime where it takes more than `seconds`.
    """
    has_arcs = any(weights.arc) or bool(model.desk_must.any())
    arcs = len(model.arc_desk) if has_arcs else 0
    n = model.n_edges + arcs
    gain = np.concatenate([edge_sum(model, weights), arc_sum(model, weights)[:arcs]])
    if nudge is not None:
        gain[: model.n_edges] += nudge
    program = Program(gain=gain, upper=np.full(n, np.inf), whole=np.zeros(n, dtype=np.bool_))
    add_item_rows(program, model)
    first_room = add_room_rows(program, model)
    first_desk = program.n_rows
    if has_arcs:
        add_counsel_rows(program, model)
    for exact in [True] if crossover else [False, True]:
        result = solve_relaxation(program, method="ipm", crossover=exact, seconds=seconds)
        prices = _prices_of(model, result.prices, first_room, first_desk, has_arcs)
        proven = proven_bound(model, weights, prices, best_left(model, weights, prices))
        if proven - result.value <= LOOSE * max(1.0, abs(result.value)):
            break
    return result, prices


def _prices_of(model: Model, rows: Floats, first_room: int, first_desk: int, has_arcs: bool) -> Prices:
    rounded = np.round(rows * GRAIN) / GRAIN
    room = np.zeros(model.capacity.shape)
    room[model.capacity < NO_ROW] = np.maximum(rounded[first_room:first_desk], 0.0)
    items, desks = len(model.item_count), len(model.desk_must)
    desk, pool = np.zeros(desks), np.zeros(len(model.pool_slots))
    if has_arcs:
        desk = rounded[first_desk : first_desk + desks]
        pool = np.maximum(rounded[first_desk + desks :], 0.0)
    return Prices(
        item=np.where(model.item_must, rounded[:items], np.maximum(rounded[:items], 0.0)),
        room=room,
        desk=np.where(model.desk_must, desk, np.maximum(desk, 0.0)),
        pool=pool,
    )


def edge_value(model: Model, weights: Weights, prices: Prices) -> Floats:
    """(n_edges,): what each edge is still worth after its item's and rooms' prices, with its desk's."""
    value = edge_sum(model, weights) - prices.item[model.edge_item]
    for kind in range(len(model.capacity)):
        value -= prices.room[kind, model.edge_bin] * model.load[kind]
    return np.asarray(value + np.append(prices.desk, 0.0)[model.edge_desk], dtype=np.float64)


def proven_bound(model: Model, weights: Weights, prices: Prices, left: Floats) -> float:
    """The bound on the weighted sum; `left` (n_items,) is the best `edge_value` over ALL edges of an item.

    `model` gives the rows and arcs; its edges are not read. `left` of an item without edges is -inf.
    """
    still = np.where(model.item_must, left, np.maximum(left, 0.0))
    still = np.where(np.isfinite(still), still, 0.0)
    total = float(model.item_count @ (prices.item + still))
    finite = np.where(model.capacity < NO_ROW, model.capacity, 0)
    total += float((finite * prices.room).sum())
    if len(model.desk_base):
        total += float(model.desk_base @ prices.desk)
    pool = prices.pool.copy()
    if len(model.arc_desk):
        over = arc_sum(model, weights) - prices.desk[model.arc_desk]
        np.maximum.at(pool, model.arc_pool, over)
    return total + float(model.pool_slots @ pool)


def best_left(model: Model, weights: Weights, prices: Prices) -> Floats:
    """(n_items,): the best `edge_value` of each item over the model's edges; -inf where it has none."""
    left = np.full(len(model.item_count), -np.inf)
    np.maximum.at(left, model.edge_item, edge_value(model, weights, prices))
    return left


__all__ = [
    "Prices",
    "Weights",
    "arc_sum",
    "best_left",
    "edge_sum",
    "edge_value",
    "proven_bound",
    "relax",
    "room_rows",
]
