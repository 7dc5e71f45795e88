"""Every rule that stands between one group and each home or counsel, told by its code.

Comes in: a `Problem`, a group. Goes out: rule codes, all of them and not only the first. Each is a rule of
`feasible`; the questions `explain` and `why_not` are answered from here.
Docs: docs/reference/rules.md. Tests: tests/placement/test_group_rules.py.
"""

from dataclasses import replace

import numpy as np

from posada.placement import feasible
from posada.placement.pins import HeldPins, is_idle
from posada.placement.problem import Group, HomeState, Problem
from posada.records import Counsel, RefusedPin

NO_ROOM = "no_room"
"""No home is left: what a plan says of a pin that only its search can refuse."""


def refusals_by_home(problem: Problem, group: Group) -> dict[str, tuple[str, ...]]:
    """Home id -> every code that refuses the group there; empty where the pair is lawful by itself."""
    needs = sorted(group.needs)
    columns = feasible.group_columns([group], needs=needs)
    rows = feasible.home_rows(problem.homes, problem=problem, needs=needs)
    is_refused = {}
    for code, rule in feasible.HOME_RULES.items():
        holds = np.broadcast_to(rule(columns, rows, problem), (1, len(problem.homes)))[0]
        if code in problem.policy.kin_home_exempt:
            holds = holds | rows.is_kin[0]
        is_refused[code] = (~holds).tolist()
    found = {}
    for index, state in enumerate(problem.homes):
        codes = tuple(code for code, refused in is_refused.items() if refused[index])
        if "household" in codes and feasible.joins_siblings_alone(problem, group, state):
            codes = tuple(code for code in codes if code != "household")
        found[state.home_id] = (*codes, *feasible.pair_refusals(problem, group, state))
    return found


def pins_that_hold(problem: Problem, *, refused: tuple[RefusedPin, ...]) -> HeldPins:
    """The pins that a plan holds: all but those that it refused."""
    passed = {(pin.group, pin.target) for pin in refused}
    held = HeldPins()
    for pin in problem.pins:
        pair = pin.sibling_group_id, pin.home_id or pin.counsel_id or ""
        if pair not in passed and not is_idle(problem, pin):
            held.hold(problem, pin)
        passed.add(pair)  # a pin that is written twice holds once
    return held


def home_refusals(problem: Problem, group: Group, state: HomeState, held: HeldPins) -> tuple[str, ...]:
    """Every code that refuses the group in the home; `pinned` where a pin of somebody stands in the way.

    Groups that are pinned to the home count as living there already.
    """
    codes = feasible.refusals(problem, group, state)
    company = [g for g in held.in_home.get(state.home_id, []) if g.group_id != group.group_id]
    crowded = feasible.refusals(problem, group, _with_company(state, company)) if company else ()
    more = [code for code in crowded if code not in codes]
    is_pinned_elsewhere = held.homes.get(group.group_id, state.home_id) != state.home_id
    return (*codes, *more, *(["pinned"] if more or is_pinned_elsewhere else []))


def _with_company(state: HomeState, company: list[Group]) -> HomeState:
    return replace(
        state,
        standing=state.standing + sum(g.size for g in company),
        standing_girls=state.standing_girls + sum(g.girls for g in company),
        standing_boys=state.standing_boys + sum(g.boys for g in company),
        standing_under_two=state.standing_under_two + sum(g.under_two for g in company),
        standing_groups=state.standing_groups | {g.group_id for g in company},
    )


def counsel_refusals(problem: Problem, group: Group, counsel: Counsel, held: HeldPins) -> tuple[str, ...]:
    """Every code that refuses the counsel to the group, wherever the group may lawfully live."""
    codes, group_id, counsel_id = [], group.group_id, counsel.counsel_id
    if counsel_id in problem.separated_counsel.get(group_id, ()):
        codes.append("conflict")
    if counsel_id in problem.forbidden.get(group_id, ()):
        codes.append("forbidden")
    if counsel.available_from and group.hearing_date and counsel.available_from > group.hearing_date:
        codes.append("available_too_late")
    taken = held.slots_used.get(counsel_id, 0)
    if taken >= counsel.open_slots:
        codes.append("caseload_full")
    courts = _court_refusals(problem, group, counsel, held)
    codes += [code for code in courts if code != NO_ROOM or not codes]
    is_pinned_elsewhere = held.counsel.get(group_id, counsel_id) != counsel_id
    if is_pinned_elsewhere or 0 < counsel.open_slots <= taken:
        codes.append("pinned")
    return tuple(codes)


def _court_refusals(problem: Problem, group: Group, counsel: Counsel, held: HeldPins) -> list[str]:
    """Whether the group can come to a court at which the counsel acts."""
    pinned_home = held.homes.get(group.group_id)
    lawful = [pinned_home] if pinned_home else _lawful_homes(problem, group)
    counties = (problem.homes[problem.home_index[home_id]].home.county_fips for home_id in lawful)
    courts = {group.hearing_court or problem.court_of_county.get(county) for county in counties}
    if not lawful:
        is_heard_elsewhere = group.hearing_court is not None and group.hearing_court not in counsel.courts
        return ["no_counsel_at_court"] * is_heard_elsewhere + ["no_lawful_home", NO_ROOM]
    if courts & set(counsel.courts):
        return []
    code = "no_court" if courts == {None} else "no_counsel_at_court"
    # Only a hearing or a pin settles the court before the homes are given out.
    return [code] if group.hearing_court or pinned_home else [code, NO_ROOM]


def _lawful_homes(problem: Problem, group: Group) -> list[str]:
    return [home_id for home_id, codes in refusals_by_home(problem, group).items() if not codes]
