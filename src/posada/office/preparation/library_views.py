"""Pages of the library of country reports, the choice for one child, and the printed request for interpreters.

Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_library_views.py.
"""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.casefile.bounded_upload import takes_a_file
from posada.office.casefile.models import WrittenName
from posada.office.day import today
from posada.office.docket import hearings
from posada.office.kept_form import save_kept, version_of
from posada.office.preparation import checklists, library
from posada.office.preparation.checklists import PREPARES
from posada.office.preparation.forms import ExhibitForm
from posada.office.preparation.library import NewExhibit
from posada.office.refusals import Refusal
from posada.office.shown_names import languages
from posada.programme.codes import countries


def _by_country(rows: list[library.ShownExhibit]) -> list[tuple[str, list[library.ShownExhibit]]]:
    return [(country, list(some)) for country, some in groupby(rows, key=lambda each: each.row.country)]


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def library_page(request: OfficeRequest) -> HttpResponse:
    """Every report, by country and newest first, and a form for one more."""
    wanted = request.GET.get("country", "")
    country = wanted if wanted in countries() else ""
    form = ExhibitForm(request.POST, request.FILES) if request.method == "POST" else ExhibitForm()

    def save(typed: Any) -> Any:
        given = dict(typed.cleaned_data)
        content, tags = given.pop("file").read(), given.pop("tags").split(",")
        return library.add_exhibit(request.actor, NewExhibit(content, tags=tuple(tags), **given))

    rows = library.library_exhibits(request.actor, country)
    return save_kept(
        request,
        form,
        save,
        template="preparation/library.html",
        done=reverse("library"),
        context={
            "by_country": _by_country(rows),
            "count": len(rows),
            "old": sum(each.is_old for each in rows),
            "months": library.OLD_AFTER_MONTHS,
            "country": country,
        },
    )


@opens_to(*PREPARES)
@require_POST
def library_open(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The report, as a download."""
    row = library.one_exhibit(request.actor, pk)
    answer = HttpResponse(library.content_of(row), content_type=row.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{library.leaving_name(row)}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@opens_to(*PREPARES)
@require_POST
def library_out(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a report out of the library, with a reason."""
    row = library.one_exhibit(request.actor, pk)
    version = version_of(request.POST.get("version", ""))
    if not version or not request.POST.get("reason", "").strip():
        raise Refusal(_("Say in a few words why."), code="no_reason")
    library.take_out(request.actor, row, version=version, reason=request.POST["reason"])
    return redirect("library")


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def child_library(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Choose reports for a child's file."""
    child = checklists.child_of(request.actor, pk)
    if request.method == "POST":
        chosen = [library.one_exhibit(request.actor, each) for each in _ids(request.POST.getlist("exhibit"))]
        if not chosen:
            raise Refusal(_("Choose at least one report."), code="nothing_chosen")
        for each in chosen:
            library.attach(request.actor, each, child)
        messages.success(request, _("The reports are in the child’s file."))
        return redirect("child_library", pk)
    papers = doors.documents(request.actor).filter(child=child)
    shown = {
        "child": child,
        "by_country": _by_country(library.library_exhibits(request.actor)),
        "there": set(papers.values_list("digest", flat=True)),
        "months": library.OLD_AFTER_MONTHS,
    }
    return render(request, "preparation/child_library.html", shown)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:200]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@opens_to(*PREPARES)
@require_safe
def interpreter_request(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The request for interpreters, for the court: language, variant, relay. In English whoever prints it."""
    works = doors.as_legal(request.actor)
    row = doors.one(hearings.hearings(works).select_related("group"), pk)
    (shown,) = hearings.shown([row])
    children = list(
        row.group.children.filter(voided_at__isnull=True, merged_into__isnull=True).order_by(
            "birth_date", "child_id"
        )
    )
    written = dict(
        WrittenName.objects.filter(child__in=children, authority="court", voided_at__isnull=True).values_list(
            "child_id", "name"
        )
    )
    with translation.override("en"):
        needs = [
            (languages([each.language]), each.variant, languages([each.into]), each.is_booked)
            for each in shown.interpreters
        ]
        people = [
            (
                written.get(each.pk, each.name),
                languages(each.languages[:1]),
                SPANISH[each.understands_spanish],
            )
            for each in children
        ]
        told = {"shown": shown, "when": shown.when, "kind": shown.words, "needs": needs, "people": people}
    told |= {"child": children[0] if children else None, "today": today(), "is_relay": len(needs) > 1}
    return render(request, "preparation/interpreter.html", told)


SPANISH = {"": "not asked", "no": "no", "some": "some", "well": "well"}
