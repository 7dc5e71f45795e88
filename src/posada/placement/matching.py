"""Given who is placed where, the best matching with counsel: children represented, then shared languages.

A transportation problem with whole supplies and slots, so the simplex method ends in whole numbers.
"""

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import Model
from posada.placement.solve import Program, SolverFailed, solve_relaxation

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def match_counsel(model: Model, x: Ints, *, rank: Floats | None = None) -> Ints:
    """y (n_arcs,) that is best on the arc levels in their order, for the given x (n_edges,).

    `rank` (n_arcs,), in [0, 1), chooses among equal matchings. Raises SolverFailed where a desk that must be
    served can't be.
    """
    arcs = len(model.arc_desk)
    if arcs == 0:
        return np.zeros(0, dtype=np.int64)
    asked = model.edge_desk >= 0
    supply = np.bincount(model.edge_desk[asked], weights=x[asked], minlength=len(model.desk_must)).astype(
        np.float64
    )
    if len(model.desk_base):
        supply = supply + model.desk_base
    program = Program(
        gain=joint_arc_gain(model).astype(np.float64) + _nudge(model, rank),
        upper=np.full(arcs, np.inf),
        whole=np.zeros(arcs, dtype=np.bool_),
    )
    columns = np.arange(arcs)
    program.add_rows(
        row=model.arc_desk,
        col=columns,
        value=np.ones(arcs),
        lower=np.where(model.desk_must, supply, -np.inf),
        upper=supply,
    )
    program.add_rows(
        row=model.arc_pool,
        col=columns,
        value=np.ones(arcs),
        lower=np.full(len(model.pool_slots), -np.inf),
        upper=model.pool_slots.astype(np.float64),
    )
    flow = solve_relaxation(program, method="simplex").x
    whole = np.round(flow)
    if np.abs(whole - flow).max(initial=0.0) > 1e-5:
        raise SolverFailed("the matching with counsel is not whole")
    return whole.astype(np.int64)


def _nudge(model: Model, rank: Floats | None) -> Floats:
    """(n_arcs,) less than half a child for any whole matching."""
    if rank is None:
        return np.zeros(len(model.arc_desk))
    return np.asarray(0.5 * rank / max(1, _most_matches(model)))


def _most_matches(model: Model) -> int:
    return int(min(model.item_count.sum() + model.desk_base.sum(), model.pool_slots.sum()))


def joint_arc_gain(model: Model) -> Ints:
    """(n_arcs,): the arc levels as one sum whose order is theirs."""
    joint = np.zeros(len(model.arc_desk), dtype=np.int64)
    for level in model.levels:
        if level.arc_gain is not None:
            joint = joint * most_on_arcs(model, level.arc_gain) + level.arc_gain
    return joint


def most_on_arcs(model: Model, gain: Ints) -> int:
    """One more than the arc level can ever reach."""
    return int(gain.max(initial=0)) * _most_matches(model) + 1
