"""A rightly told `Plan` for any choice of homes and counsel, lawful or not; by the oracles' rules.

    plan = plan_of(program, policy=MARYLAND, homes={"g01": "h02"}, counsel={"g01": "k01"})

What the choice leaves out is listed as unplaced or unrepresented. Bounds equal values: nothing is proven.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from posada.records import (
    GroupPlan,
    LevelResult,
    Plan,
    Program,
    RefusedPin,
    UnplacedGroup,
    UnrepresentedGroup,
)
from posada.rulebook.policy import Policy
from tests.placement.oracle import LEVELS, Pair
from tests.placement.oracle_rules import World, tenths_between


def plan_of(
    program: Program,
    *,
    policy: Policy,
    homes: Mapping[str, str],
    counsel: Mapping[str, str],
    refused: Iterable[Pair] = (),
) -> Plan:
    """The plan that sends these groups (group -> home) and matches these counsel (group -> counsel)."""
    world = World.of(program, policy=policy)
    rows = tuple(_row(world, group, homes, counsel.get(group)) for group in sorted(homes))
    unplaced = [
        UnplacedGroup(group, world.size(group), _why_unplaced(world, group), "synthetic", "synthetic")
        for group in sorted(set(world.waiting) - set(homes))
    ]
    standing = {c.child_id for children in world.living.values() for c in children}
    for group, reason in program.held_groups.items():
        waiting = [c for c in world.family.get(group, ()) if c.child_id not in standing]
        unplaced.append(UnplacedGroup(group, len(waiting), reason, "synthetic", "synthetic"))
    without = [
        UnrepresentedGroup(
            row.sibling_group_id, row.court_code, _why_alone(world, row), "synthetic", "synthetic"
        )
        for row in rows
        if row.counsel_id is None
    ]
    pins = tuple(
        RefusedPin(g, target, refusal_code(world, g, target, refused)) for g, target in sorted(refused)
    )
    unknown = sum(len(r.children) for r in rows if world.homes[r.home_id].cost_cents_per_child_day is None)
    return with_levels(
        Plan(
            groups=rows,
            unplaced=tuple(sorted(unplaced, key=lambda u: u.sibling_group_id)),
            unrepresented=tuple(without),
            levels=(),
            refused_pins=pins,
            cost_unknown_children=unknown,
        )
    )


def with_levels(plan: Plan) -> Plan:
    """The same plan with its levels summed from its own rows, flags taken at their word."""
    sums = [0] * len(LEVELS)
    for row in plan.groups:
        n = len(row.children)
        has_counsel = row.counsel_id is not None
        gains = (
            n,
            n * row.kin,
            sum(row.children_sharing_language),
            n * has_counsel,
            (n - sum(row.interpreter_needed)) * has_counsel,
            n * row.cost_cents_per_child_day,
            sum(row.distance_tenths_km),
        )
        sums = [a + b for a, b in zip(sums, gains, strict=True)]
    senses = ("max",) * 5 + ("min",) * 2
    levels = zip(LEVELS, senses, sums, strict=True)
    return replace(plan, levels=tuple(LevelResult(name, sense, v, v) for name, sense, v in levels))


def _row(world: World, group: str, homes: Mapping[str, str], counsel_id: str | None) -> GroupPlan:
    home = world.homes[homes[group]]
    children = sorted(world.waiting[group], key=lambda c: c.child_id)
    company = [g for g, h in homes.items() if h == home.home_id]
    court = world.court(group, home.home_id)
    own_court = next(
        (c.court_code for c in world.program.court_counties if c.county_fips == home.county_fips), None
    )
    has_hearing = any(h.sibling_group_id == group for h in world.program.hearings)
    spoken = world.counsel[counsel_id].languages if counsel_id else ()
    return GroupPlan(
        sibling_group_id=group,
        children=tuple(c.child_id for c in children),
        home_id=home.home_id,
        counsel_id=counsel_id,
        court_code=court,
        kin=home.kind == "kin",
        children_sharing_language=tuple(
            home.kind == "kin" or bool({*c.languages} & {*home.languages}) for c in children
        ),
        interpreter_needed=tuple(counsel_id is not None and not {*c.languages} & {*spoken} for c in children),
        venue_change_needed=has_hearing and own_court is not None and own_court != court,
        license_exception=world.is_over_ordinary_number(home.home_id, company),
        cost_cents_per_child_day=home.cost_cents_per_child_day or 0,
        distance_tenths_km=tuple(tenths_between(c.location_fips, home.county_fips) for c in children),
    )


def _why_unplaced(world: World, group: str) -> str:
    if world.standing_homes(group):
        return "sibling_already_placed"
    return "no_room" if world.lawful_homes(group) else "no_lawful_home"


def _why_alone(world: World, row: GroupPlan) -> str:
    if row.court_code is None:
        return "no_court"
    at_court = [c for c in world.program.counsel if row.court_code in c.courts]
    return "caseload_full" if at_court else "no_counsel_at_court"


def refusal_code(world: World, group: str, target: str, refused: Iterable[Pair]) -> str:
    """The rule under which the oracle's refusal of a pin is told."""
    if group in world.program.held_groups:
        return world.program.held_groups[group]
    if group not in world.waiting:
        return "sibling_already_placed"
    is_home = target in world.homes
    mine = [
        o.home_id if is_home else o.counsel_id
        for o in world.program.overrides
        if o.action == "pin" and o.sibling_group_id == group
    ]
    others = {t for t in mine if t is not None and t != target and (group, t) not in set(refused)}
    if is_home:
        company = [
            o.sibling_group_id
            for o in world.program.overrides
            if o.action == "pin"
            and o.home_id == target
            and o.sibling_group_id < group
            and o.sibling_group_id in world.waiting
            and (o.sibling_group_id, target) not in set(refused)
        ]
        codes = world.broken_alone(group, target) or world.broken_together(target, [*company, group])
    else:
        codes = _counsel_codes(world, group, target, refused)
    if others and min(others) < target:
        return codes[0] if codes else "pinned"
    return codes[0] if codes else "no_room"


def _counsel_codes(world: World, group: str, counsel_id: str, refused: Iterable[Pair]) -> list[str]:
    codes = []
    rows = world.program.separations
    if any(s.sibling_group_id == group and s.counsel_id == counsel_id for s in rows):
        codes.append("conflict")
    named = [o for o in world.program.overrides if o.counsel_id == counsel_id]
    if any(o.action == "forbid" and o.sibling_group_id == group for o in named):
        codes.append("forbidden")
    dates = [h.hearing_date for h in world.program.hearings if h.sibling_group_id == group]
    available = world.counsel[counsel_id].available_from
    if dates and available is not None and available > min(dates):
        codes.append("available_too_late")
    earlier = {
        o.sibling_group_id
        for o in named
        if o.action == "pin"
        and o.sibling_group_id < group
        and (o.sibling_group_id, counsel_id) not in set(refused)
    }
    if len(earlier) + 1 > world.slots[counsel_id]:
        codes.append("caseload_full")
    return codes
