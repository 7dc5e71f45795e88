"""What every best plan shares: a group goes to a kin home that nobody else may use.

Moving such a group from anywhere to its own kin home takes room from nobody, so it never lowers level 1
and always raises level 2. Its other lawful pairs can be dropped before the search, exactly.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.model import Level, Model

Ints = NDArray[np.int64]


def settle_kin(model: Model) -> tuple[Model, Ints]:
    """The model without the pairs that no best plan uses, and which edges of the old one it keeps.

    A single group with a kin home of its own keeps only its kin homes, and must be placed.
    """
    kin = next((lv.edge_gain for lv in model.levels if lv.name == "children_with_kin"), None)
    everything = np.arange(model.n_edges)
    if kin is None:
        return model, everything
    users = np.bincount(model.edge_bin, minlength=model.capacity.shape[1])
    own = (users[model.edge_bin] == 1) & (kin > 0) & (model.item_count[model.edge_item] == 1)
    has_own = np.zeros(len(model.item_count), dtype=np.bool_)
    has_own[model.edge_item[own]] = True
    keep = ~has_own[model.edge_item] | (kin > 0)
    return replace(
        keep_edges(model, np.flatnonzero(keep)), item_must=model.item_must | has_own
    ), np.flatnonzero(keep)


def set_aside(candidates: Candidates) -> Candidates:
    """The candidates without the groups whose only lawful home is a kin home of their own: they are in it.

    Every best plan has them there, and in no other choice do they take part, except at the desks of counsel.
    """
    c = candidates
    pairs = np.bincount(c.listed_item, minlength=len(c.items))
    users = np.bincount(c.listed_home, minlength=c.capacity.shape[1])
    only = (pairs == 1) & (c.item_count == 1) & ~c.asks_openly()[c.item_kind]
    sure = only[c.listed_item] & (users[c.listed_home] == 1)
    count = c.item_count.copy()
    count[c.listed_item[sure]] = 0
    return replace(
        c,
        item_count=count,
        listed_item=c.listed_item[~sure],
        listed_home=c.listed_home[~sure],
        settled_item=c.listed_item[sure],
        settled_home=c.listed_home[sure],
    )


def keep_edges(model: Model, edges: Ints) -> Model:
    """The model with only the given edges, in the given order."""
    number = np.full(model.n_edges, -1, dtype=np.int64)
    number[edges] = np.arange(len(edges))
    conflicts = number[model.conflict_edges]
    return replace(
        model,
        edge_item=model.edge_item[edges],
        edge_bin=model.edge_bin[edges],
        load=model.load[:, edges],
        edge_desk=model.edge_desk[edges],
        conflict_edges=conflicts[(conflicts >= 0).all(axis=1)] if len(conflicts) else conflicts,
        levels=tuple(
            Level(lv.name, lv.sense, lv.edge_gain[edges], None) if lv.edge_gain is not None else lv
            for lv in model.levels
        ),
    )
