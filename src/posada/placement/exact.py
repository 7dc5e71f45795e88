"""Small programs to proven optimality: integer programs in the order of the levels, earlier values kept.

Neighbouring levels are taken in one step where a weighted sum can equal their order without large numbers;
the two counsel levels always are, because one row for both keeps the counsel network whole (see `rows`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.matching import match_counsel, most_on_arcs
from posada.placement.model import Level, Model, Solution, level_values
from posada.placement.rows import add_level_row, level_gain, whole_program
from posada.placement.solve import (
    LinearResult,
    Program,
    SolverFailed,
    solve_relaxation,
    solve_whole,
)

Floats = NDArray[np.float64]
LARGEST_STEP = 1e9
"""Levels are joined only while their weighted sum stays below this: the solver's tolerances are absolute."""


ROUNDING = 1e-6
MARGIN = 0.01
"""Far above the solver's dual tolerance, far below one unit of any level."""


class NoSolution(ValueError):  # noqa: N818
    """What must be placed can't all be placed together."""


@dataclass(frozen=True, slots=True)
class Step:
    """Levels optimised together: their weighted sum, maximised, equals their order."""

    gain: Floats
    reach: float  # the sum's range


def steps_of(model: Model) -> list[Step]:
    """The levels in order, neighbours joined where that is exact and numerically safe."""
    steps: list[Step] = []
    joined_arcs = False
    for level in model.levels:
        gain, reach = level.sign * level_gain(model, level), level_reach(model, level)
        is_second_arc = level.arc_gain is not None and joined_arcs
        joined_arcs = level.arc_gain is not None
        fits = bool(steps) and (steps[-1].reach + 1) * (reach + 1) <= LARGEST_STEP
        if is_second_arc or (fits and level.arc_gain is None):
            last = steps.pop()
            steps.append(Step(last.gain * (reach + 1) + gain, (last.reach + 1) * (reach + 1)))
        else:
            steps.append(Step(gain, reach))
    return steps


def level_reach(model: Model, level: Level) -> float:
    """The difference that the level's best and worst choices can make, over all items."""
    if level.arc_gain is not None:
        return float(most_on_arcs(model, level.arc_gain) - 1)
    if level.edge_gain is None:
        return 0.0
    best = np.where(model.item_must, -np.inf, 0.0)
    worst = np.where(model.item_must, np.inf, 0.0)
    np.maximum.at(best, model.edge_item, level.edge_gain)
    np.minimum.at(worst, model.edge_item, level.edge_gain)
    span = np.where(np.isfinite(best) & np.isfinite(worst), best - worst, 0.0)
    return float(span @ model.item_count)


def solve_exactly(model: Model, *, only_first: bool = False) -> Solution:
    """Optimal on every level. Raises NoSolution where what must be placed can't be.

    `only_first` stops after the first step: enough to know whether all pins can hold.
    """
    if model.n_edges == 0:
        if model.item_must.any():
            raise NoSolution("what must be placed has no lawful home")
        nothing = np.zeros(0, dtype=np.int64)
        zero = tuple(0 for _ in model.levels)
        return Solution(nothing, np.zeros(len(model.arc_desk), dtype=np.int64), zero, zero)
    program = whole_program(model, gain=np.zeros(model.n_edges + len(model.arc_desk)))
    best: Floats | None = None
    for step in steps_of(model):
        program.gain = step.gain
        if not step.gain.any() and best is not None:
            continue
        best, relaxed = _best_of_step(program, best)
        if only_first:
            break
        value = round(float(step.gain @ best))
        _drop_columns(program, relaxed, value=value)
        add_level_row(program, step.gain, at_least=value)
    if best is None:
        raise NoSolution("the model has no level")
    x = best[: model.n_edges].astype(np.int64)
    y = match_counsel(model, x)
    values = level_values(model, x, y)
    return Solution(x=x, y=y, values=values, bounds=values)


def _best_of_step(program: Program, start: Floats | None) -> tuple[Floats, LinearResult]:
    """The step's optimum; the relaxation alone proves it where the start already reaches its bound."""
    try:
        relaxed = solve_relaxation(program)
    except SolverFailed as failure:
        raise NoSolution("what must be placed can't all be placed together") from failure
    if start is not None and program.gain @ start >= np.floor(relaxed.value + ROUNDING) - ROUNDING:
        return start, relaxed
    result = solve_whole(program, gap=0.5, start=start)
    if result.x is None:
        raise NoSolution("what must be placed can't all be placed together")
    best = result.x
    best[program.whole] = np.round(best[program.whole])
    return best, relaxed


def _drop_columns(program: Program, relaxed: LinearResult, *, value: int) -> None:
    """Fix at zero every pair of which a single use falls below the value reached: exact, by weak duality."""
    hopeless = (relaxed.value - relaxed.loss < value - MARGIN) & program.whole
    program.upper[hopeless] = 0.0
