"""Assignments under capacities, small or large: a good one, and how far the best can be.

Comes in: a `Model`. Goes out: its `Solution`, the bound proven apart from how the solution was found.

1. Models of another shape than `is_assignment` go the way of small plans (`exact`), to proven optimality.
2. The linear relaxation prices each bin's room. Lagrange's bound at these prices is the bound: it holds by
   weak duality whatever the solver's tolerances, and is rounded to a whole number.
3. The relaxation's vertex splits at most one item for each bin. Every item goes to its largest share, and
   chains of moves (`engine_chains`) make that lawful and better.
4. Pairs of which a single use costs more than what is left between value and bound are dropped: exact, by the
   same duality. Where few pairs remain, an integer program over this core closes or narrows the rest.

Limits are counted, not timed: the same model gives the same solution. Only a deadline is in seconds.
Tests: tests/placement/test_engine.py.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.engine_chains import Table, search_chains
from posada.placement.exact import NoSolution, solve_exactly
from posada.placement.model import NO_ROW, Model, Solution
from posada.placement.rows import level_gain, room_rows, whole_program
from posada.placement.solve import Program, SolverFailed, WholeResult, solve_relaxation, solve_whole

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SMALL = 1000
"""Pairs up to which the integer program is expected to end by itself, so that little is searched before."""
EFFORT_PER_PAIR = {True: 10_000, False: 100_000}
MOST_EFFORT = 500_000_000
"""Entries that the search looks at: for each pair, by whether the model is small; and at most."""
LARGEST_CORE = 2500
CHECKS = {True: 5000, False: 150}
"""Points of interruption after which the integer program stops: by whether the model is small."""
ROUNDING = 1e-6


class NoneFound(NoSolution):
    """No full assignment was found within the effort; there may be one."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """An assignment (None: none yet) as a bin for each item, and the least cost that is still possible."""

    chosen: Ints | None
    bound: int
    hit_deadline: bool


def solve_model(model: Model, *, deadline_seconds: float | None = None) -> Solution:
    """The best solution found for the model, with proven bounds.

    `deadline_seconds`, from the call on, bounds the search, but not the relaxation and not models that are no
    plain assignment. Raises NoSolution where what must be placed can't all be, NoneFound where no way was
    found.
    """
    if not is_assignment(model):
        return solve_exactly(model)
    deadline = None if deadline_seconds is None else time.perf_counter() + deadline_seconds
    program = whole_program(model, gain=model.levels[0].sign * level_gain(model, model.levels[0]))
    table, start = _relaxed(model, program)
    bound = int(np.ceil(table.bound() - ROUNDING))
    is_small = model.n_edges <= SMALL
    effort = min(MOST_EFFORT, EFFORT_PER_PAIR[is_small] * model.n_edges)
    found = search_chains(table, start, effort=effort, enough=bound + ROUNDING, deadline=deadline)
    reached = _finish(model, program, table, _Reached(found.chosen, bound, found.hit_deadline), deadline)
    if reached.chosen is None:
        limit = "in the time given" if reached.hit_deadline else "within the effort"
        raise NoneFound(f"no way was found {limit} to place all that must be placed; there may be one")
    x = (reached.chosen[model.edge_item] == model.edge_bin).astype(np.int64)
    sign = model.levels[0].sign
    return Solution(
        x=x,
        y=np.zeros(0, dtype=np.int64),
        values=(-sign * round(table.total(reached.chosen)),),
        bounds=(-sign * reached.bound,),
        time_limit_reached=reached.hit_deadline,
    )


def is_assignment(model: Model) -> bool:
    """Whether the model is single items into bins with one kind of room, for one level, without counsel."""
    return bool(
        model.n_edges
        and len(model.levels) == 1
        and model.levels[0].edge_gain is not None
        and len(model.capacity) == 1
        and (model.item_count == 1).all()
        and not len(model.arc_desk)
        and not len(model.desk_must)
        and not len(model.conflict_edges)
    )


def _relaxed(model: Model, program: Program) -> tuple[Table, Ints]:
    """The table with the relaxation's prices, and each item's bin of largest share, which may overfill.

    An item that need not be placed may go to one more bin, "nowhere", the last.
    """
    items, bins = len(model.item_count), model.capacity.shape[1]
    try:
        relaxed = solve_relaxation(program)
    except SolverFailed as failure:
        raise NoSolution("what must be placed can't all be placed together") from failure
    cost, load, share = (np.full((bins + 1, items), fill) for fill in (np.inf, 0.0, 0.0))
    cost[model.edge_bin, model.edge_item] = -program.gain
    cost[bins, ~model.item_must] = 0.0
    load[model.edge_bin, model.edge_item] = model.load[0]
    share[model.edge_bin, model.edge_item] = relaxed.x
    share[bins] = np.where(model.item_must, 0.0, 1.0 - share.sum(axis=0))
    fits = load <= np.append(model.capacity[0], NO_ROW)[:, None]
    cost[~fits] = np.inf
    room = np.append(model.capacity[0], NO_ROW).astype(np.float64)
    price = np.zeros(bins + 1)
    limited = room_rows(model)[4]
    price[limited] = np.maximum(relaxed.prices[items : items + len(limited)], 0.0)
    room[room >= NO_ROW] = np.inf
    start = np.where(np.isfinite(cost), share, -1.0).argmax(axis=0)
    return Table(cost=cost, load=load, room=room, price=price), start.astype(np.int64)


def _finish(
    model: Model, program: Program, table: Table, reached: _Reached, deadline: float | None
) -> _Reached:
    """Close what is left between cost and bound by an integer program, where the core is small enough.

    Raises NoSolution where it proves that there is none.
    """
    chosen = reached.chosen
    if reached.hit_deadline:
        return reached
    core = np.isfinite(table.cost[model.edge_bin, model.edge_item])
    start = None
    if chosen is not None:
        gap = table.total(chosen) - table.bound()
        if gap < 1.0 - ROUNDING:
            return reached
        core &= table.losses()[model.edge_bin, model.edge_item] < gap - 1.0 + ROUNDING * 10
        start = (chosen[model.edge_item] == model.edge_bin).astype(np.float64)
        core |= start > 0
        if core.sum() > LARGEST_CORE:
            return reached
    seconds = None if deadline is None else max(deadline - time.perf_counter(), 0.01)
    checks = CHECKS[model.n_edges <= SMALL]
    program.upper = np.where(core, program.upper, 0.0)
    result = solve_whole(program, gap=0.99, effort_limit=checks, start=start, seconds=seconds)
    if result.is_infeasible and chosen is None:
        raise NoSolution("what must be placed can't all be placed together")
    return _better(model, table, reached, result)


def _better(model: Model, table: Table, reached: _Reached, result: WholeResult) -> _Reached:
    """What is known after the integer program."""
    chosen = reached.chosen
    if result.x is not None:
        nowhere = len(table.room) - 1
        other = np.full(len(model.item_count), nowhere)
        used = result.x > 0.5
        other[model.edge_item[used]] = model.edge_bin[used]
        if chosen is None or table.total(other) < table.total(chosen):
            chosen = other
    bound = reached.bound
    if chosen is not None and np.isfinite(result.bound):
        # What was dropped can't be cheaper than what was found, so the core's bound is everybody's.
        least = min(int(np.ceil(-result.bound - ROUNDING)), round(table.total(chosen)))
        bound = max(bound, least)
    return _Reached(chosen, bound, reached.hit_deadline or result.hit_deadline)
