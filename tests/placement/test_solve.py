"""The solver's answers on programs whose answer is known."""

import numpy as np
import pytest

from posada.placement.solve import Program, SolverFailed, solve_relaxation, solve_whole


def knapsack(*, whole: bool, room: float = 10.0) -> Program:
    """Worth 10, 7, 6 and 1 for 6, 5, 5 and 1 of room, each at most once."""
    program = Program(
        gain=np.array([10.0, 7.0, 6.0, 1.0]), upper=np.ones(4), whole=np.full(4, whole, dtype=np.bool_)
    )
    program.add_rows(
        row=np.zeros(4, dtype=np.int64),
        col=np.arange(4),
        value=np.array([6.0, 5.0, 5.0, 1.0]),
        lower=np.array([-np.inf]),
        upper=np.array([room]),
    )
    return program


def test_a_whole_program_is_solved_to_its_optimum() -> None:
    result = solve_whole(knapsack(whole=True))
    assert result.is_optimal
    assert result.x is not None
    assert result.x.round().tolist() == [0, 1, 1, 0]
    assert result.bound == pytest.approx(13)


@pytest.mark.parametrize("method", ["choose", "simplex", "ipm"])
def test_the_relaxation_has_prices_that_prove_its_value(method: str) -> None:
    result = solve_relaxation(knapsack(whole=False), method=method)
    assert result.value == pytest.approx(10 + 4 * 7 / 5)
    assert (result.prices >= -1e-9).all()
    left = np.array([10.0, 7.0, 6.0, 1.0]) - result.prices[0] * np.array([6.0, 5.0, 5.0, 1.0])
    assert 10 * result.prices[0] + np.maximum(left, 0).sum() == pytest.approx(result.value, abs=1e-5)


def test_what_cannot_be_met_is_said_to_be_impossible() -> None:
    program = knapsack(whole=True)
    program.add_rows(
        row=np.array([0]),
        col=np.array([0]),
        value=np.array([1.0]),
        lower=np.array([2.0]),
        upper=np.array([9.0]),
    )
    result = solve_whole(program)
    assert result.is_infeasible
    assert result.x is None
    with pytest.raises(SolverFailed, match="relaxation"):
        solve_relaxation(program)


def test_a_start_that_is_optimal_is_kept() -> None:
    result = solve_whole(knapsack(whole=True), start=np.array([0.0, 1.0, 1.0, 0.0]))
    assert result.x is not None
    assert result.x.round().tolist() == [0, 1, 1, 0]


def test_the_same_program_gives_the_same_answer_twice() -> None:
    first, second = (solve_whole(knapsack(whole=True), effort_limit=5) for _ in range(2))
    assert (first.bound, first.is_optimal) == (second.bound, second.is_optimal)
