"""Pages of hearings, their notices, and calendars.

Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_hearing_views.py.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.casefile.bounded_upload import takes_a_file
from posada.office.casefile.documents import NewDocument, add_document, open_document
from posada.office.casefile.models import Document
from posada.office.docket import calendars, hearings
from posada.office.docket.events import RECORDS, needs_recorder
from posada.office.docket.forms import CourtLineForm, HearingForm, NoticeForm, NoticePaperForm
from posada.office.docket.notice_text import Proposed, proposed, read_pdf
from posada.office.docket.notices import NewNotice, enter_notice, note_court_line, one_notice
from posada.office.docket.views import _child, papers_of
from posada.office.intake.models import Child, Court, Hearing
from posada.office.kept_form import save_kept, version_of
from posada.office.refusals import FieldsRefused

CALENDAR = "text/calendar; charset=utf-8"


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A hearing: its kind, hour and zone, who interprets, and who brings the child."""
    row = doors.one(hearings.hearings(request.actor).select_related("group"), pk)
    (shown,) = hearings.shown([row])
    form = HearingForm(request.POST or None, initial=_initial(shown))

    def save(typed: Any) -> Hearing:
        version = typed.cleaned_data["version"]
        return hearings.change_hearing(request.actor, row, version=version, changes=typed.changes())

    child = row.group.children.filter(voided_at__isnull=True, merged_into__isnull=True).first()
    return save_kept(
        request,
        form,
        save,
        template="docket/form.html",
        done=reverse("docket_child", args=[child.pk]) if child else reverse("agenda"),
        context={"child": child, "heading": _("What is known of the hearing"), "hearing": shown},
    )


def _initial(shown: hearings.ShownHearing) -> dict[str, Any]:
    row, detail = shown.row, shown.detail
    first = detail.interpreters[0] if detail and detail.interpreters else {}
    relay = detail.interpreters[1] if detail and len(detail.interpreters) > 1 else {}
    given = {"version": row.version, "kind": row.kind, "hearing_time": row.hearing_time}
    known = {
        name: getattr(detail, name) if detail else "" for name in ("zone", "place", "child_zone", "transport")
    }
    return {
        **given,
        **known,
        "is_confirmed": shown.is_confirmed,
        **first,
        "relay_into": relay.get("into", ""),
        "relay_is_booked": relay.get("is_booked", False),
    }


@opens_to(*RECORDS)
@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
def notice_paper(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Bring a notice as a PDF, or name one that is in the file; what it seems to say is proposed."""
    child = _child(request, pk)
    papers = papers_of(request, child)
    is_sent = request.method == "POST"
    form = NoticePaperForm(*((request.POST, request.FILES) if is_sent else ()), papers=papers)
    shown = {"child": child, "form": form, "heading": _("A notice of hearing"), "button": _("Read it")}
    if not is_sent or not form.is_valid():
        return render(request, "docket/form.html", {**shown, "has_file": True}, status=_status(form))
    needs_recorder(request.actor, child)
    try:
        document, content = _brought(request, child, form)
    except FieldsRefused as refused:
        form.add_error("file", next(iter(refused.faults.values())))
        return render(request, "docket/form.html", {**shown, "has_file": True}, status=422)
    found = proposed(read_pdf(content) if content else "", courts=Court.objects.all())
    return render(request, "docket/notice.html", _proposal(request, child, document, found))


def _brought(request: OfficeRequest, child: Child, form: NoticePaperForm) -> tuple[Document | None, bytes]:
    """The paper, kept in the file, and its content. Raises FieldsRefused."""
    file, document = form.cleaned_data["file"], form.cleaned_data["document"]
    if file is not None:
        content = file.read()
        brought = NewDocument(content, kind="court_order", title=str(_("Notice of hearing")), child=child)
        return add_document(request.actor, brought), content
    if document is not None:
        return document, open_document(request.actor, document)
    return None, b""


def _proposal(
    request: OfficeRequest, child: Child, document: Document | None, found: Proposed
) -> dict[str, Any]:
    initial = {
        "kind": found.kind,
        "day_typed": found.day_typed,
        "time_typed": found.time_typed,
        "court_code": found.court_code,
        "document": document.pk if document else None,
        "source": document.title if document else "",
        "read": found.as_json(),
    }
    form = NoticeForm(initial=initial, papers=papers_of(request, child))
    return {
        "child": child,
        "form": form,
        "found": found,
        "document": document,
        "lines": [(form.fields[name].label, line) for name, line in found.lines.items()],
    }


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def notice_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Enter a notice of hearing, each field compared with the paper."""
    child = _child(request, pk)
    form = NoticeForm(request.POST or None, papers=papers_of(request, child))

    def save(typed: Any) -> Any:
        given = typed.cleaned_data
        confirmed = frozenset(given.pop("confirmed"))
        read = given.pop("read") or {}
        return enter_notice(request.actor, child, NewNotice(confirmed=confirmed, read=read, **given))

    return save_kept(
        request,
        form,
        save,
        template="docket/notice.html",
        done=reverse("docket_child", args=[pk]),
        context={"child": child},
    )


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def notice_asked(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The court's line was asked about a notice in doubt."""
    notice = one_notice(request.actor, pk)
    form = CourtLineForm(request.POST or None, initial={"version": notice.version})

    def save(typed: Any) -> Any:
        return note_court_line(request.actor, notice, **typed.cleaned_data)

    return save_kept(
        request,
        form,
        save,
        template="docket/form.html",
        done=reverse("docket_child", args=[notice.child_id]),
        context={"child": notice.child, "heading": _("The court’s line was asked")},
    )


@opens_to(*calendars.HAS_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: OfficeRequest) -> HttpResponse:
    """The calendar link of the person: made, shown once, revoked."""
    token = ""
    if request.method == "POST":
        if request.POST.get("act") == "revoke":
            calendars.revoke_link(request.actor)
            return redirect("calendar_page")
        token = calendars.make_link(request.actor)
    link = request.build_absolute_uri(reverse("calendar_feed", args=[token])) if token else ""
    shown = {"link": link, "living": calendars.living_link(request.actor.user_id)}
    return render(request, "docket/calendar.html", shown)


@opens_to(*calendars.HAS_CALENDAR)
@require_safe
def calendar_file(request: OfficeRequest) -> HttpResponse:
    """The person's calendar as a file."""
    response = HttpResponse(calendars.calendar_of(request.actor), content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="docket.ics"'
    return response


@opens_to(ANYONE)
@require_safe
def calendar_feed(request: OfficeRequest, token: str) -> HttpResponse:
    """The calendar behind a link; a link that was revoked is not there."""
    response = HttpResponse(calendars.calendar_behind(token), content_type=CALENDAR)
    response["Content-Disposition"] = 'inline; filename="docket.ics"'
    return response


@opens_to(*RECORDS)
@require_POST
def transport_confirmed(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Say who brings the children to a hearing, straight from the watch."""
    row = doors.one(hearings.hearings(request.actor), pk)
    who = request.POST.get("transport", "").replace("\x00", "").strip()[:200]
    hearings.change_hearing(
        request.actor,
        row,
        version=version_of(request.POST.get("version", "")),
        changes={"transport": who},
    )
    return redirect("docket_watch")


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
