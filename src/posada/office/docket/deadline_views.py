"""Pages of one deadline: the way to its date, what it was before, and how it is closed or moved.

Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_deadline_views.py.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.docket.arithmetic import told
from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.docket import closing, rules
from posada.office.docket.agenda import deadline_line
from posada.office.docket.closing import Moves
from posada.office.docket.event_kinds import STANDINGS, STEPS, title_of
from posada.office.docket.events import RECORDS
from posada.office.docket.forms import AdjustForm, ExcusedForm, MetForm
from posada.office.docket.hearings import spoken
from posada.office.docket.kept_deadlines import record_of
from posada.office.docket.models import Deadline
from posada.office.docket.views import READS_DOCKET
from posada.office.intake.models import Child
from posada.office.kept_form import save_kept, version_of


@opens_to(*READS_DOCKET)
@require_safe
def deadline_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One deadline: its rule, its arithmetic, what it was before, and who closed it why."""
    row = _one(request, pk)
    record, rule = record_of(row), rules.book().rule(row.rule_id)
    steps = rules.practice().steps_before(row.rule_id)
    shown = {
        "row": row,
        "line": deadline_line(row, on=today()),
        "rule": rule,
        "title": title_of(row.rule_id),
        "was_late": record.was_late,
        "before": [
            (each, told(each.counted, language=spoken()) if each.counted else "", STANDINGS.get(each.status))
            for each in record.before
        ],
        "resolutions": record.resolutions_before,
        "steps": [(step, STEPS[step], row.steps_done.get(step)) for step in steps],
        "history": revisions_of(row),
        "back": _back(row),
        "may_record": request.actor.has(*RECORDS),
        "may_adjust": request.actor.has(Role.ATTORNEY),
    }
    return render(request, "docket/deadline.html", shown)


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_met(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It was done, and this proves it."""
    row = _one(request, pk)
    form = MetForm(
        request.POST or None,
        alike=closing.alike(request.actor, row),
        papers=_papers(request, row),
        initial={"version": row.version, "on": today()},
    )

    def save(typed: Any) -> None:
        given = typed.cleaned_data
        closing.meet(
            request.actor,
            row,
            version=given["version"],
            on=given["on"],
            proof=given["words"],
            document=given["document"],
            also=list(given.get("also") or ()),
        )

    return _form(request, row, form, save, _("It was done: add the proof"))


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_excused(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It need not be kept, and this is why."""
    row = _one(request, pk)
    alike = closing.alike(request.actor, row)
    form = ExcusedForm(request.POST or None, alike=alike, initial={"version": row.version})

    def save(typed: Any) -> None:
        given = typed.cleaned_data
        also = list(given.get("also") or ())
        closing.excuse(request.actor, row, version=given["version"], why=given["words"], also=also)

    return _form(request, row, form, save, _("It need not be kept: say why"))


@opens_to(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_adjust(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Counsel records what moves the date."""
    row = _one(request, pk)

    def save(typed: Any) -> None:
        given = typed.cleaned_data
        closing.adjust(request.actor, row, Moves(**{**given, "days": given["days"] or 0}))

    return _form(request, row, AdjustForm(request.POST or None), save, _("Record what moves the date"))


@opens_to(*RECORDS)
@require_POST
def deadline_step(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A step that comes before is done."""
    row = _one(request, pk)
    closing.finish_step(
        request.actor,
        row,
        version=version_of(request.POST.get("version", "")),
        step=request.POST.get("step", ""),
    )
    return redirect("deadline_page", pk)


def _form(request: OfficeRequest, row: Deadline, form: Any, save: Any, heading: Any) -> HttpResponse:
    return save_kept(
        request,
        form,
        save,
        template="docket/form.html",
        done=_back(row),
        context={
            "child": _whose(row),
            "heading": heading,
            "line": deadline_line(row, on=today()),
        },
    )


def _papers(request: OfficeRequest, row: Deadline) -> Any:
    rows: Any = doors.documents(request.actor).filter(group_id=row.group_id)
    return rows.order_by("-entered_at") if rows else Document.objects.none()


def _one(request: OfficeRequest, pk: UUID) -> Deadline:
    return doors.one(closing.deadlines(request.actor).select_related("child", "group", "proof"), pk)


def _whose(row: Deadline) -> Child | None:
    if row.child is not None:
        return row.child
    rows = row.group.children.filter(voided_at__isnull=True, merged_into__isnull=True)
    return rows.order_by("birth_date", "child_id").first()


def _back(row: Deadline) -> str:
    child = _whose(row)
    return reverse("docket_child", args=[child.pk]) if child else reverse("agenda")
