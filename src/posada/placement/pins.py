"""Pins: which of them a lawful plan can hold, and which rule refuses each of the others.

Pins are taken in the order of their group, homes before counsel; a later pin that cannot stand together
with the earlier ones is refused. A refused pin leaves its group to be planned freely.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from posada.placement.counsel import Pool, may_act
from posada.placement.feasible import refusals
from posada.placement.problem import Group, HomeState, Problem
from posada.records import Override, RefusedPin


@dataclass(slots=True)
class HeldPins:
    """Pins that hold so far: group -> home, group -> counsel; and those refused."""

    homes: dict[str, str] = field(default_factory=dict)
    counsel: dict[str, str] = field(default_factory=dict)
    refused: list[RefusedPin] = field(default_factory=list)
    in_home: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))
    slots_used: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def hold(self, problem: Problem, pin: Override) -> None:
        """Add a pin that is known to be lawful."""
        group_id = pin.sibling_group_id
        if pin.home_id:
            self.homes[group_id] = pin.home_id
            self.in_home[pin.home_id].append(problem.groups[problem.group_index[group_id]])
        elif pin.counsel_id:
            self.counsel[group_id] = pin.counsel_id
            self.slots_used[pin.counsel_id] += 1

    def copy(self) -> "HeldPins":
        """The same pins, to try one more."""
        return HeldPins(
            dict(self.homes),
            dict(self.counsel),
            list(self.refused),
            defaultdict(list, {home: list(groups) for home, groups in self.in_home.items()}),
            defaultdict(int, self.slots_used),
        )

    def refuse(self, pin: Override, rule: str) -> None:
        """Note a refused pin."""
        self.refused.append(RefusedPin(pin.sibling_group_id, pin.home_id or pin.counsel_id or "", rule))


def is_idle(problem: Problem, pin: Override) -> bool:
    """Whether the pin asks for what already stands: all of the group lives in the pinned home."""
    group_id = pin.sibling_group_id
    return (
        pin.home_id is not None
        and group_id not in problem.group_index
        and group_id not in problem.held_groups
        and problem.homes_of_standing_group.get(group_id) == frozenset({pin.home_id})
    )


def refusing_rule(problem: Problem, pin: Override, held: HeldPins) -> str | None:
    """The first rule that refuses the pin, given the pins that hold; None if none does by itself.

    Whether all pins can be kept together with a home for everyone they need is the solver's to say.
    """
    group_id = pin.sibling_group_id
    if group_id in problem.held_groups:
        return problem.held_groups[group_id]
    if group_id not in problem.group_index:
        return "sibling_already_placed"
    group = problem.groups[problem.group_index[group_id]]
    if pin.home_id:
        return _home_refusal(problem, group, problem.homes[problem.home_index[pin.home_id]], held)
    return _counsel_refusal(problem, group, pin.counsel_id or "", held)


def _home_refusal(problem: Problem, group: Group, state: HomeState, held: HeldPins) -> str | None:
    alone = refusals(problem, group, state)
    if alone:
        return alone[0]
    if held.homes.get(group.group_id, state.home_id) != state.home_id:
        return "pinned"
    others = [g for g in held.in_home.get(state.home_id, []) if g.group_id != group.group_id]
    if not others:
        return None
    apart = problem.separated_groups.get(group.group_id, frozenset())
    if any(other.group_id in apart for other in others):
        return "separation"
    return _crowding(problem, [*others, group], state)


def _crowding(problem: Problem, groups: list[Group], state: HomeState) -> str | None:
    """The rule that two or more groups together break in a home where each alone is lawful."""
    home, policy = state.home, problem.policy
    size = sum(g.size for g in groups)
    if state.standing + size > home.licensed_capacity:
        return "capacity"
    if home.kind in policy.household_kinds:
        if state.standing + state.own + size > policy.household_max:
            return "household"
        infants = state.standing_under_two + state.own_under_two + sum(g.under_two for g in groups)
        if policy.under_two_max is not None and infants > policy.under_two_max:
            return "under_two"
    girls = state.standing_girls + sum(g.girls for g in groups)
    boys = state.standing_boys + sum(g.boys for g in groups)
    beds = home.beds_girls + home.beds_boys + home.beds_any
    fits = (
        girls <= home.beds_girls + home.beds_any
        and boys <= home.beds_boys + home.beds_any
        and state.standing + size <= beds
    )
    return None if fits else "beds"


def _counsel_refusal(problem: Problem, group: Group, counsel_id: str, held: HeldPins) -> str | None:
    counsel = problem.counsel[problem.counsel_index[counsel_id]]
    if held.counsel.get(group.group_id, counsel_id) != counsel_id:
        return "pinned"
    if counsel_id in problem.forbidden.get(group.group_id, ()):
        return "forbidden"
    if counsel_id in problem.separated_counsel.get(group.group_id, ()):
        return "conflict"
    if counsel.available_from and group.hearing_date and counsel.available_from > group.hearing_date:
        return "available_too_late"
    if held.slots_used.get(counsel_id, 0) >= counsel.open_slots:
        return "caseload_full"
    court = group.hearing_court
    if court is None and group.group_id in held.homes:
        county = problem.homes[problem.home_index[held.homes[group.group_id]]].home.county_fips
        court = problem.court_of_county.get(county)
        if court is None:
            return "no_court"
    pool = Pool((problem.counsel_index[counsel_id],), frozenset(counsel.courts), frozenset(), None)
    if court is not None and not may_act(problem, group, pool, court):
        return "no_counsel_at_court"
    return None


def pinned_targets(held: HeldPins) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Copies of the pins that hold: group -> home, group -> counsel."""
    return dict(held.homes), dict(held.counsel)
