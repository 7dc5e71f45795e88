"""Pages of official forms: bring one, confirm which fact goes where, see what is too long, fill.

Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_form_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.casefile.bounded_upload import takes_a_file
from posada.office.kept_form import save_kept, version_of
from posada.office.preparation import checklists, official_forms
from posada.office.preparation.checklists import PREPARES
from posada.office.preparation.forms import BlankForm
from posada.office.preparation.official_forms import FACT_WORDS, OpenForm, TooLongForField
from posada.preparation.form_mapping import TICKS
from posada.preparation.form_shape import TICK


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def child_forms(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The blank forms of a child's file, and a form to bring one."""
    child = checklists.child_of(request.actor, pk)
    form = BlankForm(request.POST, request.FILES) if request.method == "POST" else BlankForm()

    def save(typed: Any) -> Any:
        given = typed.cleaned_data
        return official_forms.bring(request.actor, child, given["file"].read(), name=given["name"])

    return save_kept(
        request,
        form,
        save,
        template="preparation/forms.html",
        done=lambda made: reverse("official_form", args=[made.pk if made else pk]),
        context={"child": child, "papers": official_forms.blank_forms(request.actor, child)},
    )


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def official_form(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A form's fields: which fact goes where, confirmed by a person; then the filling."""
    paper = official_forms.one_paper(request.actor, pk)
    if request.method != "POST":
        return render(request, "preparation/open_form.html", {"child": paper.child, "paper": paper})
    opened = official_forms.open_form(request.actor, paper)
    act = request.POST.get("act", "")
    if act == "confirm":
        return _confirm(request, opened)
    if act == "fill":
        return _fill(request, opened)
    return _page(request, opened)


def _confirm(request: OfficeRequest, opened: OpenForm) -> HttpResponse:
    version = version_of(request.POST.get("version", ""))
    chosen = {each.name: request.POST.get(f"f{place}", "") for place, each in enumerate(opened.form.fields)}
    official_forms.confirm(request.actor, opened, chosen, version=version)
    messages.success(request, _("Confirmed, for every form of this edition."))
    return _page(request, official_forms.open_form(request.actor, opened.paper))


def _fill(request: OfficeRequest, opened: OpenForm) -> HttpResponse:
    try:
        official_forms.fill(request.actor, opened, agreed=request.POST.get("agreed") == "yes")
    except TooLongForField as refused:
        return _page(request, opened, long=refused.long, asks=True, status=422)
    messages.success(
        request, _("The filled form is in the child’s file. Read it through before anybody signs.")
    )
    return redirect("child_forms", opened.paper.child_id)


def _page(
    request: OfficeRequest, opened: OpenForm, *, long: Any = None, asks: bool = False, status: int = 200
) -> HttpResponse:
    child: Any = opened.paper.child
    found = official_forms.preview(request.actor, opened, child)
    rows = []
    for place, each in enumerate(opened.form.fields):
        choices = [
            (fact, words) for fact, words in FACT_WORDS.items() if (fact in TICKS) == (each.kind == TICK)
        ]
        rows.append(
            {
                "field": each,
                "name": f"f{place}",
                "choices": choices,
                "fact": opened.mapping.get(each.name, ""),
                "value": found.values.get(each.name, ""),
                "is_sealed": each.name in found.sealed,
            }
        )
    shown = {
        "child": child,
        "paper": opened.paper,
        "opened": opened,
        "rows": rows,
        "long": found.long if long is None else long,
        "asks": asks,
        "sealed_fields": found.sealed,
        "unfilled": found.unfilled,
        "mapped": sum(1 for each in rows if each["fact"]),
    }
    return render(request, "preparation/form.html", shown, status=status)
