"""Counsel for groups whose homes are settled: one flow, most children represented, then shared languages."""

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from peers.desks import OpenSlots
from posada.placement.problem import Problem

Ints = NDArray[np.int64]


def match(problem: Problem, home_of: Ints) -> Ints:
    """(n_groups,): the counsel of each placed group, -1 = none. Optimal for the given homes."""
    slots = OpenSlots(problem)
    groups, lawyers = len(problem.groups), len(problem.counsel)
    tail, head, worth = _arcs(problem, home_of, slots)
    matched = np.full(groups, -1, dtype=np.int64)
    if not len(tail):
        return matched
    scale = sum(g.size for g in problem.groups) + 1
    solver = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(tail), dtype=np.int64)
    sizes, shared = worth.T
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head + groups, ones, -(sizes * scale + shared))
    target = groups + lawyers
    open_slots = np.array(slots.slots, dtype=np.int64)
    none = np.zeros(lawyers, dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(lawyers) + groups, np.full(lawyers, target), open_slots, none
    )
    asking = np.unique(tail)
    each = np.ones(len(asking), dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(asking, np.full(len(asking), target), each, each * 0)
    solver.set_nodes_supplies(asking, each)
    solver.set_node_supply(target, -len(asking))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"min-cost flow of counsel ended with {status}")
    used = np.flatnonzero(solver.flows(arcs))
    matched[tail[used]] = head[used]
    return matched


def _arcs(problem: Problem, home_of: Ints, slots: OpenSlots) -> tuple[Ints, Ints, Ints]:
    """(group, counsel, (size, children sharing)) of everyone who may act for a placed group."""
    found = []
    for index in np.flatnonzero(home_of >= 0).tolist():
        group = problem.groups[index]
        for number, shared in slots.everyone(group, slots.court(group, int(home_of[index]))):
            found.append((index, number, group.size, shared))
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2:]
