"""Wishes at approval: each one that the plan touches gets an answer from whoever approves. Never over safety.

Comes in: a plan, and who looks at it. Goes out: wishes without an answer, and answers in their history.
Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_plan_wishes.py.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change
from posada.office.casefile.models import Wish
from posada.office.placement.models import PlannedGroup, PlanRun


def wishes_of(run: PlanRun) -> QuerySet[Wish]:
    """Wishes of the groups that the plan is about, of their children, and of the homes that it uses."""
    rows = PlannedGroup.objects.filter(run=run)
    groups, homes = rows.values("group_id"), rows.filter(home__isnull=False).values("home_id")
    touched = Q(group_id__in=groups) | Q(child__group_id__in=groups) | Q(home_id__in=homes)
    return Wish.objects.filter(touched, voided_at__isnull=True)


def open_wishes(run: PlanRun) -> QuerySet[Wish]:
    """Those without an answer."""
    return wishes_of(run).filter(answer="")


def wishes_for(actor: Actor, run: PlanRun) -> QuerySet[Wish]:
    """The wishes without an answer that this person may read."""
    seen = Q(group__in=doors.groups(actor)) | Q(child__group__in=doors.groups(actor))
    seen |= Q(home__in=doors.homes(actor))
    return (
        open_wishes(run).filter(seen).select_related("group", "child__group", "home").order_by("entered_at")
    )


def answer_wishes(actor: Actor, run: PlanRun, answers: Mapping[UUID, str]) -> int:
    """Write the answers that were given, of wishes that the person may read. Returns how many."""
    given = {pk: text.strip()[:300] for pk, text in answers.items() if text.strip()}
    count = 0
    for wish in wishes_for(actor, run).filter(pk__in=given):
        changes = {"answer": given[wish.pk], "answered_by_id": actor.user_id, "answered_at": timezone.now()}
        save_change(wish, version=wish.version, changes=changes, actor=actor, act="wish.answer")
        count += 1
    return count
