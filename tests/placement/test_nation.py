"""Asking a table of kinds and homes gives what asking every pair would."""

import numpy as np
import pytest

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.columns import Columns, Relaxed, solve_relaxed
from posada.placement.model import Model
from posada.placement.nation import NationalPairs
from posada.placement.prices import Prices, Weights, best_left, proven_bound, relax
from posada.placement.problem import build_problem
from tests.placement.random_programs import MARYLAND, Sizes, random_program

WEIGHTS = Weights((64.0, 8.0, 2.0), (1.0, 0.0))


def crowd(seed: int) -> Candidates:
    sizes = Sizes(groups=12, homes=8, counsel=5, siblings=3)
    problem = build_problem(random_program(seed, sizes=sizes, few_edges=seed % 3 > 0), policy=MARYLAND)
    return build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)


def random_prices(model: Model, seed: int) -> Prices:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.round(30 * rng.random(shape) * (rng.random(shape) < 0.6) * 1024) / 1024

    return Prices(
        item=some(len(model.item_count)),
        room=some(*model.capacity.shape),
        desk=some(len(model.desk_must)),
        pool=some(len(model.pool_slots)),
    )


@pytest.mark.parametrize("seed", range(120))
def test_the_best_of_each_item_is_the_best_of_all_its_pairs(seed: int) -> None:
    found = crowd(seed)
    pairs, model = NationalPairs.of(found), found.model(*found.all_pairs(), with_cost=False)
    for turn in range(3):
        prices = random_prices(model, 1000 * seed + turn)
        survey = pairs.survey(prices, WEIGHTS)
        expected = best_left(model, WEIGHTS, prices)
        assert np.isfinite(survey.left).tolist() == np.isfinite(expected).tolist()
        has = np.isfinite(expected)
        np.testing.assert_allclose(survey.left[has], expected[has], atol=1e-6)


@pytest.mark.parametrize("seed", range(60))
def test_only_lawful_pairs_are_let_in(seed: int) -> None:
    found = crowd(seed)
    pairs, every = NationalPairs.of(found), set(zip(*(a.tolist() for a in found.all_pairs()), strict=True))
    survey = pairs.survey(random_prices(pairs.model(*found.all_pairs()), seed), WEIGHTS)
    assert set(zip(survey.item.tolist(), survey.bin.tolist(), strict=True)) <= every
    assert set(zip(*(a.tolist() for a in pairs.first_pairs(WEIGHTS)), strict=True)) <= every


@pytest.mark.parametrize("seed", range(60))
def test_what_rounds_prove_is_true_and_with_good_prices_tight(seed: int) -> None:
    found = crowd(seed)
    model = found.model(*found.all_pairs(), with_cost=False)
    if model.n_edges == 0:
        return
    pairs = NationalPairs.of(found)
    result, prices = relax(model, WEIGHTS, crossover=True)
    tight = proven_bound(model, WEIGHTS, prices, pairs.survey(prices, WEIGHTS).left)
    assert tight == pytest.approx(result.value, abs=1e-2)
    assert rounds_from_the_first_pairs(pairs, model).bound >= result.value - 1e-2


def test_rounds_reach_the_relaxation_over_all_pairs() -> None:
    for seed in range(60):
        found = crowd(seed)
        model = found.model(*found.all_pairs(), with_cost=False)
        if model.n_edges:
            result, _ = relax(model, WEIGHTS, crossover=True)
            relaxed = rounds_from_the_first_pairs(NationalPairs.of(found), model)
            assert relaxed.bound == pytest.approx(result.value, abs=0.1)


def rounds_from_the_first_pairs(pairs: NationalPairs, model: Model) -> Relaxed:
    columns = Columns.start(pairs, WEIGHTS)
    if len(columns.keys) == 0:
        columns.add(model.edge_item[:1], model.edge_bin[:1])
    return solve_relaxed(columns, WEIGHTS, rounds=50, close_enough=1e-3, keep_above=-1e9)
