"""From an evening's program to a plan: the one entrance to this room.

Comes in: an accepted `Program` and the policy of its plan date. Goes out: a `Plan` with every group either
in a home or listed with its reason, and every level with its value and proven bound.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from posada.placement import reasons
from posada.placement.assignment import Assignment, assign, can_hold
from posada.placement.deadline import Deadline
from posada.placement.distance import distance_tenths_km
from posada.placement.exact import NoSolution
from posada.placement.pins import HeldPins, is_idle, refusing_rule
from posada.placement.problem import Problem, build_problem
from posada.records import Child, GroupPlan, LevelResult, Plan, Program, UnplacedGroup
from posada.rulebook.policy import Policy

Ints = NDArray[np.int64]
LEVEL_SENSE = {
    "children_placed": "max",
    "children_with_kin": "max",
    "children_sharing_language": "max",
    "children_represented": "max",
    "counsel_sharing_language": "max",
    "cost_cents_per_day": "min",
    "distance_km": "min",
}


def make_plan(
    program: Program,
    *,
    policy: Policy,
    deadline_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[str], None] | None = None,
) -> Plan:
    """The best plan on the published levels, in their order.

    `deadline_seconds` returns the best plan found so far and says so in the plan; without it the result is
    the same on every machine. `gap` is the share of a level's value that may be left unproven (0 = none).
    `progress` is told in a few words what is being done.
    """
    tell = progress or (lambda _: None)
    tell("counting who waits and what room there is")
    problem = build_problem(program, policy=policy)
    pins, solved = _hold_pins(problem, deadline=Deadline.after(deadline_seconds), gap=gap, tell=tell)
    tell("writing down who goes where, and why not")
    groups = tuple(
        _group_plan(problem, index, solved)
        for index in sorted(solved.home, key=lambda i: problem.groups[i].group_id)
    )
    unmatched = [
        reasons.unrepresented(problem, problem.groups[problem.group_index[g.sibling_group_id]], g.court_code)
        for g in groups
        if g.counsel_id is None
    ]
    values = level_values_of(problem, groups)
    levels = tuple(
        LevelResult(
            name=name,
            sense=sense,
            value=values[name],
            bound=_bound(sense, values[name], solved.bounds.get(name)),
        )
        for name, sense in LEVEL_SENSE.items()
    )
    unknown = {s.home_id for s in problem.homes if s.home.cost_cents_per_child_day is None}
    return Plan(
        groups=groups,
        unplaced=tuple(sorted(_unplaced(problem, solved), key=lambda u: u.sibling_group_id)),
        unrepresented=tuple(unmatched),
        levels=levels,
        refused_pins=tuple(sorted(pins.refused, key=lambda p: (p.group, p.target))),
        cost_unknown_children=sum(len(g.children) for g in groups if g.home_id in unknown),
        time_limit_reached=solved.time_limit_reached,
    )


def _bound(sense: str, value: int, bound: int | None) -> int:
    """A bound is never reported as worse than a plan that was found."""
    if bound is None:
        return value
    return max(value, bound) if sense == "max" else min(value, bound)


def _hold_pins(
    problem: Problem, *, deadline: Deadline, gap: float, tell: Callable[[str], None]
) -> tuple[HeldPins, Assignment]:
    """Solve with every pin that no rule refuses; where these can't all hold, find out which can."""
    pins = [p for p in problem.pins if not is_idle(problem, p)]
    held = HeldPins()
    for pin in pins:
        rule = refusing_rule(problem, pin, held)
        if rule:
            held.refuse(pin, rule)
        else:
            held.hold(problem, pin)
    try:
        return held, assign(problem, held, deadline=deadline, gap=gap, tell=tell)
    except NoSolution:
        tell("some pins can't hold together; trying them one by one")
    held = HeldPins()
    for pin in pins:
        rule = refusing_rule(problem, pin, held)
        if rule is None:
            trial = held.copy()
            trial.hold(problem, pin)
            if can_hold(problem, trial):
                held = trial
                continue
            rule = "no_room"
        held.refuse(pin, rule)
    return held, assign(problem, held, deadline=deadline, gap=gap, tell=tell)


def _group_plan(problem: Problem, index: int, solved: Assignment) -> GroupPlan:
    group, state = problem.groups[index], problem.homes[solved.home[index]]
    counsel = problem.counsel[solved.counsel[index]] if index in solved.counsel else None
    home = state.home
    home_court = problem.court_of_county.get(home.county_fips)
    applies = home.kind in problem.policy.household_kinds
    there = (
        state.standing
        + state.own
        + sum(problem.groups[other].size for other in solved.in_home[solved.home[index]])
    )
    return GroupPlan(
        sibling_group_id=group.group_id,
        children=tuple(c.child_id for c in group.children),
        home_id=home.home_id,
        counsel_id=counsel.counsel_id if counsel else None,
        court_code=group.hearing_court or home_court,
        kin=home.kind == "kin",
        children_sharing_language=tuple(
            home.kind == "kin" or _shares(c, home.languages) for c in group.children
        ),
        interpreter_needed=tuple(
            counsel is not None and not _shares(c, counsel.languages) for c in group.children
        ),
        venue_change_needed=bool(group.hearing_court and home_court and group.hearing_court != home_court),
        license_exception=applies and there > problem.policy.household_max,
        cost_cents_per_child_day=home.cost_cents_per_child_day or 0,
        distance_tenths_km=tuple(
            distance_tenths_km(c.location_fips, home.county_fips) for c in group.children
        ),
    )


def _shares(child: Child, languages: tuple[str, ...]) -> bool:
    return bool(set(child.languages) & set(languages))


def level_values_of(problem: Problem, groups: tuple[GroupPlan, ...]) -> dict[str, int]:
    """The value of each level, recounted from the plan's own rows."""
    return {
        "children_placed": sum(len(g.children) for g in groups),
        "children_with_kin": sum(len(g.children) for g in groups if g.kin),
        "children_sharing_language": sum(sum(g.children_sharing_language) for g in groups),
        "children_represented": sum(len(g.children) for g in groups if g.counsel_id),
        "counsel_sharing_language": sum(
            len(g.children) - sum(g.interpreter_needed) for g in groups if g.counsel_id
        ),
        "cost_cents_per_day": sum(g.cost_cents_per_child_day * len(g.children) for g in groups),
        "distance_km": sum(sum(g.distance_tenths_km) for g in groups),
    }


def _unplaced(problem: Problem, solved: Assignment) -> list[UnplacedGroup]:
    found = [
        reasons.held_group(group_id, code, problem.held_sizes.get(group_id, 0))
        for group_id, code in problem.held_groups.items()
    ]
    hopeless = []
    for index, group in enumerate(problem.groups):
        if index in solved.home:
            continue
        if group.standing_homes:
            found.append(reasons.siblings_elsewhere(group))
        elif solved.has_lawful_home[index]:
            found.append(reasons.no_room(group))
        else:
            hopeless.append(group)
    return found + reasons.no_lawful_home(problem, hopeless)
