"""The one module that names a solver: linear and integer programs through HiGHS.

Deterministic by construction: one thread, fixed seed, limits in nodes and iterations. Only a deadline set
by the user is in seconds, and a result that it cut short says so. Every status is checked.
HiGHS: Q. Huangfu and J. A. J. Hall, Mathematical Programming Computation 10 (2018); MIT licence.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from posada.placement.deadline import OutOfTime

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class SolverFailed(RuntimeError):  # noqa: N818
    """The solver gave no usable answer; the message names its status."""


@dataclass(slots=True)
class Program:
    """Maximise gain @ x over rows_lower <= A x <= rows_upper, 0 <= x <= upper; A as COO triplets.

    `whole` marks whole-number columns. Rows are added in blocks; see `add_rows`.
    """

    gain: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    lower: Floats | None = None
    _rows: list[Ints] = field(default_factory=list)
    _cols: list[Ints] = field(default_factory=list)
    _values: list[Floats] = field(default_factory=list)
    _row_lower: list[Floats] = field(default_factory=list)
    _row_upper: list[Floats] = field(default_factory=list)
    n_rows: int = 0

    def add_rows(self, *, row: Ints, col: Ints, value: Floats, lower: Floats, upper: Floats) -> int:
        """Add len(lower) rows; `row` counts from 0 within the block. Returns the first row's number."""
        first = self.n_rows
        self._rows.append(row + first)
        self._cols.append(col)
        self._values.append(value)
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self.n_rows += len(lower)
        return first

    def matrix(self) -> tuple[Ints, Ints, Floats, Floats, Floats]:
        """Row-wise (starts, columns, values) and the row bounds; entries sorted, duplicates kept apart."""
        rows = np.concatenate(self._rows) if self._rows else np.zeros(0, dtype=np.int64)
        cols = np.concatenate(self._cols) if self._cols else np.zeros(0, dtype=np.int64)
        values = np.concatenate(self._values) if self._values else np.zeros(0)
        order = np.lexsort((cols, rows))
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=self.n_rows))])
        return (
            starts.astype(np.int64),
            cols[order],
            values[order],
            np.concatenate(self._row_lower) if self._row_lower else np.zeros(0),
            np.concatenate(self._row_upper) if self._row_upper else np.zeros(0),
        )


@dataclass(frozen=True, slots=True)
class LinearResult:
    """An optimum of the relaxation: x (n_cols,), one price a row (>= 0 for <= rows), objective.

    `loss` (n_cols,): how much the objective falls for each unit of a column that is at zero.
    """

    x: Floats
    prices: Floats
    value: float
    loss: Floats


@dataclass(frozen=True, slots=True)
class WholeResult:
    """The best whole solution found (None: none), a proven upper bound, and what ended the search."""

    x: Floats | None
    bound: float
    is_optimal: bool
    is_infeasible: bool
    hit_deadline: bool


def _start(program: Program, *, whole: bool) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("parallel", "off"),
    ):
        solver.setOptionValue(option, value)
    starts, cols, values, lower, upper = program.matrix()
    if not whole:
        filled = np.diff(starts) > 0
        starts = np.concatenate([starts[:-1][filled], starts[-1:]])
        lower, upper = lower[filled], upper[filled]
    model = highspy.HighsLp()
    model.num_col_ = len(program.gain)
    model.num_row_ = len(lower)
    # Minimised with the sign turned: maximised, HiGHS 1.15 gives prices of either sign by method.
    model.sense_ = highspy.ObjSense.kMinimize
    model.col_cost_ = -program.gain
    model.col_lower_ = np.zeros(len(program.gain)) if program.lower is None else program.lower
    model.col_upper_ = program.upper
    model.row_lower_ = lower
    model.row_upper_ = upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = cols
    model.a_matrix_.value_ = values
    if whole and program.whole.any():
        kinds = np.array([highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger], dtype=object)
        model.integrality_ = list(kinds[program.whole.astype(int)])
    if solver.passModel(model) == highspy.HighsStatus.kError:
        raise SolverFailed("the solver refused the model")
    return solver


