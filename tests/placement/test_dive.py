"""What is kept of the relaxation, and what the search adds, break no row together."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.dive import residual, search
from posada.placement.matching import match_counsel
from posada.placement.model import NO_ROW
from posada.placement.prices import Weights, relax
from tests.placement.small_models import (
    best_values,
    breaks_no_row,
    in_order,
    lawful_counts,
    random_model,
    values_of,
)

WEIGHTS = Weights((40.0, 6.0, 0.001), (1.0, 0.25))


@pytest.mark.parametrize("seed", range(60))
def test_the_kept_part_and_the_search_break_no_row(seed: int) -> None:
    model = random_model(seed, items=8, bins=5, most_edges=20)
    model = replace(model, item_must=np.zeros(8, dtype=np.bool_))
    result, _ = relax(model, WEIGHTS, crossover=True)
    kept = np.floor(result.x[: model.n_edges] + 1e-6).astype(np.int64)
    for a, b in model.conflict_edges:  # the relaxation does not know of conflicts
        kept[b] = 0 if kept[a] else kept[b]
    edges = np.arange(model.n_edges)
    left = residual(model, kept, edges)
    assert ((left.capacity >= 0) | (left.capacity == NO_ROW)).all()
    assert (left.item_count >= 0).all()
    found = search(left, effort=2000)
    x = kept.copy()
    if found is not None:
        place = {pair: k for k, pair in enumerate(zip(model.edge_item, model.edge_bin, strict=True))}
        for k, pair in enumerate(zip(left.edge_item, left.edge_bin, strict=True)):
            x[place[pair]] += round(float(found[k]))
    assert breaks_no_row(model, x, match_counsel(model, x))
    assert int(x.sum()) >= int(kept.sum())


@pytest.mark.parametrize("seed", range(30))
def test_a_search_from_nothing_finds_the_best(seed: int) -> None:
    model = replace(random_model(seed, most_edges=5), item_must=np.zeros(4, dtype=np.bool_))
    nothing = np.zeros(model.n_edges, dtype=np.int64)
    found = search(residual(model, nothing, np.arange(model.n_edges)), effort=2000)
    assert found is not None
    x = np.zeros(model.n_edges, dtype=np.int64)
    left = residual(model, nothing, np.arange(model.n_edges))
    place = {pair: k for k, pair in enumerate(zip(model.edge_item, model.edge_bin, strict=True))}
    for k, pair in enumerate(zip(left.edge_item, left.edge_bin, strict=True)):
        x[place[pair]] = round(float(found[k]))
    assert values_of(model, x, match_counsel(model, x)) == best_values(model)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_kept_leaves_the_rest_as_good_as_it_was(seed: int) -> None:
    """Keeping half of a best plan, the best of what is left completes it."""
    model = replace(random_model(seed, most_edges=5), item_must=np.zeros(4, dtype=np.bool_))
    x, _ = max(lawful_counts(model), key=lambda counts: in_order(model, values_of(model, *counts)))
    kept = x * (np.arange(len(x)) % 2)
    left = residual(model, kept, np.arange(model.n_edges))
    rest = search(left, effort=2000)
    placed = model.levels[0].edge_gain
    assert placed is not None
    more = 0.0
    if rest is not None and left.levels[0].edge_gain is not None:
        more = float(left.levels[0].edge_gain @ rest[: left.n_edges])
    assert round(more) + int(placed @ kept) == int(placed @ x)
