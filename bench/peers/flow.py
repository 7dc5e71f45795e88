"""Min-cost flow that looks at single children and beds only, then repair until every rule holds.

The flow (OR-Tools, cost scaling) ignores that siblings stay together, girls' and boys' beds, infants and
separations. It is exact on levels 1 to 3 of that easier problem, so its values are proven upper bounds: of
level 1 always, of the next one where the repaired plan reaches the value above.
Groups with the same lawful homes and languages are one node. Repair: groups, the largest first, go whole to
the home to which most of their kind's flow goes and where there is room, else to the best lawful home left.
Counsel are then matched with the placed groups by a second flow.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Kinds:
    """Groups of a kind, and every (kind, home) that is lawful; a kind's pairs start at `starts`."""

    members: tuple[tuple[int, ...], ...]
    kind: Ints  # (n_pairs,)
    home: Ints  # (n_pairs,)
    starts: Ints  # (n_kinds + 1,)

    @staticmethod
    def of(lawful: LawfulHomes) -> "Kinds":
        """The kinds of all groups."""
        alike: dict[Hashable, list[int]] = defaultdict(list)
        for index in range(len(lawful.problem.groups)):
            alike[lawful.kind(index)].append(index)
        members = tuple(tuple(found) for found in alike.values())
        homes = [lawful.of(found[0]) for found in members]
        counts = np.array([len(found) for found in homes], dtype=np.int64)
        return Kinds(
            members=members,
            kind=np.repeat(np.arange(len(members), dtype=np.int64), counts),
            home=np.concatenate(homes),
            starts=np.concatenate([[0], np.cumsum(counts)]),
        )

    def pairs(self, kind: int) -> slice:
        """Where the kind's pairs are."""
        return slice(int(self.starts[kind]), int(self.starts[kind + 1]))


def solve(problem: Problem) -> Answer:
    """The repaired plan, with the flow's values as bounds (see the module)."""
    lawful, rooms = LawfulHomes(problem), Rooms(problem)
    kinds = Kinds.of(lawful)
    kin, sixtieths = lawful.is_kin[kinds.home].astype(np.int64), _shared_sixtieths(lawful, kinds)
    flow = _children_flow(rooms, kinds, kin=kin, sixtieths=sixtieths)
    most = (int(flow.sum()), int(flow @ kin), int(flow @ sixtieths) // 60)
    _follow(rooms, kinds, flow)
    idle = OpenSlots(problem)
    idle.slots = [0] * len(idle.slots)
    nobody = np.full(len(problem.groups), -1, dtype=np.int64)
    for index in _largest_first(problem):
        if rooms.home_of[index] < 0:
            place_best(index, lawful=lawful, rooms=rooms, slots=idle, counsel_of=nobody)
    return Answer(
        home_of=rooms.home_of,
        counsel_of=match(problem, rooms.home_of),
        bounds=_bounds(lawful, rooms, most),
    )


def _bounds(lawful: LawfulHomes, rooms: Rooms, most: tuple[int, int, int]) -> dict[str, int]:
    """The flow's values, as far as the plan reaches each of those above."""
    placed = np.flatnonzero(rooms.home_of >= 0)
    size = np.array([group.size for group in lawful.problem.groups], dtype=np.int64)[placed]
    reached = (int(size.sum()), int(size[lawful.is_kin[rooms.home_of[placed]]].sum()))
    bounds = {"children_placed": most[0]}
    if reached[0] == most[0]:
        bounds["children_with_kin"] = most[1]
        if reached[1] == most[1]:
            bounds["children_sharing_language"] = most[2]
    return bounds


def _largest_first(problem: Problem) -> list[int]:
    return sorted(range(len(problem.groups)), key=lambda index: (-problem.groups[index].size, index))


def _follow(rooms: Rooms, kinds: Kinds, flow: Ints) -> None:
    """Move groups in where their kind's flow goes; `flow` is used up."""
    problem = rooms.problem
    kind_of = {index: number for number, members in enumerate(kinds.members) for index in members}
    for index in _largest_first(problem):
        here = kinds.pairs(kind_of[index])
        left = flow[here]
        wanted = np.argsort(-left, kind="stable")[: int((left > 0).sum())]
        homes = kinds.home[here][wanted]
        fits = np.flatnonzero(rooms.fits(index, homes))
        if len(fits):
            rooms.move_in(index, int(homes[fits[0]]))
            left[wanted[fits[0]]] -= min(problem.groups[index].size, int(left[wanted[fits[0]]]))


def _children_flow(rooms: Rooms, kinds: Kinds, *, kin: Ints, sixtieths: Ints) -> Ints:
    """(n_pairs,): children who flow from the kind to the home.

    A child placed outweighs all kin, kin outweighs all languages.
    """
    problem, count, homes = rooms.problem, len(kinds.members), len(rooms.problem.homes)
    size = np.array([problem.groups[found[0]].size for found in kinds.members], dtype=np.int64)
    children = size * np.array([len(found) for found in kinds.members], dtype=np.int64)
    room = _room(problem, rooms, kinds, size)
    scale = 60 * int(children.sum()) + 1
    solver = min_cost_flow.SimpleMinCostFlow()
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        kinds.kind,
        kinds.home + count,
        np.minimum(children[kinds.kind], room[kinds.home]),
        -(scale * scale + scale * kin + sixtieths),
    )
    target = count + homes
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(homes) + count, np.full(homes, target), room, np.zeros(homes, dtype=np.int64)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(count), np.full(count, target), children, np.zeros(count, dtype=np.int64)
    )
    solver.set_nodes_supplies(np.arange(count), children)
    solver.set_node_supply(target, -int(children.sum()))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended with {status}")
    return np.array(solver.flows(pairs), dtype=np.int64)


def _shared_sixtieths(lawful: LawfulHomes, kinds: Kinds) -> Ints:
    """(n_pairs,): the group's children who share a language, per child, in sixtieths rounded up."""
    found = np.zeros(len(kinds.home), dtype=np.int64)
    for number, members in enumerate(kinds.members):
        here = kinds.pairs(number)
        shared = lawful.shares(members[0], kinds.home[here])
        found[here] = -(-60 * shared // lawful.problem.groups[members[0]].size)
    return found


def _room(problem: Problem, rooms: Rooms, kinds: Kinds, size: Ints) -> Ints:
    """(n_homes,): places, by the ordinary household number or the largest group that may go beyond it."""
    ordinary = np.where(
        rooms.has_household_rule,
        np.minimum(rooms.places, problem.policy.household_max - rooms.living),
        rooms.places,
    )
    largest = np.zeros(len(problem.homes), dtype=np.int64)
    np.maximum.at(largest, kinds.home, size[kinds.kind])
    return np.asarray(np.maximum(np.maximum(ordinary, largest), 0), dtype=np.int64)
