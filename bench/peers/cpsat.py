"""CP-SAT (OR-Tools) on the straight model, level by level, each with the last plan as a hint."""

import math
import time

import numpy as np
from ortools.sat.python import cp_model

from peers.straight import Progress, Straight
from peers.straight_rows import Rows, gain_of, straight_rows

WORKERS = 2


def solve(straight: Straight, *, progress: Progress, deadline: float) -> None:
    """As far as it gets until `deadline` (of time.monotonic), written into `progress`."""
    rows = straight_rows(straight.model)
    cp = cp_model.CpModel()
    columns = [cp.new_int_var(0, most, "") for most in rows.most.tolist()]
    _add_rows(cp, rows, columns)
    for level in straight.model.levels:
        progress.level = level.name
        gain = gain_of(straight.model, level)
        if not gain.any():
            progress.bounds[level.name] = 0
            continue
        used = np.flatnonzero(gain).tolist()
        goal = cp_model.LinearExpr.weighted_sum([columns[k] for k in used], gain[used].tolist())
        cp.maximize(goal)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for column, value in zip(columns, progress.columns.tolist(), strict=True):
            cp.add_hint(column, value)
        bound, is_done = _solve(cp, columns, progress, deadline=deadline)
        value = int(gain @ progress.columns)
        if bound is not None:
            progress.bounds[level.name] = level.sign * max(value, bound)
        if not is_done:
            progress.remark = f"stopped at the time limit in {level.name}"
            return
        cp.add(goal >= value)


def _solve(
    cp: cp_model.CpModel, columns: list[cp_model.IntVar], progress: Progress, *, deadline: float
) -> tuple[int | None, bool]:
    """(bound, whether it was proven) of one level; a plan that is found is written into `progress`."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        return None, False
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(cp)
    if status == cp_model.UNKNOWN:
        return None, False
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise RuntimeError(f"CP-SAT ended with {solver.status_name(status)}")
    progress.columns = np.array([solver.value(column) for column in columns], dtype=np.int64)
    return math.floor(solver.best_objective_bound + 1e-6), status == cp_model.OPTIMAL


def _add_rows(cp: cp_model.CpModel, rows: Rows, columns: list[cp_model.IntVar]) -> None:
    starts, cols, values = rows.row_wise()
    for row, most in enumerate(rows.upper.tolist()):
        here = slice(int(starts[row]), int(starts[row + 1]))
        if here.start < here.stop:
            terms = [columns[k] for k in cols[here].tolist()]
            cp.add(cp_model.LinearExpr.weighted_sum(terms, values[here].tolist()) <= most)
