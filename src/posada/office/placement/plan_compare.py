"""Two plans side by side, line by line: the levels, and each group whose home or counsel differs.

Comes in: two plan runs. Goes out: differences of the levels, and rows found by the database, so that a nation fits.
Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_plan_compare.py.
"""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet

from posada.office.access.actor import Actor
from posada.office.placement.board import rows_for
from posada.office.placement.models import PlannedGroup, PlanRun
from posada.placement.compare import Change


@dataclass(frozen=True, slots=True)
class Changed:
    """A group in two plans. `home` and `counsel`: what differs, None where nothing does."""

    row: PlannedGroup
    home: Change | None
    counsel: Change | None


def changed_rows(actor: Actor, first: PlanRun, second: PlanRun) -> QuerySet[PlannedGroup]:
    """Rows of the second plan whose group was in the first with another home or counsel, in the order of ids.

    `before_home`, `before_counsel`: the ids that the first plan had.
    """
    rows = rows_for(actor, second).annotate(
        before=FilteredRelation("group__planned", condition=Q(group__planned__run=first)),
        before_home=F("before__home__home_id"),
        before_counsel=F("before__counsel__counsel_id"),
    )
    differs = _differs("home") | _differs("counsel")
    return (
        rows.filter(differs, before__isnull=False, group__voided_at__isnull=True)
        .select_related("group", "home", "counsel")
        .order_by("place")
    )


def _differs(field: str) -> Q:
    here, there = field, f"before__{field}"
    one_has_none = Q(**{f"{here}__isnull": True, f"{there}__isnull": False})
    other_has_none = Q(**{f"{here}__isnull": False, f"{there}__isnull": True})
    both = Q(**{f"{here}__isnull": False, f"{there}__isnull": False})
    return one_has_none | other_has_none | (both & ~Q(**{here: F(there)}))


def only_in(actor: Actor, one: PlanRun, *, other: PlanRun) -> QuerySet[PlannedGroup]:
    """Rows of one plan whose group the other is not about: it came since, or lives in a home by now."""
    there = PlannedGroup.objects.filter(run=other).values("group_id")
    rows = rows_for(actor, one).filter(group__voided_at__isnull=True).exclude(group_id__in=there)
    return rows.select_related("group", "home").order_by("place")


def in_words(row: PlannedGroup) -> Changed:
    """A row of `changed_rows` as what changed."""
    group, size = row.group.sibling_group_id, row.children_count
    before_home: str | None = row.before_home  # type: ignore[attr-defined]
    before_counsel: str | None = row.before_counsel  # type: ignore[attr-defined]
    home = Change(group, size, before_home, row.home.home_id if row.home else None)
    counsel = Change(group, size, before_counsel, row.counsel.counsel_id if row.counsel else None)
    return Changed(
        row,
        home if home.before != home.after else None,
        counsel if counsel.before != counsel.after else None,
    )
