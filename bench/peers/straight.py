"""The straight model for general solvers: every lawful pair a whole number, the seven levels in turn.

It is the model that Posada solves small programs with (groups that are alike to the last field counted
together, counsel who are alike in one pool), so the peers do not suffer from a clumsy formulation.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from peers.answer import Answer
from posada.placement.candidates import Candidates, build_candidates
from posada.placement.model import Model
from posada.placement.problem import Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Straight:
    """The model and the candidates that give its columns their names."""

    candidates: Candidates
    model: Model


@dataclass(slots=True)
class Progress:
    """The best columns (edges, then arcs) so far, the bounds proven so far, and the level at work."""

    columns: Ints
    bounds: dict[str, int] = field(default_factory=dict)
    level: str = ""
    remark: str = ""

    @staticmethod
    def of(model: Model) -> "Progress":
        """Nobody placed yet."""
        return Progress(np.zeros(model.n_edges + len(model.arc_desk), dtype=np.int64))


def straight_model(problem: Problem) -> Straight:
    """All pairs. Raises MemoryError where they do not fit."""
    candidates = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    item, home = candidates.all_pairs()
    return Straight(candidates, candidates.model(item, home, with_cost=True))


def named(problem: Problem, straight: Straight, progress: Progress) -> Answer:
    """Hand the columns' numbers out to groups and counsel."""
    model, candidates = straight.model, straight.candidates
    x, y = progress.columns[: model.n_edges], progress.columns[model.n_edges :]
    home_of = np.full(len(problem.groups), -1, dtype=np.int64)
    counsel_of = np.full(len(problem.groups), -1, dtype=np.int64)
    waiting = [list(item.members) for item in candidates.items]
    at_desk: dict[int, list[int]] = defaultdict(list)
    for edge in np.flatnonzero(x).tolist():
        for _ in range(int(x[edge])):
            group = waiting[int(model.edge_item[edge])].pop()
            home_of[group] = model.edge_bin[edge]
            at_desk[int(model.edge_desk[edge])].append(group)
    slots = [
        [m for m in pool.members for _ in range(problem.counsel[m].open_slots)]
        for pool in candidates.pools.pools
    ]
    for arc in np.flatnonzero(y).tolist():
        for _ in range(int(y[arc])):
            group = at_desk[int(model.arc_desk[arc])].pop()
            counsel_of[group] = slots[int(model.arc_pool[arc])].pop()
    return Answer(home_of, counsel_of, bounds=progress.bounds, remark=progress.remark)
