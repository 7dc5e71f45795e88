"""Min-cost flow that looks at single children and beds only, then repair until every rule holds.

The flow (OR-Tools, cost scaling) ignores that siblings stay together, girls' and boys' beds, infants and
separations. It is exact on levels 1 to 3 of that easier problem, so its level 1 is a proven upper bound.
Repair: groups, the largest first, go whole to the home to which most of their flow went and where there is
room, else to the best lawful home left. Counsel are then matched with the placed groups by a second flow.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from peers.answer import Answer
from peers.counsel_flow import match
from peers.desks import OpenSlots
from peers.greedy import place_best
from peers.lawful import LawfulHomes, Rooms
from posada.placement.problem import Problem

Ints = NDArray[np.int64]


def solve(problem: Problem) -> Answer:
    """The repaired plan, with the flow's value as the bound of level 1."""
    lawful, rooms = LawfulHomes(problem), Rooms(problem)
    group, home, starts = _pairs(problem, lawful)
    flow = _children_flow(problem, lawful, rooms, group, home)
    idle = OpenSlots(problem)
    idle.slots = [0] * len(idle.slots)
    nobody = np.full(len(problem.groups), -1, dtype=np.int64)
    left = []
    for index in sorted(range(len(problem.groups)), key=lambda i: (-problem.groups[i].size, i)):
        here = slice(starts[index], starts[index + 1])
        wanted = home[here][np.argsort(-flow[here], kind="stable")[: int((flow[here] > 0).sum())]]
        room = wanted[rooms.fits(index, wanted)]
        if len(room):
            rooms.move_in(index, int(room[0]))
        else:
            left.append(index)
    for index in left:
        place_best(index, lawful=lawful, rooms=rooms, slots=idle, counsel_of=nobody)
    return Answer(
        home_of=rooms.home_of,
        counsel_of=match(problem, rooms.home_of),
        bounds={"children_placed": int(flow.sum())},
    )


def _pairs(problem: Problem, lawful: LawfulHomes) -> tuple[Ints, Ints, Ints]:
    """(group, home) of every lawful pair, and where each group's pairs start (n_groups + 1)."""
    found = [lawful.of(index) for index in range(len(problem.groups))]
    starts = np.concatenate([[0], np.cumsum([len(homes) for homes in found])]).astype(np.int64)
    group = np.repeat(np.arange(len(found), dtype=np.int64), np.diff(starts))
    return group, np.concatenate(found) if found else np.zeros(0, dtype=np.int64), starts


def _children_flow(problem: Problem, lawful: LawfulHomes, rooms: Rooms, group: Ints, home: Ints) -> Ints:
    """(n_pairs,): children who flow from the group to the home."""
    groups, homes = len(problem.groups), len(problem.homes)
    size = np.array([g.size for g in problem.groups], dtype=np.int64)
    children = int(size.sum())
    starts = np.searchsorted(group, np.arange(groups + 1))
    shared = np.zeros(len(group), dtype=np.int64)
    for index, (first, last) in enumerate(pairwise(starts.tolist())):
        shared[first:last] = lawful.shares(index, home[first:last]) if last > first else 0
    # One child: placed outweighs every kin, kin outweighs every language; both in thousandths of a group.
    scale = 60 * children + 1
    worth = scale * scale + scale * 60 * lawful.is_kin[home] + 60 * shared // size[group]
    room = _room(problem, rooms, group, home, size)
    solver = min_cost_flow.SimpleMinCostFlow()
    pairs = solver.add_arcs_with_capacity_and_unit_cost(group, home + groups, size[group], -worth)
    target = groups + homes
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(homes) + groups, np.full(homes, target), room, np.zeros(homes, dtype=np.int64)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(groups), np.full(groups, target), size, np.zeros(groups, dtype=np.int64)
    )
    solver.set_nodes_supplies(np.arange(groups), size)
    solver.set_node_supply(target, -children)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended with {status}")
    return np.asarray(solver.flows(pairs), dtype=np.int64)


def _room(problem: Problem, rooms: Rooms, group: Ints, home: Ints, size: Ints) -> Ints:
    """(n_homes,): places, by the ordinary household number or the largest group that may go beyond it."""
    ordinary = np.where(
        rooms.has_household_rule,
        np.minimum(rooms.places, problem.policy.household_max - rooms.living),
        rooms.places,
    )
    largest = np.zeros(len(problem.homes), dtype=np.int64)
    np.maximum.at(largest, home, size[group])
    return np.asarray(np.maximum(np.maximum(ordinary, largest), 0))
