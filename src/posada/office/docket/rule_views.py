"""Pages of the rules: how each stands and who signed it off, the sign-off of a version, and what a change moved.

Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_rule_views.py.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.docket import rules_shown
from posada.office.docket.agenda import A_PAGE
from posada.office.docket.event_kinds import STANDINGS, title_of
from posada.office.docket.events import RECORDS
from posada.office.docket.sign_offs import sign_off, version_of
from posada.office.kept_form import save_kept
from posada.rulebook.sign_off import version_digest

A_YEAR = timedelta(days=365)


class SignOffForm(forms.Form):
    """Who has read it. The digest is of the text that the page showed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(label=_("Name of the lawyer who has read it"), max_length=120)
    bar = forms.CharField(label=_("Bar and number there"), max_length=120)
    on = forms.DateField(label=_("Day on which it was read"), widget=forms.DateInput(attrs={"type": "date"}))


class DaysForm(forms.Form):
    """Two days, of which each says what was known then."""

    start = forms.DateField(label=_("As it was known on"), widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(
        label=_("As it was known later, on"), widget=forms.DateInput(attrs={"type": "date"})
    )


@opens_to(*RECORDS, Role.PROGRAM_DIRECTOR)
@require_safe
def rules_page(request: OfficeRequest) -> HttpResponse:
    """Every rule as it stands today."""
    on = today()
    lines = rules_shown.rule_lines(on=on)
    shown = {
        "lines": lines,
        "open": len(lines) - rules_shown.signed_count(lines),
        "checks": rules_shown.check_lines(on=on),
        "may_sign": request.actor.has(*RECORDS),
        "today": on,
    }
    return render(request, "docket/rules.html", shown)


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_sign_off(request: OfficeRequest, version: str) -> HttpResponse:
    """Record that a lawyer has read one version of a rule."""
    rule, found = version_of(version)
    form = SignOffForm(request.POST or None, initial={"digest": version_digest(rule, found)})
    return save_kept(
        request,
        form,
        lambda typed: sign_off(request.actor, version, **typed.cleaned_data),
        template="docket/sign_off.html",
        done=reverse("rules_page"),
        context={
            "rule": rule,
            "version": found,
            "title": title_of(rule.rule_id),
            "standing": STANDINGS.get(found.status, ("unsure", found.status, "")),
        },
    )


@opens_to(*RECORDS)
@require_safe
def rules_moved(request: OfficeRequest) -> HttpResponse:
    """Which open dates of the person's cases a change of the rules moves."""
    start, end = today() - A_YEAR, today()
    asked = {name: request.GET[name] for name in ("start", "end") if name in request.GET}
    form = DaysForm(asked or {"start": start.isoformat(), "end": end.isoformat()})
    if form.is_valid():
        start, end = sorted((form.cleaned_data["start"], form.cleaned_data["end"]))
    shown: dict[str, Any] = _moved(request, start, end) if form.is_valid() else {}
    return render(request, "docket/rules_moved.html", {"form": form, **shown})


def _moved(request: OfficeRequest, start: date, end: date) -> dict[str, Any]:
    page = Paginator(rules_shown.moved_lines(request.actor, start, end), A_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "start": start,
        "end": end,
        "versions": rules_shown.versions_changed(start, end),
        "page": page,
        "query": f"start={start}&end={end}",
    }
