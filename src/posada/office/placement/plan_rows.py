"""A plan as rows of the office's tables, so that pages read the database and never a folder.

Comes in: a plan with its program. Goes out: unsaved `PlannedGroup` rows in the order of the groups' ids, the
figures of the whole, and the levels as they are kept. Docs: docs/explanation/from-plan-to-placement.md.
Tests: tests/office/placement/test_plan_rows.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from posada.office.counsel.models import Counsel
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.models import PlannedGroup, PlanRun
from posada.records import GroupPlan, Plan, Program, UnplacedGroup

MOST_LANGUAGES = 200
"""Letters of the column; a group speaks seldom more than three languages of three letters."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids of the program → keys of the tables, and what the rows repeat so that they can be filtered by it."""

    groups: Mapping[str, UUID]
    homes: Mapping[str, UUID]
    counsel: Mapping[str, UUID]
    county: Mapping[str, str]  # home → county FIPS
    hearing: Mapping[str, date]  # group → its first hearing
    languages: Mapping[str, str]  # group → ";mam;spa;"
    pinned: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (group, home)


def keys_of(program: Program) -> Keys:
    """Look up every id once."""
    hearing: dict[str, date] = {}
    for row in program.hearings:
        first = hearing.get(row.sibling_group_id, row.hearing_date)
        hearing[row.sibling_group_id] = min(first, row.hearing_date)
    spoken: dict[str, dict[str, None]] = defaultdict(dict)
    for child in program.children:
        spoken[child.sibling_group_id].update(dict.fromkeys(child.languages))
    return Keys(
        groups=dict(SiblingGroup.objects.values_list("sibling_group_id", "pk")),
        homes=dict(Home.objects.values_list("home_id", "pk")),
        counsel=dict(Counsel.objects.values_list("counsel_id", "pk")),
        county={home.home_id: home.county_fips for home in program.homes},
        hearing=hearing,
        languages={
            group: f";{';'.join(codes)};"[:MOST_LANGUAGES] for group, codes in spoken.items() if codes
        },
        pinned=frozenset(
            (each.sibling_group_id, each.home_id)
            for each in program.overrides
            if each.action == "pin" and each.home_id
        ),
    )


def rows_of(plan: Plan, program: Program, *, run: PlanRun) -> list[PlannedGroup]:
    """One unsaved row a group of the plan."""
    keys = keys_of(program)
    left = {each.sibling_group_id: each for each in plan.unrepresented}
    found: list[tuple[str, PlannedGroup]] = []
    for each in plan.groups:
        row = _placed(each, keys)
        without = left.get(each.sibling_group_id)
        if without is not None:
            row.unrepresented_reason = without.reason_code
            row.reason, row.next_step = without.reason[:500], without.next_step[:500]
        found.append((each.sibling_group_id, row))
    found += [(each.sibling_group_id, _unplaced(each, keys)) for each in plan.unplaced]
    found.sort(key=lambda pair: pair[0])
    for place, (group, row) in enumerate(found):
        row.run, row.place = run, place
        row.hearing_date = keys.hearing.get(group)
        row.heard_by = row.hearing_date or date.max
        row.languages = keys.languages.get(group, "")
    return [row for _, row in found]


def _placed(each: GroupPlan, keys: Keys) -> PlannedGroup:
    return PlannedGroup(
        group_id=keys.groups[each.sibling_group_id],
        children_count=len(each.children),
        home_id=keys.homes[each.home_id],
        counsel_id=keys.counsel[each.counsel_id] if each.counsel_id else None,
        court_code=each.court_code or "",
        kin=each.kin,
        sharing_language=sum(each.children_sharing_language),
        interpreters_needed=sum(each.interpreter_needed),
        venue_change_needed=each.venue_change_needed,
        license_exception=each.license_exception,
        cost_cents_per_day=each.cost_cents_per_child_day * len(each.children),
        distance_tenths_km=sum(each.distance_tenths_km),
        pinned=(each.sibling_group_id, each.home_id) in keys.pinned,
        county_fips=keys.county[each.home_id],
    )


def _unplaced(each: UnplacedGroup, keys: Keys) -> PlannedGroup:
    return PlannedGroup(
        group_id=keys.groups[each.sibling_group_id],
        children_count=each.children,
        unplaced_reason=each.reason_code,
        reason=each.reason[:500],
        next_step=each.next_step[:500],
    )


def counts_of(plan: Plan) -> dict[str, Any]:
    """Figures of the whole plan: children and groups, in all, placed, waiting, and placed without counsel."""
    size = {each.sibling_group_id: len(each.children) for each in plan.groups}
    placed, waiting = sum(size.values()), sum(each.children for each in plan.unplaced)
    alone = [each.sibling_group_id for each in plan.unrepresented]
    return {
        "children": placed + waiting,
        "groups": len(plan.groups) + len(plan.unplaced),
        "placed": placed,
        "placed_groups": len(plan.groups),
        "waiting": waiting,
        "waiting_groups": len(plan.unplaced),
        "without_counsel": sum(size[group] for group in alone),
        "without_counsel_groups": len(alone),
        "cost_unknown_children": plan.cost_unknown_children,
        "time_limit_reached": plan.time_limit_reached,
    }


def levels_of(plan: Plan) -> list[dict[str, Any]]:
    """The levels as a plan run keeps them: cost in cents, distance in tenths of a kilometer."""
    return [
        {"name": each.name, "sense": each.sense, "value": each.value, "bound": each.bound}
        for each in plan.levels
    ]


def pins_of(plan: Plan) -> Iterator[dict[str, str]]:
    """The refused pins as a plan run keeps them."""
    for each in plan.refused_pins:
        yield {"group": each.group, "target": each.target, "rule": each.rule}
