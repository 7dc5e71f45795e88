"""The page of a sibling group: its children, kin, separations, hearings and holds, and joining.

Tests: tests/office/intake/test_group_views.py.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake import holding, joining, ties
from posada.office.intake.forms import HearingForm, JoinForm, KinForm, ReasonForm, SeparationForm
from posada.office.intake.models import Hearing, Hold, KinLink, Separation, SiblingGroup
from posada.office.refusals import FieldsRefused, NotThere

TIES: dict[str, tuple[type[forms.Form], Any]] = {
    "kin": (KinForm, _("Kin in a home")),
    "separation": (SeparationForm, _("Keep this group apart")),
    "hearing": (HearingForm, _("A hearing")),
}
ENDED: dict[str, Any] = {"kin": KinLink, "separation": Separation, "hearing": Hearing, "hold": Hold}


@opens_to(Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)
@require_safe
def page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One group."""
    group = _group(request, pk)
    standing = {"voided_at__isnull": True}
    shown = {
        "group": group,
        "children": list(
            doors.children(request.actor).filter(group=group).order_by("birth_date", "child_id")
        ),
        "holds": list(group.holds.filter(lifted_at__isnull=True, **standing)),
        "kin": list(group.kin_links.filter(**standing).select_related("home")),
        "separations": list(_separations(group)),
        "hearings": list(group.hearings.filter(**standing).order_by("hearing_date")),
    }
    return render(request, "intake/group.html", shown)


@opens_to(Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: OfficeRequest, pk: UUID, kind: str) -> HttpResponse:
    """Write down kin, a separation or a hearing."""
    group = _group(request, pk)
    if kind not in TIES:
        raise NotThere
    make, title = TIES[kind]
    form = make(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(form, lambda: _write(request, group, kind, form))
    ):
        messages.success(request, _("Saved."))
        return redirect("intake_group", pk)
    shown = {"form": form, "group": group, "title": title}
    return render(request, "intake/tie.html", shown, status=422 if form.is_bound else 200)


@opens_to(Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficeRequest, pk: UUID, kind: str, record_pk: UUID) -> HttpResponse:
    """End one of them, or lift a hold, with a reason."""
    group = _group(request, pk)
    if kind not in ENDED:
        raise NotThere
    rows: QuerySet[Any] = ENDED[kind].objects.filter(group=group, voided_at__isnull=True)
    record = doors.one(rows.filter(lifted_at__isnull=True) if kind == "hold" else rows, record_pk)
    form = ReasonForm(request.POST or None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        act = holding.lift if kind == "hold" else ties.end
        _done(act, request, record, typed)
        messages.success(request, _("Saved."))
        return redirect("intake_group", pk)
    title = _("Lift this hold") if kind == "hold" else _("Take this out")
    shown = {"form": form, "group": group, "title": title}
    return render(request, "intake/tie.html", shown, status=422 if form.is_bound else 200)


@opens_to(Role.INTAKE_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Another group joins this one: first what it means for home and counsel, then the act."""
    group = _group(request, pk)
    form = JoinForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "group": group, "title": _("Another group joins this one")}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        joins = doors.groups(request.actor).filter(sibling_group_id=typed["joins"].strip()).first()
        if joins is None:
            form.add_error("joins", _("There is no such group among those that you may see."))
            return render(request, "intake/join.html", shown, status=422)
        try:
            joining.join(request.actor, group, joins, seen=bool(typed["seen"]), reason=typed["reason"])
        except joining.LookFirst as look:
            form.data = {**request.POST.dict(), "seen": "1"}
            shown |= {"means": look.means, "outcome": joining.OUTCOMES[look.means.outcome], "joins": joins}
            shown["opens"] = [joining.OPENS[code] for code in look.means.opens]
        else:
            messages.success(request, _("They are one group now."))
            return redirect("intake_group", pk)
    return render(request, "intake/join.html", shown, status=422 if form.is_bound else 200)


def _group(request: OfficeRequest, pk: UUID) -> SiblingGroup:
    return doors.one(doors.groups(doors.without_home(request.actor)), pk)


def _separations(group: SiblingGroup) -> "QuerySet[Separation]":
    rows = group.separations.filter(voided_at__isnull=True)
    return rows.select_related("other_group", "home", "counsel", "author")


def _write(request: OfficeRequest, group: SiblingGroup, kind: str, form: forms.Form) -> None:
    typed = form.cleaned_data
    cells = {name: value for name, value in typed.items() if name != "hearing_time"}
    if kind == "kin":
        ties.add_kin(request.actor, group, cells)
    elif kind == "separation":
        ties.add_separation(request.actor, group, cells)
    else:
        ties.add_hearing(request.actor, group, cells, at=typed["hearing_time"])


def _saved(form: forms.Form, save: Callable[[], Any]) -> bool:
    try:
        save()
    except FieldsRefused as refused:
        for name, sentence in refused.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return False
    return True


def _done(act: Any, request: OfficeRequest, record: Any, typed: dict[str, Any]) -> None:
    if isinstance(record, Hold):
        holding.lift(record, version=typed["version"], actor=request.actor, reason=typed["reason"])
    else:
        ties.end(request.actor, record, version=typed["version"], reason=typed["reason"])
