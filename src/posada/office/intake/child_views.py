"""Pages to write a child down, to take one out that was a mistake, and to find a language.

Tests: tests/office/intake/test_child_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posada.intake.languages import find_languages
from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake import joining, one_child
from posada.office.intake.forms import SEALED, ChildForm, ReasonForm, language_names
from posada.office.intake.models import SiblingGroup
from posada.office.intake.selectors import may_import, voided_child
from posada.office.kept_form import version_of
from posada.office.refusals import FieldsRefused, NotThere


@opens_to(Role.INTAKE_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Write a child down; where it joins a group that is placed, first what that means."""
    if not may_import(request.actor):
        raise NotThere
    form = ChildForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "languages": language_names()}
    if request.method == "POST" and form.is_valid():
        try:
            child = one_child.add_child(
                request.actor,
                _said(form),
                group=_group(request, form.cleaned_data["group"]),
                child_id=form.cleaned_data["child_id"],
                seen=bool(form.cleaned_data["seen"]),
            )
        except joining.LookFirst as look:
            form.data = {**request.POST.dict(), "seen": "1"}
            shown |= {"means": look.means, "outcome": joining.OUTCOMES[look.means.outcome]}
            shown["opens"] = [joining.OPENS[code] for code in look.means.opens]
        except FieldsRefused as refused:
            for name, sentence in refused.faults.items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            messages.success(request, _("Written down."))
            return redirect("intake_group", child.group_id)
    return render(request, "intake/child_new.html", shown, status=422 if form.is_bound else 200)


@opens_to(Role.INTAKE_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a child out that was entered by mistake: first what refers to it."""
    child = doors.one(doors.children(doors.without_home(request.actor)), pk)
    form = ReasonForm(request.POST or None, initial={"version": child.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        one_child.void_child(request.actor, child, version=typed["version"], reason=typed["reason"])
        messages.success(request, _("Taken out. It stays in the history, and can be brought back."))
        return redirect("child_voided", child.pk)
    shown = {"form": form, "child": child, "refers": one_child.refers_to(child)}
    return render(request, "intake/child_void.html", shown, status=422 if form.is_bound else 200)


@opens_to(Role.INTAKE_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def voided(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A child that was taken out: why, and a way back."""
    child = voided_child(request.actor, pk)
    if request.method == "POST":
        version = version_of(request.POST.get("version", ""))
        one_child.bring_back(request.actor, child, version=version)
        messages.success(request, _("Brought back."))
        return redirect("intake_group", child.group_id)
    return render(request, "intake/child_voided.html", {"child": child})


@opens_to(Role.INTAKE_WORKER)
@require_safe
def languages(request: OfficeRequest) -> HttpResponse:
    """Languages under any spelling, for the picker."""
    typed = request.GET.get("q", "").split(",")[-1].strip()[:60]
    told = "es" if request.LANGUAGE_CODE.startswith("es") else "en"
    found = [(each.code, each.name(told), each.own_name) for each in find_languages(typed)]
    return render(request, "intake/languages.html", {"found": found})


def _said(form: ChildForm) -> one_child.Said:
    typed = form.cleaned_data
    return one_child.Said(
        cells=form.cells(),
        given_name=typed["given_name"],
        family_name=typed["family_name"],
        basis=typed["birth_date_basis"],
        latest=typed["birth_date_latest"],
        understands_spanish=typed["understands_spanish"],
        sealed={name: typed[name] for name in SEALED},
    )


def _group(request: OfficeRequest, name: str) -> SiblingGroup | None:
    if not name.strip():
        return None
    found = doors.groups(request.actor).filter(sibling_group_id=name.strip()).first()
    if found is None:
        raise FieldsRefused({"group": _("There is no such group among those that you may see.")})
    return found
