"""Rounds over few pairs reach what the relaxation over all pairs is worth."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.columns import Columns, ListedPairs, best_by, solve_relaxed
from posada.placement.prices import Weights, relax
from tests.placement.small_models import random_model

WEIGHTS = Weights((40.0, 6.0, 0.001), (1.0, 0.25))


@pytest.mark.parametrize("seed", range(30))
def test_starting_from_one_pair_the_relaxation_is_reached(seed: int) -> None:
    model = random_model(seed, items=8, bins=5, most_edges=25)
    model = replace(model, item_must=np.zeros(8, dtype=np.bool_))
    columns = Columns(ListedPairs(model, per_item=2, per_bin=2), np.zeros(0, dtype=np.int64))
    columns.add(model.edge_item[:1], model.edge_bin[:1])
    relaxed = solve_relaxed(columns, WEIGHTS, rounds=60, close_enough=1e-3, keep_above=-1e9)
    result, _ = relax(model, WEIGHTS, crossover=True)
    assert relaxed.bound == pytest.approx(result.value, abs=0.05)


@pytest.mark.parametrize("seed", range(10))
def test_the_bound_of_any_round_is_true(seed: int) -> None:
    model = random_model(seed, items=8, bins=5, most_edges=25)
    model = replace(model, item_must=np.zeros(8, dtype=np.bool_))
    result, _ = relax(model, WEIGHTS, crossover=True)
    columns = Columns(ListedPairs(model, per_item=1, per_bin=1), np.zeros(0, dtype=np.int64))
    columns.add(model.edge_item[:1], model.edge_bin[:1])
    first = solve_relaxed(columns, WEIGHTS, rounds=1, close_enough=0.0, keep_above=-1e9)
    assert first.bound >= result.value - 1e-3


def test_the_best_of_each_key_are_taken_and_ties_go_to_the_earlier() -> None:
    key = np.array([1, 0, 1, 1, 0])
    score = np.array([2.0, 5.0, 2.0, 3.0, 5.0])
    assert best_by(key, score, most=1).tolist() == [1, 3]
    assert best_by(key, score, most=2).tolist() == [1, 4, 3, 0]
    assert best_by(key[:0], score[:0], most=2).tolist() == []


def test_a_pair_is_let_in_once() -> None:
    model = random_model(3)
    columns = Columns.start(ListedPairs(model), WEIGHTS)
    assert columns.add(model.edge_item, model.edge_bin) == 0
    assert columns.model().edge_item.tolist() == model.edge_item.tolist()
    columns.drop(np.arange(model.n_edges) > 0)
    assert columns.add(model.edge_item, model.edge_bin) == model.n_edges - 1
