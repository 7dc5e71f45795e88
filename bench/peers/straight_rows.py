"""The straight model as whole-number rows, A x <= upper with x >= 0: written here for the general solvers.

It reads only the model's arrays, so that it shares nothing with the product's solver (and so that CP-SAT's
process loads no second HiGHS beside the one that OR-Tools brings: their symbols clash).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import NO_ROW, Level, Model

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """A as (row, col, value) triplets; `upper` (n_rows,); `most` (n_cols,): each column is in [0, most]."""

    row: Ints
    col: Ints
    value: Ints
    upper: Ints
    most: Ints

    def with_row(self, weights: Ints, *, at_least: int) -> "Rows":
        """One more row: weights @ x >= at_least."""
        used = np.flatnonzero(weights)
        return Rows(
            row=np.concatenate([self.row, np.full(len(used), len(self.upper))]),
            col=np.concatenate([self.col, used]),
            value=np.concatenate([self.value, -weights[used]]),
            upper=np.append(self.upper, -at_least),
            most=self.most,
        )

    def row_wise(self) -> tuple[Ints, Ints, Ints]:
        """(starts, columns, values)."""
        order = np.lexsort((self.col, self.row))
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.row, minlength=len(self.upper)))])
        return starts, self.col[order], self.value[order]


def straight_rows(model: Model) -> Rows:
    """Items, rooms, conflicts, desks and pools. Raises ValueError where something must be placed."""
    if model.item_must.any() or model.desk_must.any():
        raise ValueError("the straight model of the peers knows no pins")
    parts = [_items(model), *_rooms(model), _conflicts(model), _desks(model), _pools(model)]
    first = np.cumsum([0, *(len(upper) for _, _, _, upper in parts)])
    arcs = len(model.arc_desk)
    return Rows(
        row=np.concatenate([row + at for (row, _, _, _), at in zip(parts, first[:-1], strict=True)]),
        col=np.concatenate([col for _, col, _, _ in parts]),
        value=np.concatenate([value for _, _, value, _ in parts]),
        upper=np.concatenate([upper for _, _, _, upper in parts]),
        most=np.concatenate([model.item_count[model.edge_item], np.full(arcs, model.item_count.sum())]),
    )


def gain_of(model: Model, level: Level) -> Ints:
    """(n_cols,): the level's weights, signed so that more is better."""
    gain = np.zeros(model.n_edges + len(model.arc_desk), dtype=np.int64)
    if level.edge_gain is not None:
        gain[: model.n_edges] = level.sign * level.edge_gain
    if level.arc_gain is not None:
        gain[model.n_edges :] = level.sign * level.arc_gain
    return gain


_Part = tuple[Ints, Ints, Ints, Ints]


def _items(model: Model) -> _Part:
    edges = np.arange(model.n_edges)
    return model.edge_item, edges, np.ones(model.n_edges, dtype=np.int64), model.item_count


def _rooms(model: Model) -> list[_Part]:
    """One part a kind of room; rows that can never bind are left out."""
    parts = []
    for capacity, load in zip(model.capacity, model.load, strict=True):
        has_row = capacity < NO_ROW
        number = np.cumsum(has_row) - 1
        edge = np.flatnonzero(has_row[model.edge_bin] & (load != 0))
        parts.append((number[model.edge_bin[edge]], edge, load[edge], capacity[has_row]))
    return parts


def _conflicts(model: Model) -> _Part:
    count = len(model.conflict_edges)
    ones = np.ones(2 * count, dtype=np.int64)
    return np.repeat(np.arange(count), 2), model.conflict_edges.ravel(), ones, np.ones(count, dtype=np.int64)


def _desks(model: Model) -> _Part:
    """No more matches at a desk than groups that came to it."""
    asked = np.flatnonzero(model.edge_desk >= 0)
    arcs = len(model.arc_desk)
    return (
        np.concatenate([model.arc_desk, model.edge_desk[asked]]),
        np.concatenate([np.arange(arcs) + model.n_edges, asked]),
        np.concatenate([np.ones(arcs, dtype=np.int64), -np.ones(len(asked), dtype=np.int64)]),
        np.zeros(len(model.desk_must), dtype=np.int64),
    )


def _pools(model: Model) -> _Part:
    arcs = len(model.arc_desk)
    ones = np.ones(arcs, dtype=np.int64)
    return model.arc_pool, np.arange(arcs) + model.n_edges, ones, model.pool_slots
