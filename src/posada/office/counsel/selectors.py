"""What the counsel desk reads: who has no counsel and why, who acts for whom, and who could take a group.

Comes in: the acting person, whose doors bound every row. Goes out: queries and frozen rows for pages.
Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_selectors.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.counsel.models import Counsel, Engagement
from posada.office.counsel.rechecks import standing_engagements
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.intake.models import Child, Hearing, SiblingGroup
from posada.office.placement.models import PlannedGroup, PlanRun

_HEARINGS_OF_A_GROUP = 8  # looked at for the nearest; a group has seldom more than two to come
REPRESENTS = (Engagement.Scope.FULL, Engagement.Scope.LIMITED)
REASONS = {
    "no_court": _("No court is known. Enter the hearing, or the court of the home’s county."),
    "no_counsel_at_court": _("Nobody in the program acts at this court. Look for counsel there."),
    "no_counsel_free": _(
        "Everybody at this court has as many groups as they offered. Ask for one more slot."
    ),
    "not_asked": _("Somebody at this court has an open slot. Run the conflict check."),
}


@dataclass(frozen=True, slots=True)
class Alone:
    """A group that nobody represents. `reason`: words; `has_free_counsel`: somebody could be asked today."""

    group: SiblingGroup
    children: tuple[Child, ...]
    hearing: date | None
    court: str
    reason: Any

    @property
    def days_left(self) -> int | None:
        """Days to the hearing; None where none is known."""
        return None if self.hearing is None else (self.hearing - today()).days


@dataclass(frozen=True, slots=True)
class Candidate:
    """A counsel who could take a group. `shares`: languages in common with the children."""

    counsel: Counsel
    shares: tuple[str, ...]
    acts_there: bool
    cover_ok: bool


def unrepresented(actor: Actor, *, court: str = "") -> QuerySet[SiblingGroup]:
    """Groups of children whom nobody represents, nearest hearing first; advice at a clinic is no representation."""
    nearest = _to_come().filter(group=OuterRef("pk")).order_by("hearing_date", "court_code")
    rows = _lonely(actor).annotate(
        hearing=Subquery(nearest.values("hearing_date")[:1]), court=Subquery(nearest.values("court_code")[:1])
    )
    if court:
        rows = rows.filter(court=court)
    return rows.order_by(F("hearing").asc(nulls_last=True), "sibling_group_id")


def nearest_alone(actor: Actor, *, most: int) -> list[Alone]:
    """The first of `unrepresented`, found by the hearings, so that not every group has to be put in order."""
    soonest = _to_come().filter(doors.in_groups(actor), ~Exists(_acting("group")))
    keys = soonest.order_by("hearing_date", "group__sibling_group_id").values_list("group", flat=True)
    rows = unrepresented(actor)
    found = list(rows.filter(pk__in=list(keys[: _HEARINGS_OF_A_GROUP * most]))[:most])
    return alone(found if len(found) == most else rows[:most])


def _lonely(actor: Actor) -> QuerySet[SiblingGroup]:
    has_children = Child.objects.filter(
        group=OuterRef("pk"), voided_at__isnull=True, merged_into__isnull=True
    )
    return doors.groups(actor).filter(~Exists(_acting("pk")), Exists(has_children))


def _acting(outer: str) -> QuerySet[Engagement]:
    rows = standing_engagements().filter(group=OuterRef(outer), scope__in=REPRESENTS)
    return rows.filter(from_date__lte=today())


def _to_come() -> QuerySet[Hearing]:
    return Hearing.objects.filter(hearing_date__gte=today(), voided_at__isnull=True)


def alone(groups: Iterable[Any]) -> list[Alone]:
    """The rows of one page of `unrepresented`, in four queries."""
    shown = list(groups)
    children: dict[Any, list[Child]] = {}
    here = Child.objects.filter(group__in=shown, voided_at__isnull=True, merged_into__isnull=True)
    for child in here.order_by("birth_date", "child_id"):
        children.setdefault(child.group_id, []).append(child)
    planned = _planned_reasons(shown)
    free, acts = _courts()
    return [
        Alone(
            group=each,
            children=tuple(children.get(each.pk, ())),
            hearing=each.hearing,
            court=each.court or "",
            reason=_reason(each.court or planned.get(each.pk, ""), free=free, acts=acts),
        )
        for each in shown
    ]


def _planned_reasons(groups: Sequence[SiblingGroup]) -> dict[Any, str]:
    """The court that the last plan found for a group whose hearing names none."""
    states = (PlanRun.State.READY, PlanRun.State.APPROVED)
    run = PlanRun.objects.filter(state__in=states, voided_at__isnull=True).order_by("-number").first()
    if run is None:
        return {}
    rows = PlannedGroup.objects.filter(run=run, group__in=groups)
    return dict(rows.values_list("group_id", "court_code"))


def _courts() -> tuple[set[str], set[str]]:
    """Courts where somebody has an open slot, and courts where anybody acts."""
    free: set[str] = set()
    acts: set[str] = set()
    rows = Counsel.objects.filter(voided_at__isnull=True, is_active=True)
    for courts, slots in rows.values_list("courts", "open_slots"):
        acts.update(courts)
        if slots:
            free.update(courts)
    return free, acts


def _reason(court: str, *, free: set[str], acts: set[str]) -> Any:
    if not court:
        return REASONS["no_court"]
    if court in free:
        return REASONS["not_asked"]
    return REASONS["no_counsel_free" if court in acts else "no_counsel_at_court"]


def candidates(actor: Actor, group: SiblingGroup, *, court: str) -> list[Candidate]:
    """Active counsel for a group: those at its court with an open slot first, then by shared languages."""
    spoken = {code for each in group.children.filter(voided_at__isnull=True) for code in each.languages}
    rows = doors.counsel(actor).filter(is_active=True).order_by("counsel_id")
    found = [
        Candidate(
            counsel=each,
            shares=tuple(code for code in each.languages if code in spoken),
            acts_there=not court or court in each.courts,
            cover_ok=each.malpractice_until is None or each.malpractice_until >= today(),
        )
        for each in rows
    ]
    found.sort(key=lambda each: (not each.acts_there, each.counsel.open_slots == 0, -len(each.shares)))
    return found


def counsel_list(
    actor: Actor, *, court: str = "", free: bool = False, off: bool = False
) -> tuple[list[UUID], list[str]]:
    """Who of the desk is meant, by court, open slots or activity, in the order of ids; and the courts they act at."""
    rows = doors.counsel(actor).filter(is_active=not off)
    if free:
        rows = rows.filter(open_slots__gt=0)
    told = rows.order_by("counsel_id").values_list("pk", "courts")
    found = [(pk, courts) for pk, courts in told if not court or court in courts]
    return [pk for pk, _ in found], sorted({code for _, courts in found for code in courts})


def with_groups(keys: Sequence[UUID]) -> list[tuple[Counsel, int]]:
    """Counsel of one page, each with the number of groups they act for. The keys come from `counsel_list`."""
    held = standing_engagements().filter(counsel__in=keys).values("counsel").annotate(count=Count("pk"))
    counts: dict[Any, int] = dict(held.order_by().values_list("counsel", "count"))
    rows = Counsel.objects.in_bulk(keys)
    return [(rows[pk], counts.get(pk, 0)) for pk in keys]


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk at a glance. `hits`: engagements with a new conflict; `overdue_scopes`: services past their day."""

    alone: int
    soon: int  # of them, with a hearing within 30 days
    engagements: int
    open_slots: int
    hits: int
    overdue_scopes: int
    cover_ends: int  # active counsel whose malpractice cover ends within 30 days, or has


