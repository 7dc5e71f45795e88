"""From fractions to whole groups: keep what the relaxation made whole, search again only what it split.

A vertex of the relaxation splits few groups. Its whole part is kept; the homes and groups that it split go
into a small integer program over the pairs that the prices call worth it, level by level in their order.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.exact import steps_of
from posada.placement.kin_first import keep_edges
from posada.placement.model import NO_ROW, Model
from posada.placement.rows import add_level_row, whole_program
from posada.placement.solve import solve_whole

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def residual(model: Model, x: Ints, edges: Ints) -> Model:
    """What is left to decide over `edges` once `x` (n_edges,) is kept; pairs that no longer fit are gone."""
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
    left = keep_edges(model, edges[fits])
    return replace(
        left,
        item_count=count,
        capacity=capacity,
        desk_base=model.desk_base + base if len(model.desk_base) else base,
    )


def search(model: Model, *, effort: int, start: Floats | None = None) -> Floats | None:
    """(n_columns,) the best whole solution found step by step within `effort` each; None: none found."""
    program = whole_program(model, gain=np.zeros(model.n_edges + len(model.arc_desk)))
    best = start
    for step in steps_of(model):
        if not step.gain.any():
            continue
        program.gain = step.gain
        result = solve_whole(program, gap=0.5, start=best, effort_limit=effort)
        if result.x is None:
            return best
        best = result.x
        best[program.whole] = np.round(best[program.whole])
        add_level_row(program, step.gain, at_least=float(np.round(step.gain @ best)) - 0.25)
    return best
