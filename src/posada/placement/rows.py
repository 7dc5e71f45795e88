"""The rows of a model as the solver wants them: who fits where, and what counsel can take."""

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import NO_ROW, Level, Model
from posada.placement.solve import Program

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def whole_program(model: Model, *, gain: Floats) -> Program:
    """Every row of the model; columns are the edges (whole), then the arcs.

    Arcs need not be whole: given whole edges they are flows of a network with whole capacities.
    """
    edges, arcs = model.n_edges, len(model.arc_desk)
    upper = np.minimum(model.item_count[model.edge_item], most_that_fit(model))
    program = Program(
        gain=gain,
        upper=np.concatenate([upper, np.full(arcs, np.inf)]).astype(np.float64),
        whole=np.concatenate([np.ones(edges, dtype=np.bool_), np.zeros(arcs, dtype=np.bool_)]),
    )
    add_item_rows(program, model)
    add_room_rows(program, model)
    add_conflict_rows(program, model)
    add_counsel_rows(program, model)
    return program


def most_that_fit(model: Model) -> Ints:
    """(n_edges,): how many of the item fit into the bin, by its scarcest kind of room."""
    most = np.full(model.n_edges, NO_ROW, dtype=np.int64)
    for kind in range(len(model.capacity)):
        capacity, load = model.capacity[kind, model.edge_bin], model.load[kind]
        fits = np.where((load > 0) & (capacity < NO_ROW), capacity // np.maximum(load, 1), NO_ROW)
        most = np.minimum(most, fits)
    return most


def add_item_rows(program: Program, model: Model) -> int:
    """One row an item: no more than there are; all of those that must be placed."""
    count = model.item_count.astype(np.float64)
    return program.add_rows(
        row=model.edge_item,
        col=np.arange(model.n_edges),
        value=np.ones(model.n_edges),
        lower=np.where(model.item_must, count, -np.inf),
        upper=count,
    )


def room_rows(model: Model) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """(row, edge, load) entries, then each row's (capacity, bin); rows that can't bind are left out."""
    entries: list[tuple[Ints, Ints, Ints]] = []
    capacities, bins = [], []
    first = 0
    for kind in range(len(model.capacity)):
        has_row = model.capacity[kind] < NO_ROW
        number = np.cumsum(has_row) - 1 + first
        edge = np.flatnonzero(has_row[model.edge_bin] & (model.load[kind] != 0))
        entries.append((number[model.edge_bin[edge]], edge, model.load[kind, edge]))
        capacities.append(model.capacity[kind, has_row])
        bins.append(np.flatnonzero(has_row))
        first += int(has_row.sum())
    row, edge, load = (np.concatenate(part) for part in zip(*entries, strict=True))
    return row, edge, load, np.concatenate(capacities), np.concatenate(bins)


def add_room_rows(program: Program, model: Model) -> int:
    """One row a bin and kind of room that can bind."""
    row, edge, load, capacity, _ = room_rows(model)
    total = capacity.astype(np.float64)
    return program.add_rows(
        row=row, col=edge, value=load.astype(np.float64), lower=np.full(len(total), -np.inf), upper=total
    )


def add_conflict_rows(program: Program, model: Model) -> int:
    """At most one of two separated groups in a home."""
    n = len(model.conflict_edges)
    return program.add_rows(
        row=np.repeat(np.arange(n), 2),
        col=model.conflict_edges.ravel(),
        value=np.ones(2 * n),
        lower=np.full(n, -np.inf),
        upper=np.ones(n),
    )


def add_counsel_rows(program: Program, model: Model) -> int:
    """Desks give no more matches than groups came (exactly as many where pinned); pools keep to slots."""
    desks, pools, arcs = len(model.desk_must), len(model.pool_slots), len(model.arc_desk)
    asked = np.flatnonzero(model.edge_desk >= 0)
    base = model.desk_base.astype(np.float64) if len(model.desk_base) else np.zeros(desks)
    arc_columns = np.arange(arcs) + model.n_edges
    first = program.add_rows(
        row=np.concatenate([model.arc_desk, model.edge_desk[asked]]),
        col=np.concatenate([arc_columns, asked]),
        value=np.concatenate([np.ones(arcs), -np.ones(len(asked))]),
        lower=np.where(model.desk_must, base, -np.inf),
        upper=base,
    )
    program.add_rows(
        row=model.arc_pool,
        col=arc_columns,
        value=np.ones(arcs),
        lower=np.full(pools, -np.inf),
        upper=model.pool_slots.astype(np.float64),
    )
    return first


def level_gain(model: Model, level: Level) -> Floats:
    """The level's coefficients over all columns, in its own sense."""
    gain = np.zeros(model.n_edges + len(model.arc_desk))
    if level.edge_gain is not None:
        gain[: model.n_edges] = level.edge_gain
    if level.arc_gain is not None:
        gain[model.n_edges :] = level.arc_gain
    return gain


def add_level_row(program: Program, gain: Floats, *, at_least: float) -> None:
    """Keep `gain @ x >= at_least`."""
    used = np.flatnonzero(gain)
    program.add_rows(
        row=np.zeros(len(used), dtype=np.int64),
        col=used,
        value=gain[used],
        lower=np.array([at_least]),
        upper=np.array([np.inf]),
    )