def solve_relaxation(
    program: Program, *, method: str = "choose", crossover: bool = True, seconds: float | None = None
) -> LinearResult:
    """The linear relaxation's optimum; `method` is `choose`, `simplex`, `ipm` or `pdlp`.

    Raises SolverFailed where there is none, OutOfTime where it takes more than `seconds`.
    """
    n = len(program.gain)
    used = _used_rows(program)
    if n == 0:
        return LinearResult(np.zeros(0), np.zeros(program.n_rows), 0.0, np.zeros(0))
    solver = _start(program, whole=False)
    solver.setOptionValue("solver", method)
    solver.setOptionValue("run_crossover", "on" if crossover else "off")
    if not crossover:
        # Undoing presolve spoils the prices of an interior point (HiGHS 1.15): they no longer prove it.
        solver.setOptionValue("presolve", "off")
    if seconds is not None:
        solver.setOptionValue("time_limit", seconds)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise OutOfTime("the time limit is reached")
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnknown):
        raise SolverFailed(f"relaxation: {solver.modelStatusToString(status)}")
    solution = solver.getSolution()
    prices = np.zeros(program.n_rows)
    prices[used] = -np.array(solution.row_dual)
    return LinearResult(
        x=np.array(solution.col_value),
        prices=prices,
        value=-solver.getObjectiveValue(),
        loss=np.array(solution.col_dual),
    )


def _used_rows(program: Program) -> Ints:
    """The rows with an entry. Raises SolverFailed where an empty row can't hold."""
    starts, _, _, lower, upper = program.matrix()
    filled = np.diff(starts) > 0
    if (~filled & ((lower > 0) | (upper < 0))).any():
        raise SolverFailed("relaxation: Infeasible")
    return np.flatnonzero(filled)


def solve_whole(
    program: Program,
    *,
    gap: float = 0.0,
    node_limit: int | None = None,
    effort_limit: int | None = None,
    start: Floats | None = None,
    seconds: float | None = None,
    options: dict[str, Any] | None = None,
) -> WholeResult:
    """Whole-number optimum, to within `gap` in absolute terms, or the best found at a limit.

    `effort_limit` counts the points at which the search may be interrupted, so that it also bounds the root.
    """
    if len(program.gain) == 0:
        return _nothing_to_choose(program)
    solver = _start(program, whole=True)
    settings: dict[str, Any] = {"mip_rel_gap": 0.0, "mip_abs_gap": gap, "mip_feasibility_tolerance": 1e-7}
    settings |= options or {}
    if node_limit is not None:
        settings["mip_max_nodes"] = node_limit
    if seconds is not None:
        settings["time_limit"] = max(seconds, 0.01)
    for option, value in settings.items():
        solver.setOptionValue(option, value)
    if effort_limit is not None:
        stop_after(solver, checks=effort_limit)
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = start.tolist()
        solver.setSolution(guess)
    solver.run()
    return _whole_result(solver)


def _nothing_to_choose(program: Program) -> WholeResult:
    """A program without columns: the empty solution, or none."""
    try:
        _used_rows(program)
    except SolverFailed:
        return WholeResult(None, -math.inf, is_optimal=False, is_infeasible=True, hit_deadline=False)
    return WholeResult(np.zeros(0), 0.0, is_optimal=True, is_infeasible=False, hit_deadline=False)


def stop_after(solver: highspy.Highs, *, checks: int) -> None:
    """Ask the solver to stop at its `checks`-th point of interruption: the same on any machine."""
    seen = 0

    def watch(event: Any) -> None:
        nonlocal seen
        seen += 1
        if seen > checks:
            event.interrupt()

    interrupt: Callable[..., Any] = solver.cbMipInterrupt.subscribe
    interrupt(watch)


def _whole_result(solver: highspy.Highs) -> WholeResult:
    status = solver.getModelStatus()
    states = highspy.HighsModelStatus
    if status in (states.kInfeasible, states.kUnboundedOrInfeasible):
        return WholeResult(x=None, bound=-math.inf, is_optimal=False, is_infeasible=True, hit_deadline=False)
    known = {
        states.kOptimal,
        states.kTimeLimit,
        states.kSolutionLimit,
        states.kInterrupt,
        states.kIterationLimit,
    }
    if status not in known:
        raise SolverFailed(f"integer program: {solver.modelStatusToString(status)}")
    info = solver.getInfo()
    has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return WholeResult(
        x=np.array(solver.getSolution().col_value) if has_solution else None,
        bound=-info.mip_dual_bound,
        is_optimal=status == states.kOptimal,
        is_infeasible=False,
        hit_deadline=status == states.kTimeLimit,
    )
