"""Everything the page counts, from a plan and its program. Exact: nothing here may be shown as it is.

Comes in: a Plan and the Program it was made for. Goes out: `Counts`, children by what happened to them.
What of it may be shown is decided in disclosure.py. Nationality is never read.
"""

from collections import Counter
from dataclasses import dataclass

from posada.records import LevelResult, Plan, Program

NO_COURT = ""  # the key under which children whose court is not known are counted


@dataclass(frozen=True, slots=True)
class CourtCount:
    """Children whose case is at one court."""

    with_counsel: int
    without_counsel: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Children, unless a name says otherwise."""

    placed: int
    waiting: int  # without a home
    waiting_by_reason: dict[str, int]
    waiting_groups_by_reason: dict[str, int]
    without_counsel: int
    without_counsel_by_reason: dict[str, int]
    without_counsel_groups_by_reason: dict[str, int]
    by_county: dict[str, int]  # county FIPS code of the home
    by_court: dict[str, CourtCount]
    county_court: dict[str, str]
    paying: int  # placed children whose home costs something
    cost_unknown: int
    moving: int  # placed children with a distance above zero
    levels: dict[str, LevelResult]

    @property
    def all_children(self) -> int:
        """Children that the plan was for."""
        return self.placed + self.waiting


def count(plan: Plan, program: Program) -> Counts:
    """Count a plan. A county or a reason that has nobody is left out."""
    size = {group.sibling_group_id: len(group.children) for group in plan.groups}
    county_of = {home.home_id: home.county_fips for home in program.homes}
    waiting, waiting_groups = Counter[str](), Counter[str]()
    for group in plan.unplaced:
        waiting[group.reason_code] += group.children
        waiting_groups[group.reason_code] += 1
    alone, alone_groups = Counter[str](), Counter[str]()
    for missing in plan.unrepresented:
        alone[missing.reason_code] += size.get(missing.sibling_group_id, 0)
        alone_groups[missing.reason_code] += 1
    by_county = Counter[str]()
    for placed in plan.groups:
        by_county[county_of[placed.home_id]] += len(placed.children)
    by_court = _by_court(plan)
    county_court = {row.county_fips: row.court_code for row in program.court_counties}
    return Counts(
        placed=sum(size.values()),
        waiting=waiting.total(),
        waiting_by_reason=dict(waiting),
        waiting_groups_by_reason=dict(waiting_groups),
        without_counsel=sum(len(g.children) for g in plan.groups if g.counsel_id is None),
        without_counsel_by_reason=dict(alone),
        without_counsel_groups_by_reason=dict(alone_groups),
        by_county=dict(by_county),
        by_court=by_court,
        county_court=county_court,
        paying=sum(len(g.children) for g in plan.groups if g.cost_cents_per_child_day > 0),
        cost_unknown=plan.cost_unknown_children,
        moving=sum(1 for g in plan.groups for tenths in g.distance_tenths_km if tenths > 0),
        levels={level.name: level for level in plan.levels},
    )


def _by_court(plan: Plan) -> dict[str, CourtCount]:
    """Children with and without counsel at each court used for matching."""
    has, lacks = Counter[str](), Counter[str]()
    for group in plan.groups:
        side = lacks if group.counsel_id is None else has
        side[group.court_code or NO_COURT] += len(group.children)
    return {court: CourtCount(has[court], lacks[court]) for court in sorted({*has, *lacks})}
