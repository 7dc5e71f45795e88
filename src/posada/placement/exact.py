"""Small programs to proven optimality: integer programs in the order of the levels, earlier values kept.

Neighbouring levels are taken in one step where a weighted sum can equal their order without large numbers;
the two counsel levels always are, because one row for both keeps the counsel network whole (see `rows`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.deadline import NO_DEADLINE, Deadline
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
    first: int  # the number of its first level
    below: float = 1.0  # what one unit of the first level counts


def steps_of(model: Model, *, may_join: bool = True) -> list[Step]:
    """The levels in order, neighbours joined where that is exact and numerically safe.

    Without `may_join` only the two levels of counsel are joined.
    """
    steps: list[Step] = []
    joined_arcs = False
    for number, level in enumerate(model.levels):
        gain, reach = level.sign * level_gain(model, level), level_reach(model, level)
        is_second_arc = level.arc_gain is not None and joined_arcs
        joined_arcs = level.arc_gain is not None
        fits = may_join and bool(steps) and (steps[-1].reach + 1) * (reach + 1) <= LARGEST_STEP
        if is_second_arc or (fits and level.arc_gain is None):
            last = steps.pop()
            steps.append(
                Step(
                    gain=last.gain * (reach + 1) + gain,
                    reach=(last.reach + 1) * (reach + 1),
                    first=last.first,
                    below=last.below * (reach + 1),
                )
            )
        else:
            steps.append(Step(gain, reach, number))
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


def solve_exactly(
    model: Model,
    *,
    deadline: Deadline = NO_DEADLINE,
    gap: float = 0.0,
) -> Solution:
    """Optimal on every level. Raises NoSolution where what must be placed can't be.

    Where the deadline comes first, the best so far is returned and says so; `gap` is the share of a step
    that may be left open. In both cases the bounds say what is proven.
    """
    if model.n_edges == 0:
        if model.item_must.any():
            raise NoSolution("what must be placed has no lawful home")
        nothing = np.zeros(0, dtype=np.int64)
        zero = tuple(0 for _ in model.levels)
        return Solution(nothing, np.zeros(len(model.arc_desk), dtype=np.int64), zero, zero)
    program = whole_program(model, gain=np.zeros(model.n_edges + len(model.arc_desk)))
    nobody = deadline.until is not None and not model.item_must.any() and not model.desk_must.any()
    best = np.zeros(len(program.gain)) if nobody else None
    bounds: list[int | None] = list(plain_bounds(model))
    steps = steps_of(model, may_join=gap == 0.0 and deadline.until is None)
    is_cut = False
    for number, step in enumerate(steps):
        program.gain = step.gain
        if not step.gain.any() and best is not None:
            continue
        best, relaxed, bound = _best_of_step(program, best, deadline=deadline, gap=gap)
        value = round(float(step.gain @ best))
        _tighten(bounds, model, steps, number, value=value, bound=bound)
        _drop_columns(program, relaxed, value=value)
        add_level_row(program, step.gain, at_least=value)
        is_cut = deadline.is_over and number + 1 < len(steps)
        if is_cut:
            break
    if best is None:
        raise NoSolution("the model has no level")
    x = best[: model.n_edges].astype(np.int64)
    y = match_counsel(model, x)
    values = level_values(model, x, y)
    if gap == 0.0 and deadline.until is None:
        return Solution(x=x, y=y, values=values, bounds=values)
    best_known = tuple(v if b is None else b for v, b in zip(values, bounds, strict=True))
    return Solution(x, y, values, best_known, time_limit_reached=is_cut or deadline.is_over)


def plain_bounds(model: Model) -> tuple[int, ...]:
    """For each level what no choice exceeds (or undercuts), whatever the rows."""
    found = []
    for level in model.levels:
        if level.arc_gain is not None:
            found.append(most_on_arcs(model, level.arc_gain) - 1)
        elif level.edge_gain is None or level.sign < 0:
            found.append(0)
        else:
            best = np.zeros(len(model.item_count))
            np.maximum.at(best, model.edge_item, level.edge_gain)
            found.append(int(best @ model.item_count))
    return tuple(found)


def _tighten(
    bounds: list[int | None], model: Model, steps: list[Step], number: int, *, value: int, bound: float
) -> None:
    """Write down what the step proved: its levels (None: the value is best) or, left open, its first one."""
    step = steps[number]
    after = steps[number + 1].first if number + 1 < len(steps) else len(model.levels)
    if bound < value + 1 - ROUNDING:
        bounds[step.first : after] = [None] * (after - step.first)
        return
    first, plain = model.levels[step.first], bounds[step.first] or 0
    most = int(np.floor((bound + step.below - 1) / step.below + ROUNDING))
    bounds[step.first] = min(plain, most) if first.sign > 0 else max(plain, -most)


def _best_of_step(
    program: Program, start: Floats | None, *, deadline: Deadline, gap: float
) -> tuple[Floats, LinearResult, float]:
    """The step's best choice, its relaxation, and its bound.

    The relaxation alone proves it where the start already reaches its bound.
    """
    try:
        relaxed = solve_relaxation(program)
    except SolverFailed as failure:
        raise NoSolution("what must be placed can't all be placed together") from failure
    if start is not None and program.gain @ start >= np.floor(relaxed.value + ROUNDING) - ROUNDING:
        return start, relaxed, float(program.gain @ start)
    result = solve_whole(
        program,
        gap=0.5,
        start=start,
        seconds=deadline.left(),
        options={"mip_rel_gap": gap} if gap else None,
    )
    if result.x is None and result.hit_deadline and start is None:
        result = solve_whole(program, gap=np.inf, options={"mip_rel_gap": 1e9})
    if result.x is None and result.is_infeasible:
        raise NoSolution("what must be placed can't all be placed together")
    best = start if result.x is None else result.x
    if best is None:
        raise NoSolution("what must be placed can't all be placed together")
    best[program.whole] = np.round(best[program.whole])
    bound = float(program.gain @ best) if result.is_optimal and not gap else min(result.bound, relaxed.value)
    return best, relaxed, bound


def _drop_columns(program: Program, relaxed: LinearResult, *, value: int) -> None:
    """Fix at zero every pair of which a single use falls below the value reached: exact, by weak duality."""
    hopeless = (relaxed.value - relaxed.loss < value - MARGIN) & program.whole
    program.upper[hopeless] = 0.0
