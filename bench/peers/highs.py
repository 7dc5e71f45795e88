"""HiGHS on the straight model, level by level: maximise a level, hold its value, go on to the next."""

import math
import time
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from peers.straight import Progress, Straight
from peers.straight_rows import Rows, gain_of, straight_rows

Ints = NDArray[np.int64]
THREADS = 2


def solve(straight: Straight, *, progress: Progress, deadline: float, threads: int = THREADS) -> None:
    """As far as it gets until `deadline` (of time.monotonic), written into `progress`.

    HiGHS keeps the number of threads that a process asked for first.
    """
    rows = straight_rows(straight.model)
    for level in straight.model.levels:
        progress.level = level.name
        gain = gain_of(straight.model, level)
        if not gain.any():
            progress.bounds[level.name] = 0
            continue
        found, bound, is_done = _solve(rows, gain, start=progress.columns, deadline=deadline, threads=threads)
        if found is not None:
            progress.columns = found
        value = int(gain @ progress.columns)
        if bound is not None:
            progress.bounds[level.name] = level.sign * max(value, bound)
        if not is_done:
            progress.remark = f"stopped at the time limit in {level.name}"
            return
        rows = rows.with_row(gain, at_least=value)


def _solve(
    rows: Rows, gain: Ints, *, start: Ints, deadline: float, threads: int
) -> tuple[Ints | None, int | None, bool]:
    """(columns, bound, whether it was proven) of one level."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": threads,
        "random_seed": 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
    }
    for option, value in options.items():
        solver.setOptionValue(option, value)
    _pass(solver, rows, gain)
    if start.any():
        guess = highspy.HighsSolution()
        guess.col_value = start.astype(np.float64).tolist()
        solver.setSolution(guess)
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        return None, None, False
    solver.setOptionValue("time_limit", seconds)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit):
        raise RuntimeError(f"HiGHS ended with {solver.modelStatusToString(status)}")
    columns = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        columns = np.round(np.array(solver.getSolution().col_value)).astype(np.int64)
    bound = math.floor(-info.mip_dual_bound + 1e-6) if math.isfinite(info.mip_dual_bound) else None
    return columns, bound, status == highspy.HighsModelStatus.kOptimal


def _pass(solver: highspy.Highs, rows: Rows, gain: Ints) -> None:
    """The model, minimised with the sign turned."""
    starts, cols, values = rows.row_wise()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(gain), len(rows.upper)
    lp.col_cost_ = -gain.astype(np.float64)
    lp.col_lower_ = np.zeros(len(gain))
    lp.col_upper_ = rows.most.astype(np.float64)
    lp.row_lower_ = np.full(len(rows.upper), -np.inf)
    lp.row_upper_ = rows.upper.astype(np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = starts, cols
    lp.a_matrix_.value_ = values.astype(np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(gain)
    if solver.passModel(lp) == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused the model")
