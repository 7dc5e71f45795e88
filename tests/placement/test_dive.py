"""What is kept of the relaxation, and what the search adds, break no row together."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posada.placement.columns import Columns, ListedPairs, solve_relaxed
from posada.placement.dive import residual, whole_plan
from posada.placement.exact import solve_exactly
from posada.placement.matching import match_counsel
from posada.placement.model import NO_ROW, Model
from posada.placement.prices import Weights, arc_sum, edge_sum
from tests.placement.small_models import breaks_no_row, in_order, lawful_counts, random_model, values_of

WEIGHTS = Weights((40.0, 6.0, 0.0), (1.0, 0.0))
Ints = NDArray[np.int64]


def free_model(seed: int, *, items: int = 4, bins: int = 3, most_edges: int = 5) -> Model:
    """A random model in which nobody must be placed."""
    model = random_model(seed, items=items, bins=bins, most_edges=most_edges)
    return replace(model, item_must=np.zeros(items, dtype=np.bool_))


def dived(model: Model) -> Ints:
    """x (n_edges,) that the dive makes of the relaxation."""
    columns = Columns.start(ListedPairs(model), WEIGHTS)
    relaxed = solve_relaxed(columns, WEIGHTS, rounds=9, close_enough=1e-3, keep_above=-1e9)
    x = np.zeros(model.n_edges, dtype=np.int64)
    place = {pair: k for k, pair in enumerate(zip(model.edge_item, model.edge_bin, strict=True))}
    for item, bin_, count in zip(*whole_plan(columns, relaxed), strict=True):
        x[place[item, bin_]] += count
    return x


@pytest.mark.parametrize("seed", range(80))
def test_what_is_made_of_the_relaxation_breaks_no_row(seed: int) -> None:
    model = free_model(seed, items=8, bins=5, most_edges=20)
    x = dived(model)
    assert breaks_no_row(model, x, match_counsel(model, x))


def test_what_is_made_of_the_relaxation_is_near_the_best() -> None:
    """Of forty small models nearly all are solved to the best weighted sum, none is worth more than it."""
    best = 0
    for seed in range(40):
        model = free_model(seed)
        gain, more = edge_sum(model, WEIGHTS), arc_sum(model, WEIGHTS)
        x = dived(model)
        mine = float(gain @ x + more @ match_counsel(model, x))
        most = max(float(gain @ a + more @ b) for a, b in lawful_counts(model))
        assert mine <= most
        best += mine == most
    assert best >= 36


@pytest.mark.parametrize("seed", range(40))
def test_what_is_left_keeps_every_row_with_what_is_kept(seed: int) -> None:
    """Keeping half of a best plan, the best of what is left completes it on the first level."""
    model = free_model(seed)
    x, _ = max(lawful_counts(model), key=lambda counts: in_order(model, values_of(model, *counts)))
    kept = x * (np.arange(len(x)) % 2)
    left, still = residual(model, kept, np.arange(model.n_edges))
    assert ((left.capacity >= 0) & (left.capacity <= NO_ROW)).all()
    assert (left.item_count >= 0).all()
    whole = kept.copy()
    whole[still] += solve_exactly(left).x
    assert breaks_no_row(model, whole, match_counsel(model, whole))
    placed = model.levels[0].edge_gain
    assert placed is not None
    assert int(placed @ whole) == int(placed @ x)
