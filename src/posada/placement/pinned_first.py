"""Whether all pins can hold together, and one way to hold them: an integer program over pinned groups alone.

Nobody else has to be placed, so pins that leave room for each other leave a lawful plan. Comes in:
`Candidates`. Goes out: a lawful home for each pinned group. Tests: tests/placement/test_pinned_first.py.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.exact import NoSolution
from posada.placement.model import Model
from posada.placement.rows import whole_program
from posada.placement.solve import solve_whole

Ints = NDArray[np.int64]


def homes_for_pinned(candidates: Candidates) -> dict[int, int]:
    """Item -> home for every item that must be placed, all of them lawful together; kin homes before others.

    Raises NoSolution where there is no such way.
    """
    if not candidates.item_must.any():
        return {}
    item, home = candidates.must_pairs()
    order = np.lexsort((home, item))
    model = _without_other_arcs(candidates.model(item[order], home[order], with_cost=False))
    gain = np.zeros(model.n_edges + len(model.arc_desk))
    gain[: model.n_edges] = np.isin(model.edge_bin, candidates.listed_home)
    found = solve_whole(whole_program(model, gain=gain)).x
    if found is None:
        raise NoSolution("what must be placed can't all be placed together")
    used = np.flatnonzero(np.round(found[: model.n_edges]))
    return dict(zip(model.edge_item[used].tolist(), model.edge_bin[used].tolist(), strict=True))


def slots_for_pinned(candidates: Candidates, counts: Ints, settled: Ints) -> Ints:
    """(parts, n_pools): slots that each part's pinned groups take of the counsel they are pinned to.

    `counts` (parts, n_items) deals the items, `settled` (n_settled,) is each decided pair's part.
    """
    desks = candidates.desks
    pool_of = np.full(len(desks.must) + 1, -1, dtype=np.int64)
    pool_of[desks.arc_desk] = desks.arc_pool
    pool_of[:-1][~desks.must] = -1
    pool = pool_of[desks.desk].max(axis=1, initial=-1)[desks.kind_of_item]
    need = np.zeros((len(counts), len(candidates.pools.slots)), dtype=np.int64)
    for item in np.flatnonzero(pool >= 0):
        need[:, pool[item]] += counts[:, item]
    for item, part in zip(candidates.settled_item.tolist(), settled.tolist(), strict=True):
        if pool[item] >= 0:
            need[part, pool[item]] += 1
    return need


def _without_other_arcs(model: Model) -> Model:
    """Only the counsel that somebody is pinned to: to others nobody has to be matched."""
    kept = np.flatnonzero(model.desk_must[model.arc_desk])
    return replace(
        model,
        arc_desk=model.arc_desk[kept],
        arc_pool=model.arc_pool[kept],
        levels=(),
    )
