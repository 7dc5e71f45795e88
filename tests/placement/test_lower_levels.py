"""The bounds of the last three levels are true: the exact optimum never undercuts them."""

import pytest

from posada.placement.candidates import build_candidates
from posada.placement.lower_levels import lower_bounds
from posada.placement.problem import build_problem
from tests.placement.oracle import brute_force
from tests.placement.random_programs import MARYLAND, random_program


@pytest.mark.parametrize("seed", range(60))
def test_no_best_plan_undercuts_the_bounds(seed: int) -> None:
    program = random_program(seed)
    answer = brute_force(program, policy=MARYLAND)
    problem = build_problem(program, policy=MARYLAND)
    candidates = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)
    placed, _, _, _, shared, cost, distance = answer.levels
    total = int((candidates.item_loads()[0] * candidates.item_count).sum())
    bounds = lower_bounds(candidates, placed=placed, represented_most=total)
    if not answer.refused and not program.overrides:
        assert shared <= bounds["counsel_sharing_language"]
        assert distance >= bounds["distance_km"]
    assert cost >= bounds["cost_cents_per_day"]
