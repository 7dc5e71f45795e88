"""The program in figures, for its director: totals only, small ones hidden, and with them what would tell them.

Comes in: the day. Goes out: figures with their definitions. Nothing here names or opens a record.
Source: docs/decisions/0003-small-cells-are-hidden.md. Docs: docs/explanation/tasks-and-digests.md.
Tests: tests/office/desk/test_director.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.models import Assignment, RoleGrant
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.desk.confirmations import Share, share_of_counsel, share_of_homes
from posada.office.desk.models import Task
from posada.office.intake.models import Child
from posada.office.licensing.models import Enquiry
from posada.office.placement.endings import gone_children
from posada.office.placement.models import CheckIn, Placement
from posada.office.placement.offer_checks import standing_placements
from posada.office.placement.placed_selectors import Rate, check_in_rate, endings_counted
from posada.page.disclosure import Tie, hidden_figures


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure and what it counts. `count` None: fewer than 11, or it would tell one that is."""

    words: Any
    count: int | None
    meaning: Any = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """How long enquiries wait for a first answer. Days; None where there is none to count."""

    median_days: float | None
    oldest_days: int | None


@dataclass(frozen=True, slots=True)
class Program:
    """All figures of the page."""

    children: list[Shown]
    endings: list[Shown]
    check_ins: Rate
    homes: Share
    counsel: Share
    answering: Answering
    tasks: list[tuple[Any, int, int, bool]]  # role, open, overdue, whether anybody works on the queue


def program_figures() -> Program:
    """The figures as they stand now."""
    return Program(
        children=_children(),
        endings=_endings(),
        check_ins=check_in_rate(CheckIn.objects.filter(voided_at__isnull=True)),
        homes=share_of_homes(),
        counsel=share_of_counsel(),
        answering=answering(),
        tasks=_tasks(),
    )


def answering() -> Answering:
    """Time to first answer of the enquiries of the last 90 days, and how long the oldest has waited for one."""
    now = timezone.now()
    answered = Enquiry.objects.filter(
        voided_at__isnull=True, first_answer_at__isnull=False, received_at__gte=now - timedelta(days=90)
    ).values_list("received_at", "first_answer_at")
    waits = [(first - received).total_seconds() / 86_400 for received, first in answered if first]
    waiting = (
        Enquiry.objects.filter(voided_at__isnull=True, first_answer_at__isnull=True)
        .exclude(stage__in=(Enquiry.Stage.CLOSED, Enquiry.Stage.OPEN))
        .order_by("received_at")
        .values_list("received_at", flat=True)
        .first()
    )
    return Answering(
        median_days=round(median(waits), 1) if waits else None,
        oldest_days=max(0, (now - waiting).days) if waiting else None,
    )


def unattended(roles: Iterable[str] | None = None) -> set[str]:
    """Roles in whose queue nobody works now: no active person has the role (and, where it must, is assigned)."""
    now = timezone.now()
    standing = Q(until_at__isnull=True) | Q(until_at__gt=now)
    held = set(
        RoleGrant.objects.filter(standing, from_at__lte=now, user__is_active=True).values_list(
            "role", flat=True
        )
    )
    assigned = set(
        Assignment.objects.filter(standing, from_at__lte=now, user__is_active=True).values_list(
            "role", flat=True
        )
    )
    need_none = {Role.ADMINISTRATOR, Role.AUDITOR, Role.PROGRAM_DIRECTOR, Role.NEWSROOM_EDITOR, Role.ATTORNEY}
    return {
        each
        for each in (roles or Role.values)
        if not (each in held and (each in need_none or each in assigned))
    }


def _children() -> list[Shown]:
    rows = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True)
    rows = rows.exclude(pk__in=gone_children(today()))
    every = rows.count()
    living = rows.filter(pk__in=standing_placements().values("child_id")).count()
    figures = {"all": every, "living": living, "waiting": every - living}
    hidden = hidden_figures(figures, ties=[Tie("all", ("living", "waiting"))], keep={"waiting": 2, "all": 1})
    words = {
        "all": (_("children in the program"), _("Not voided, not merged, and not gone for good.")),
        "living": (_("live in a home"), _("With a placement that stands today; its last day counts.")),
        "waiting": (_("wait for a home"), _("The others.")),
    }
    return [
        Shown(words[name][0], None if name in hidden else figures[name], words[name][1]) for name in words
    ]


def _endings() -> list[Shown]:
    counted = endings_counted(Placement.objects.all())
    figures = {code: count for code, _words, count in counted}
    figures["all"] = sum(figures.values())
    tie = Tie("all", tuple(code for code, _w, _c in counted))
    hidden = hidden_figures(figures, ties=[tie], keep={"all": 9})
    told = [Shown(words, None if code in hidden else count) for code, words, count in counted]
    return [Shown(_("all stays that ended"), None if "all" in hidden else figures["all"]), *told]


def _tasks() -> list[tuple[Any, int, int, bool]]:
    rows = Task.objects.filter(done_at__isnull=True, voided_at__isnull=True).values("role").order_by("role")
    counted = rows.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today())))
    idle = unattended()
    return [(Role(each["role"]).label, each["n"], each["late"], each["role"] not in idle) for each in counted]
