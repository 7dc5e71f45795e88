"""The rows of a plan, one group at a time: counsel, flags, costs and distances, and the sums of the levels.

Everything is worked out anew from the accepted rows and compared with what the plan says.
Tests: tests/placement/test_check.py.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from posada.placement.check_facts import Facts, Violation
from posada.records import GroupPlan, Plan
from posada.reference.counties import county_points

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the IUGG (Moritz 2000, Geodetic Reference System 1980)."""
LEVEL_SENSES = {
    "children_placed": "max",
    "children_with_kin": "max",
    "children_sharing_language": "max",
    "children_represented": "max",
    "counsel_sharing_language": "max",
    "cost_cents_per_day": "min",
    "distance_km": "min",
}
"""The published objective, in order."""


def counsel_violations(facts: Facts, rows: Sequence[GroupPlan]) -> Iterator[Violation]:
    """Counsel who may not act for a group, or have too many groups."""
    taken: Counter[str] = Counter()
    for row in rows:
        if row.counsel_id is None:
            continue
        if row.counsel_id not in facts.counsel:
            yield Violation("unknown", row.sibling_group_id, row.counsel_id, "No such counsel.")
            continue
        taken[row.counsel_id] += 1
        court = facts.court_for(row.sibling_group_id, row.home_id)
        for code, wrong in counsel_refusals(facts, row.sibling_group_id, row.counsel_id):
            yield Violation(code, row.sibling_group_id, row.counsel_id, wrong)
        if court is None:
            yield Violation("no_court", row.sibling_group_id, row.counsel_id, "No court is known.")
        elif court not in facts.counsel[row.counsel_id].courts:
            wrong = f"The counsel does not list court {court}."
            yield Violation("no_counsel_at_court", row.sibling_group_id, row.counsel_id, wrong)
    for counsel_id, groups in sorted(taken.items()):
        slots = facts.counsel[counsel_id].open_slots
        if groups > slots:
            wrong = f"{groups} groups, but {slots} open slots."
            yield Violation("caseload_full", "", counsel_id, wrong)


def counsel_refusals(facts: Facts, group: str, counsel_id: str) -> Iterator[tuple[str, str]]:
    """Why this counsel may not act for this group, whatever the court and the caseload."""
    if counsel_id in facts.conflicts.get(group, frozenset()):
        yield "conflict", "The counsel has a conflict of interest."
    if ("counsel", counsel_id) in facts.forbidden.get(group, frozenset()):
        yield "forbidden", "An override forbids this counsel to the group."
    available, hearing = facts.counsel[counsel_id].available_from, facts.hearing.get(group)
    if available is not None and hearing is not None and available > hearing.hearing_date:
        yield "available_too_late", f"Available from {available}, hearing on {hearing.hearing_date}."


def row_violations(facts: Facts, row: GroupPlan) -> Iterator[Violation]:
    """Flags, court, cost and distances of one row that are not what the accepted rows give."""
    home = facts.home[row.home_id]
    children = [facts.members[row.sibling_group_id][child_id] for child_id in row.children]
    counsel = facts.counsel.get(row.counsel_id or "")
    is_kin = home.kind == "kin"
    own_court = facts.county_court.get(home.county_fips)
    hearing = facts.hearing.get(row.sibling_group_id)
    must_move = hearing is not None and own_court is not None and own_court != hearing.court_code
    expected: list[tuple[str, object, object]] = [
        ("kin", row.kin, is_kin),
        (
            "shares_language",
            row.children_sharing_language,
            tuple(is_kin or _meet(child.languages, home.languages) for child in children),
        ),
        (
            "interpreter_needed",
            row.interpreter_needed,
            tuple(counsel is not None and not _meet(c.languages, counsel.languages) for c in children),
        ),
        ("court_code", row.court_code, facts.court_for(row.sibling_group_id, row.home_id)),
        ("venue_change_needed", row.venue_change_needed, must_move),
        ("cost", row.cost_cents_per_child_day, home.cost_cents_per_child_day or 0),
        (
            "distance",
            row.distance_tenths_km,
            tuple(_tenths(c.location_fips, home.county_fips) for c in children),
        ),
    ]
    for code, found, wanted in expected:
        if found != wanted:
            wrong = f"The plan says {found}; the rows give {wanted}."
            yield Violation(code, row.sibling_group_id, row.home_id, wrong)


def _meet(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(language in others for language in some)


@lru_cache(maxsize=1 << 16)
def _tenths(from_fips: str | None, to_fips: str) -> int:
    """Great-circle distance by the haversine formula, in tenths of a kilometre; 0 where not known."""
    points = county_points()
    if from_fips is None or from_fips not in points or to_fips not in points:
        return 0
    here, there = points[from_fips], points[to_fips]
    north = sin(radians(there[0] - here[0]) / 2)
    east = sin(radians(there[1] - here[1]) / 2)
    half_chord = north * north + cos(radians(here[0])) * cos(radians(there[0])) * east * east
    kilometres = 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))
    return round(round(kilometres, 1) * 10)


def level_violations(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Levels that are missing, out of order, wrongly summed, or better than their proven bound."""
    told = [(level.name, level.sense) for level in plan.levels]
    if told != list(LEVEL_SENSES.items()):
        yield Violation("levels", "", "", "The levels are not the published ones in their order.")
        return
    values = level_sums(facts, plan.groups)
    for level in plan.levels:
        if level.value != values[level.name]:
            wrong = f"{level.name} is {values[level.name]}, not {level.value}."
            yield Violation("levels", "", "", wrong)
        if level.value > level.bound if level.sense == "max" else level.value < level.bound:
            wrong = f"{level.name}: {level.value} is better than its bound {level.bound}."
            yield Violation("bound", "", "", wrong)
    unknown = sum(
        len(row.children)
        for row in plan.groups
        if row.home_id in facts.home and facts.home[row.home_id].cost_cents_per_child_day is None
    )
    if unknown != plan.cost_unknown_children:
        wrong = f"{unknown} children live at an unknown cost, not {plan.cost_unknown_children}."
        yield Violation("cost_unknown_children", "", "", wrong)


def level_sums(facts: Facts, rows: Sequence[GroupPlan]) -> dict[str, int]:
    """Level name -> its value, worked out from who is where; rows that name unknown ids are passed over."""
    sums = dict.fromkeys(LEVEL_SENSES, 0)
    for row in rows:
        home, counsel = facts.home.get(row.home_id), facts.counsel.get(row.counsel_id or "")
        known = facts.members.get(row.sibling_group_id, {})
        if home is None:
            continue
        is_kin = home.kind == "kin"
        for child in (known[child_id] for child_id in row.children if child_id in known):
            sums["children_placed"] += 1
            sums["children_with_kin"] += is_kin
            sums["children_sharing_language"] += is_kin or _meet(child.languages, home.languages)
            sums["children_represented"] += counsel is not None
            if counsel is not None:
                sums["counsel_sharing_language"] += _meet(child.languages, counsel.languages)
            sums["cost_cents_per_day"] += home.cost_cents_per_child_day or 0
            sums["distance_km"] += _tenths(child.location_fips, home.county_fips)
    return sums
