"""Pages of dates: the agenda, its week on paper, what has no date, a child's docket, and what happened.

Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_views.py.
"""

from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from posada.docket.calendar import closed_because
from posada.docket.wording import holiday_in_words
from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import SEE_CHILDREN, Role
from posada.office.counsel.models import Counsel
from posada.office.day import today
from posada.office.docket import agenda as dates
from posada.office.docket.child_docket import docket_of
from posada.office.docket.event_kinds import STANDINGS, missing_words, title_of
from posada.office.docket.events import RECORDS, record_event, void_event
from posada.office.docket.forms import EventForm, VoidForm
from posada.office.docket.hearings import spoken
from posada.office.docket.models import DocketEvent
from posada.office.docket.watch import tallied, watch_of, watch_of_program
from posada.office.intake.models import Child
from posada.office.kept_form import save_kept

READS_DOCKET = tuple(sorted(SEE_CHILDREN - {Role.FOSTER_PARENT}))
SECTIONS = {
    dates.NO_DATE: _("No last day, and urgent"),
    dates.OVERDUE: _("Overdue"),
    dates.WEEK: _("This week"),
    dates.LATER: _("Later"),
}
SHOWN = {
    "": _("The next 30 days"),
    "overdue": _("Overdue"),
    "at_risk": _("At risk"),
    "week": _("This week"),
    "all": _("Every date"),
}
WEEK_ON_PAPER = 400


@opens_to(*RECORDS)
@require_safe
def agenda(request: OfficeRequest) -> HttpResponse:
    """What is due, by day: one's own for an attorney, everything for the coordinator."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    counsel = _counsel(request)
    lines, page = dates.agenda_page(request.actor, show=show, counsel=counsel, number=request.GET.get("page"))
    watched = watch_of(request.actor, named=5)
    query = "&".join(
        f"{name}={value}" for name, value in (("show", show), ("counsel", counsel and counsel.pk)) if value
    )
    shown = {
        "counts": dates.counts_of(request.actor, counsel=counsel),
        "sections": _sections(lines),
        "page": page,
        "query": query,
        "show": show,
        "shows": SHOWN.items(),
        "of_counsel": counsel,
        "every_counsel": _every_counsel(request),
        "watched": watched[:5],
        "watched_all": len(watched),
        "gaps": [
            (title_of(rule), missing_words(lacks), n) for rule, lacks, n in dates.gap_counts(request.actor)
        ],
        "standings": STANDINGS.values(),
        "closed": _closed_days(),
        "today": today(),
    }
    return render(request, "docket/agenda.html", shown)


def _counsel(request: OfficeRequest) -> Counsel | None:
    """The counsel whose dates a coordinator looks at; an attorney's own are bound by the doors."""
    try:
        pk = UUID(request.GET.get("counsel", ""))
    except ValueError:
        return None
    return doors.counsel(request.actor).filter(pk=pk).first()


def _every_counsel(request: OfficeRequest) -> list[Counsel]:
    """The counsel whose dates a coordinator can look at alone."""
    if not request.actor.has(Role.LEGAL_COORDINATOR):
        return []
    rows = doors.counsel(request.actor).filter(is_active=True).order_by("display_name", "counsel_id")
    return list(rows.only("display_name", "counsel_id")[:300])


def _sections(lines: list[dates.Line]) -> list[tuple[str, Any, list[dates.Line]]]:
    return [
        (code, SECTIONS[code], list(some)) for code, some in groupby(lines, key=lambda line: line.section)
    ]


def _closed_days() -> list[tuple[Any, str]]:
    """Days of the next week on which the courts are closed, weekends aside."""
    week = (today() + timedelta(days=ahead) for ahead in range(8))
    found = ((day, closed_because(day)) for day in week if day.weekday() < 5)
    return [(day, holiday_in_words(reason, language=spoken())) for day, reason in found if reason]


@opens_to(*RECORDS)
@require_safe
def agenda_print(request: OfficeRequest) -> HttpResponse:
    """What is overdue and due this week, on paper."""
    lines, page = dates.agenda_page(
        request.actor, show="week", counsel=_counsel(request), a_page=WEEK_ON_PAPER
    )
    shown = {"lines": lines, "page": page, "today": today(), "counts": dates.counts_of(request.actor)}
    return render(request, "docket/agenda_print.html", shown)


@opens_to(*RECORDS)
@require_safe
def agenda_gaps(request: OfficeRequest) -> HttpResponse:
    """Every date that could not be computed, and what is missing."""
    rows = dates.gaps(request.actor).select_related("child", "group").order_by("rule_id", "group_id", "pk")
    page = Paginator(rows, dates.A_PAGE).get_page(request.GET.get("page"))
    listed = [(each, title_of(each.rule_id), missing_words(each.missing)) for each in page]
    return render(request, "docket/gaps.html", {"page": page, "rows": listed, "query": ""})


@opens_to(*RECORDS, Role.PROGRAM_DIRECTOR)
@require_safe
def docket_watch(request: OfficeRequest) -> HttpResponse:
    """Hearings that could be missed. A director sees what is lacking, and not whose it is."""
    knows = request.actor.has(*RECORDS)
    found = watch_of(request.actor) if knows else watch_of_program()
    page = Paginator(found, dates.A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "tallied": tallied(found), "knows": knows, "query": ""}
    return render(request, "docket/watch.html", shown)


@opens_to(*READS_DOCKET)
@require_safe
def docket_child(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Everything on the docket of one child."""
    child = _child(request, pk)
    shown = {
        "child": child,
        "docket": docket_of(request.actor, child),
        "may_record": request.actor.has(*RECORDS),
        "may_screen": request.actor.has(*RECORDS, Role.INTAKE_WORKER),
        "today": today(),
    }
    return render(request, "docket/child.html", shown)


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def docket_event_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record what happened; the dates follow in the same moment."""
    child = _child(request, pk)
    form = EventForm(
        request.POST or None,
        papers=papers_of(request, child),
        events=DocketEvent.objects.filter(child=child, voided_at__isnull=True).order_by("-on"),
    )
    return save_kept(
        request,
        form,
        lambda typed: record_event(request.actor, child, typed.new_event())[0],
        template="docket/form.html",
        done=reverse("docket_child", args=[pk]),
        context={"child": child, "heading": _("Record what happened")},
    )


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def docket_event_void(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take out an event that was a mistake."""
    works = doors.without_home(request.actor)
    rows = DocketEvent.objects.filter(voided_at__isnull=True, child__in=doors.children(works))
    event = doors.one(rows.select_related("child__group"), pk)
    form = VoidForm(request.POST or None, initial={"version": event.version})

    def save(typed: Any) -> None:
        void_event(request.actor, event, **typed.cleaned_data)

    return save_kept(
        request,
        form,
        save,
        template="docket/form.html",
        done=reverse("docket_child", args=[event.child_id]),
        context={"child": event.child, "heading": _("Take out an event that was a mistake")},
    )


def _child(request: OfficeRequest, pk: UUID) -> Child:
    works = doors.without_home(request.actor)
    return doors.one(doors.children(works).select_related("group"), pk)


def papers_of(request: OfficeRequest, child: Child) -> Any:
    """The papers of a child's group that the person may see, newest first."""
    return doors.documents(request.actor).filter(group_id=child.group_id).order_by("-entered_at")


def to_docket(pk: UUID) -> HttpResponse:
    """Back to a child's docket."""
    return redirect("docket_child", pk)
