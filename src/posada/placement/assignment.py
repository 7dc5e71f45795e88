"""Chooses the way to solve by the size of what is contested, and gives the answer names.

Small: every level to proven optimality (`exact`). Large: prices, bounds and repair (`surge`).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.counsel import CounselPools, DeskPlan, plan_desks
from posada.placement.deadline import Deadline
from posada.placement.exact import NoSolution, solve_exactly
from posada.placement.hand_out import counsel_of_groups, homes_of_groups
from posada.placement.kin_first import settle_kin
from posada.placement.lower_levels import lower_bounds
from posada.placement.matching import match_counsel
from posada.placement.pinned_first import homes_for_pinned
from posada.placement.pins import HeldPins
from posada.placement.problem import Problem
from posada.placement.surge import plan_surge

Ints = NDArray[np.int64]
EXACT_CHILDREN = 450
"""Up to so many children who could go to a home open to all, every level is solved to optimality."""


@dataclass(slots=True)
class Assignment:
    """Group index -> home index and counsel index, and the proven bound of each level by name."""

    home: dict[int, int]
    counsel: dict[int, int]
    bounds: dict[str, int]
    has_lawful_home: NDArray[np.bool_]
    in_home: dict[int, list[int]] = field(default_factory=dict)
    time_limit_reached: bool = False


def assign(
    problem: Problem,
    pins: HeldPins,
    *,
    deadline: Deadline,
    gap: float,
    tell: Callable[[str], None],
) -> Assignment:
    """Raises NoSolution where the pins can't all hold."""
    tell("finding every lawful home")
    candidates = build_candidates(
        problem, pinned_homes=pins.homes, pinned_counsel=pins.counsel, is_exact=True
    )
    if contested_children(candidates) <= EXACT_CHILDREN:
        return _assign_exactly(candidates, pins, tell=tell, deadline=deadline, gap=gap)
    return _assign_surge(problem, pins, tell=tell, deadline=deadline)


def can_hold(problem: Problem, pins: HeldPins) -> bool:
    """Whether a lawful plan holds all the pins, each of which is lawful by itself."""
    candidates = build_candidates(
        problem, pinned_homes=pins.homes, pinned_counsel=pins.counsel, is_exact=False
    )
    try:
        homes_for_pinned(candidates)
    except NoSolution:
        return False
    return True


def contested_children(candidates: Candidates) -> int:
    """Children of groups that may go to a home open to all: the rest is settled by kin."""
    asking = candidates.asks_openly()[candidates.item_kind]
    sizes = candidates.item_loads()[0] * candidates.item_count
    return int(sizes[asking].sum())


def _assign_surge(
    problem: Problem, pins: HeldPins, *, tell: Callable[[str], None], deadline: Deadline
) -> Assignment:
    surge = plan_surge(
        problem, pinned_homes=pins.homes, pinned_counsel=pins.counsel, tell=tell, deadline=deadline
    )
    is_cut = deadline.is_over
    found = named_assignment(
        surge.candidates,
        surge.item,
        surge.home,
        surge.x,
        bounds=dict(surge.bounds),
        pinned_counsel=pins.counsel,
    )
    tell("bounding cost and distance")
    placed = sum(problem.groups[g].size for g in found.home)
    found.bounds |= lower_bounds(
        surge.candidates, placed=placed, represented_most=surge.bounds["children_represented"]
    )
    found.time_limit_reached = is_cut
    return found


def _assign_exactly(
    candidates: Candidates,
    pins: HeldPins,
    *,
    tell: Callable[[str], None],
    deadline: Deadline,
    gap: float,
) -> Assignment:
    item, home = candidates.all_pairs()
    model, kept = settle_kin(candidates.model(item, home, with_cost=True))
    tell("solving the levels one after the other")
    solution = solve_exactly(model, deadline=deadline, gap=gap)
    names = [level.name for level in model.levels]
    found = named_assignment(
        candidates,
        item[kept],
        home[kept],
        solution.x,
        bounds=dict(zip(names, solution.bounds, strict=True)),
        pinned_counsel=pins.counsel,
    )
    found.time_limit_reached = solution.time_limit_reached
    return found


def named_assignment(
    candidates: Candidates,
    item: Ints,
    home: Ints,
    x: Ints,
    *,
    bounds: dict[str, int],
    pinned_counsel: dict[str, str],
) -> Assignment:
    """Give names to counts, and match counsel with every language told apart."""
    problem = candidates.problem
    placed = homes_of_groups(problem, candidates.items, item, home, x)
    pools = CounselPools.of(problem, pinned=pinned_counsel, by_language=True)
    desks = plan_desks(problem, candidates.items, pools=pools, pinned=pinned_counsel, by_language=True)
    used = np.flatnonzero(x)
    fine = Candidates.model(_with_desks(candidates, pools, desks), item[used], home[used], with_cost=False)
    y = match_counsel(fine, x[used], rank=desks.arc_rank)
    item_of = {member: k for k, entry in enumerate(candidates.items) for member in entry.members}
    groups = sorted(placed)
    numbers = desks.desk_of(
        np.array([item_of[g] for g in groups], dtype=np.int64),
        candidates.home_court[np.array([placed[g] for g in groups], dtype=np.int64)],
    )
    group_desk = {g: int(d) for g, d in zip(groups, numbers, strict=True) if d >= 0}
    in_home: dict[int, list[int]] = defaultdict(list)
    for group, where in placed.items():
        in_home[where].append(group)
    return Assignment(
        home=placed,
        counsel=counsel_of_groups(problem, desks, pools, group_desk, y),
        bounds=bounds,
        has_lawful_home=_has_lawful_home(candidates),
        in_home=dict(in_home),
    )


def _with_desks(candidates: Candidates, pools: CounselPools, desks: DeskPlan) -> Candidates:
    return replace(candidates, pools=pools, desks=desks)


def _has_lawful_home(candidates: Candidates) -> NDArray[np.bool_]:
    kind_has = candidates.asks_openly()
    kind_has[candidates.item_kind[candidates.listed_item]] = True
    found = np.zeros(len(candidates.problem.groups), dtype=np.bool_)
    for number, entry in enumerate(candidates.items):
        found[list(entry.members)] = kind_has[candidates.item_kind[number]]
    return found
