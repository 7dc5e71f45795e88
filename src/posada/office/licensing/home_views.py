"""Pages of homes: the list, one home with its checks and people, and what expires.

Tests: tests/office/licensing/test_home_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.licensing import checking, home_shown, opening, selectors
from posada.office.licensing.forms import (
    CheckForm,
    ExceptionForm,
    LicenseForm,
    MemberForm,
    MovedOutForm,
    StateForm,
    StudyForm,
)
from posada.office.licensing.models import Home
from posada.office.refusals import NotThere

ROWS = 25
FILTERS = ("state", "county", "kind")


@opens_to(Role.LICENSING_WORKER, Role.PLACEMENT_WORKER)
@require_safe
def homes(request: OfficeRequest) -> HttpResponse:
    """All homes, by state, county and kind."""
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    page = Paginator(selectors.homes_list(request.actor, **chosen), ROWS).get_page(request.GET.get("page"))
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return render(request, "licensing/homes.html", {"page": page, "query": query, "chosen": chosen})


@opens_to(Role.LICENSING_WORKER)
@require_safe
def expiring(request: OfficeRequest) -> HttpResponse:
    """What expires in the next 60 days."""
    page = Paginator(selectors.expiring_soon(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "licensing/expiring.html", {"page": page, "query": ""})


@opens_to(Role.LICENSING_WORKER, Role.PLACEMENT_WORKER)
@require_safe
def page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One home: what stands in the way of opening it, its checks, its people, who lives there."""
    home = doors.one(doors.homes(request.actor), pk)
    return render(request, "licensing/home.html", home_shown.shown(request.actor, home))


@opens_to(Role.LICENSING_WORKER)
@require_POST
def state(request: OfficeRequest, pk: UUID, act: str) -> HttpResponse:
    """Open, hold or close a home."""
    home, form = _home(request, pk), StateForm(request.POST)
    if not form.is_valid():
        raise NotThere
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    if act == "open":
        opening.open_home(request.actor, home, version=version)
    elif act == "hold":
        opening.hold_home(request.actor, home, version=version, reason=reason)
    elif act == "close":
        opening.close_home(request.actor, home, version=version, reason=reason)
    else:
        raise NotThere
    messages.success(request, _("Saved."))
    return redirect("home_page", pk)


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def license_decision(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Write down a license."""
    home = _home(request, pk)
    start = {
        name: getattr(home, name) for name in ("version", "license_from", "license_to", "licensed_capacity")
    }
    form = LicenseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        opening.license_home(request.actor, home, **form.cleaned_data)
        return _saved(request, pk)
    return _form(request, home, form, _("License"))


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: OfficeRequest, pk: UUID, check_pk: UUID | None = None) -> HttpResponse:
    """Write down a check, new or changed."""
    home = _home(request, pk)
    kept = doors.one(home.checks.filter(voided_at__isnull=True), check_pk) if check_pk else None
    names = (
        "version",
        "check_type",
        "member",
        "result",
        "requested_on",
        "issued_on",
        "expires_on",
        "document",
    )
    start = {name: getattr(kept, name) for name in names} if kept else {"version": 0}
    form = CheckForm(request.POST or None, home=home, initial=start)
    if request.method == "POST" and form.is_valid():
        fields: dict[str, Any] = dict(form.cleaned_data)
        version, member, paper = fields.pop("version"), fields.pop("member"), fields.pop("document")
        fields |= {"member_id": member.pk if member else None, "document_id": paper.pk if paper else None}
        checking.record_check(request.actor, home, fields=fields, check=kept, version=version)
        return _saved(request, pk)
    return _form(request, home, form, _("Check"))


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Somebody lives in the home."""
    home, form = _home(request, pk), MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checking.add_member(request.actor, home, fields=form.cleaned_data)
        return _saved(request, pk)
    return _form(request, home, form, _("Somebody who lives there"))


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def member_left(request: OfficeRequest, pk: UUID, member_pk: UUID) -> HttpResponse:
    """Somebody left the home, or stopped caring."""
    home = _home(request, pk)
    kept = doors.one(home.members.filter(voided_at__isnull=True), member_pk)
    start = {name: getattr(kept, name) for name in ("version", "moved_out_on", "carer_until")}
    form = MovedOutForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        checking.change_member(request.actor, kept, version=changes.pop("version"), changes=changes)
        return _saved(request, pk)
    return _form(request, home, form, kept.label)


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def study(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Write a home study."""
    home, form = _home(request, pk), StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checking.write_study(request.actor, home, **form.cleaned_data)
        return _saved(request, pk)
    return _form(request, home, form, _("Home study"))


@opens_to(Role.LICENSING_WORKER)
@require_POST
def approve_study(request: OfficeRequest, pk: UUID, study_pk: UUID) -> HttpResponse:
    """Approve a study that another wrote."""
    kept = doors.one(_home(request, pk).studies.filter(voided_at__isnull=True), study_pk)
    checking.approve_study(request.actor, kept, version=kept.version)
    return _saved(request, pk)


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask for a license exception."""
    home, form = _home(request, pk), ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = home_shown.exception_fields(request.actor, dict(form.cleaned_data))
        checking.ask_exception(request.actor, home, fields=fields)
        return _saved(request, pk)
    return _form(request, home, form, _("License exception"))


@opens_to(Role.LICENSING_WORKER)
@require_POST
def approve_exception(request: OfficeRequest, pk: UUID, exception_pk: UUID) -> HttpResponse:
    """Approve an exception that another asked for."""
    kept = doors.one(_home(request, pk).exceptions.filter(voided_at__isnull=True), exception_pk)
    checking.approve_exception(request.actor, kept, version=kept.version)
    return _saved(request, pk)


@opens_to(Role.LICENSING_WORKER)
@require_POST
def keep_checks(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """From now on the checks written down here decide, not the day that came with an import."""
    home_shown.keep_typed_checks(request.actor, _home(request, pk))
    return _saved(request, pk)


@opens_to(Role.LICENSING_WORKER)
@require_POST
def acknowledge(request: OfficeRequest, pk: UUID, refused_pk: UUID) -> HttpResponse:
    """An earlier refusal has been read."""
    reason = request.POST.get("reason", "")
    opening.acknowledge_refusal(request.actor, _home(request, pk), refused_id=refused_pk, reason=reason)
    return _saved(request, pk)


def _home(request: OfficeRequest, pk: UUID) -> Home:
    return doors.one(doors.homes(request.actor), pk)


def _saved(request: OfficeRequest, pk: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("home_page", pk)


def _form(request: OfficeRequest, home: Home, form: Any, title: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(
        request, "licensing/home_form.html", {"home": home, "form": form, "title": title}, status=status
    )