def overview(actor: Actor, *, soon: date) -> Overview:
    """Counts for the coordinator; each opens the rows behind it."""
    counsel = doors.counsel(actor).filter(is_active=True)
    lonely = _lonely(actor)
    heard_soon = _to_come().filter(hearing_date__lte=soon).values("group")
    standing = standing_engagements().filter(doors.in_groups(actor))
    hits = Task.objects.filter(
        doors.in_groups(actor), kind="conflict_hit", done_at__isnull=True, voided_at__isnull=True
    )
    return Overview(
        alone=lonely.count(),
        soon=lonely.filter(pk__in=heard_soon).count(),
        engagements=standing.count(),
        open_slots=counsel.aggregate(all=Sum("open_slots"))["all"] or 0,
        hits=hits.values("counsel", "group").distinct().count(),
        overdue_scopes=standing.filter(expected_until__lt=today()).count(),
        cover_ends=counsel.filter(malpractice_until__lte=soon).count(),
    )


def own_groups(actor: Actor) -> QuerySet[Engagement]:
    """The engagements of an attorney that stand, nearest hearing first; those of whom one covers are in the doors."""
    nearest = Hearing.objects.filter(
        group=OuterRef("group"), hearing_date__gte=today(), voided_at__isnull=True
    ).order_by("hearing_date")
    rows = standing_engagements().filter(doors.in_groups(actor), from_date__lte=today())
    return (
        rows.annotate(hearing=Subquery(nearest.values("hearing_date")[:1]))
        .select_related("group", "counsel")
        .prefetch_related("group__children")
        .order_by(F("hearing").asc(nulls_last=True), "group__sibling_group_id")
    )
