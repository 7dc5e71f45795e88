"""Every level to proven optimality, as enumeration finds it."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.deadline import Deadline
from posada.placement.exact import NoSolution, solve_exactly, steps_of
from tests.placement.small_models import (
    best_values,
    breaks_no_row,
    in_order,
    lawful_counts,
    random_model,
    values_of,
)


@pytest.mark.parametrize("seed", range(60))
def test_the_levels_in_their_order_are_those_of_enumeration(seed: int) -> None:
    model = random_model(seed, most_edges=6)
    best = best_values(model)
    if best is None:
        with pytest.raises(NoSolution):
            solve_exactly(model)
        return
    solution = solve_exactly(model)
    assert solution.values == best == solution.bounds
    assert breaks_no_row(model, solution.x, solution.y)
    assert values_of(model, solution.x, solution.y) == best


@pytest.mark.parametrize("seed", range(12))
def test_a_step_of_joined_levels_orders_plans_as_the_levels_do(seed: int) -> None:
    model = replace(random_model(seed, most_edges=4), item_must=np.zeros(4, dtype=np.bool_))
    steps = steps_of(model)
    rows = [
        (
            in_order(model, values_of(model, x, y)),
            tuple(float(s.gain @ np.concatenate([x, y])) for s in steps),
        )
        for x, y in lawful_counts(model)
    ]
    assert max(rows)[0] == max(rows, key=lambda row: row[1])[0]


def test_what_must_be_placed_and_has_no_lawful_home_is_said() -> None:
    model = random_model(1)
    nowhere = replace(model, item_must=np.ones(4, dtype=np.bool_), capacity=np.zeros_like(model.capacity))
    with pytest.raises(NoSolution):
        solve_exactly(nowhere)


@pytest.mark.parametrize("seed", range(120))
@pytest.mark.parametrize(("gap", "seconds"), [(0.3, None), (0.0, 0.0), (0.0, 1000.0)])
def test_what_is_left_open_is_bounded_and_breaks_no_row(seed: int, gap: float, seconds: float | None) -> None:
    model = random_model(seed, items=5, bins=4, most_edges=9)
    best = best_values(model)
    if best is None:
        return
    solution = solve_exactly(model, gap=gap, deadline=Deadline.after(seconds))
    assert breaks_no_row(model, solution.x, solution.y)
    assert solution.values == values_of(model, solution.x, solution.y)
    assert solution.time_limit_reached == (seconds == 0.0)
    for k, level in enumerate(model.levels):
        if solution.values[:k] == best[:k]:
            assert level.sign * solution.values[k] <= level.sign * best[k]
            assert level.sign * best[k] <= level.sign * solution.bounds[k]
    if seconds == 1000.0:
        assert solution.values == solution.bounds == best


def test_a_gap_is_kept() -> None:
    for seed in range(40):
        model = random_model(seed, items=8, bins=5, most_edges=20)
        model = replace(model, item_must=np.zeros(len(model.item_count), dtype=np.bool_))
        solution = solve_exactly(model, gap=0.1)
        assert solution.bounds[0] - solution.values[0] <= max(0.1 * solution.values[0], 1)
