"""Whatever the prices, what they prove is true."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.model import NO_ROW, Model
from posada.placement.prices import (
    Prices,
    Weights,
    arc_sum,
    best_left,
    edge_sum,
    edge_value,
    proven_bound,
    relax,
)
from tests.placement.small_models import lawful_counts, random_model

WEIGHTS = (Weights((1.0, 0.0, 0.0), (0.0, 0.0)), Weights((40.0, 6.0, 0.001), (1.0, 0.25)))


def best_sum(model: Model, weights: Weights) -> float:
    """The greatest weighted sum of any lawful counts, by enumeration; -inf where there are none."""
    gain, more = edge_sum(model, weights), arc_sum(model, weights)
    return max((float(gain @ x + more @ y) for x, y in lawful_counts(model)), default=-np.inf)


def random_prices(model: Model, rng: np.random.Generator, *, scale: float) -> Prices:
    """Some of them nothing; of either sign where all must be placed."""

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.round(scale * rng.random(shape) * (rng.random(shape) < 0.7) * 1024) / 1024

    item = some(len(model.item_count))
    item[model.item_must] *= rng.choice([-1.0, 1.0])
    return Prices(
        item=item,
        room=np.where(model.capacity < NO_ROW, some(*model.capacity.shape), 0.0),
        desk=some(len(model.desk_must)),
        pool=some(len(model.pool_slots)),
    )


@pytest.mark.parametrize("seed", range(40))
def test_no_prices_ever_prove_less_than_can_be_reached(seed: int) -> None:
    model, rng = random_model(seed, most_edges=5), np.random.default_rng(seed)
    for weights in WEIGHTS:
        best = best_sum(model, weights)
        for scale in (0.1, 1.0, 5.0, 40.0):
            prices = random_prices(model, rng, scale=scale)
            bound = proven_bound(model, weights, prices, best_left(model, weights, prices))
            assert bound >= best - 1e-6


@pytest.mark.parametrize("seed", range(30))
def test_the_prices_of_the_relaxation_prove_its_own_value(seed: int) -> None:
    nobody_must = np.zeros(4, dtype=np.bool_)
    model = replace(random_model(seed, most_edges=5), item_must=nobody_must)
    for weights in WEIGHTS:
        result, prices = relax(model, weights, crossover=True)
        bound = proven_bound(model, weights, prices, best_left(model, weights, prices))
        assert best_sum(model, weights) - 1e-6 <= bound
        assert bound == pytest.approx(result.value, abs=1e-2)


def test_an_edge_is_worth_its_gain_less_what_it_takes_up() -> None:
    model = random_model(11)
    free = Prices(
        *(
            np.zeros_like(a, dtype=np.float64)
            for a in (model.item_count, model.capacity, model.desk_must, model.pool_slots)
        )
    )
    weights = WEIGHTS[1]
    assert edge_value(model, weights, free).tolist() == edge_sum(model, weights).tolist()
    dear = replace(free, room=np.ones_like(free.room), item=np.ones_like(free.item))
    taken = edge_value(model, weights, free) - edge_value(model, weights, dear)
    assert taken.tolist() == (1.0 + model.load.sum(axis=0)).tolist()


def test_an_item_without_edges_has_nothing_left() -> None:
    model = random_model(11)
    model = replace(
        model, item_count=np.append(model.item_count, 3), item_must=np.append(model.item_must, False)
    )
    prices = random_prices(model, np.random.default_rng(1), scale=1.0)
    assert best_left(model, WEIGHTS[0], prices)[-1] == -np.inf
