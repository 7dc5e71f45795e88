"""Pages of what people enter: dated rates, and hours that counsel give.

Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_kept_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.kept_form import save_kept, version_of
from posada.office.ledger import dated_rates, hours
from posada.office.ledger.cost_views import SEES_COST
from posada.office.ledger.forms import HoursForm, RateForm
from posada.office.ledger.models import DatedRate, HoursGiven
from posada.office.ledger.words import KIND_WORDS, PAYER_WORDS, VERIFIED_WORDS

ROWS = 25


@opens_to(*SEES_COST)
@require_safe
def ledger_rates(request: OfficeRequest) -> HttpResponse:
    """Every rate with its day, payer and source; what is missing comes first."""
    lines = dated_rates.lines()
    shown = {
        "lines": [
            (KIND_WORDS[each.kind], PAYER_WORDS[each.payer], each, [_told(*pair) for pair in each.rows])
            for each in lines
        ],
        "missing": sum(each.now is None for each in lines),
        "may_set": request.actor.has(*dated_rates.SETS),
    }
    return render(request, "ledger/rates.html", shown)


def _told(rate: Any, row: DatedRate | None) -> tuple[Any, ...]:
    tone, word = VERIFIED_WORDS.get(rate.verified, ("warn", rate.verified))
    return rate, row, tone, word


@opens_to(*dated_rates.SETS)
@require_http_methods(["GET", "HEAD", "POST"])
def ledger_rate_new(request: OfficeRequest) -> HttpResponse:
    """A new rate is a new dated row."""
    form = RateForm(request.POST or None)

    def save(typed: Any) -> DatedRate:
        return dated_rates.add_rate(request.actor, **typed.given)

    return save_kept(
        request, form, save, template="ledger/rate_new.html", done=reverse("ledger_rates"), context={}
    )


@opens_to(*dated_rates.SETS)
@require_POST
def ledger_rate_out(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a rate out that was a mistake."""
    row = doors.one(DatedRate.objects.filter(voided_at__isnull=True), pk)
    reason, version = request.POST.get("reason", ""), version_of(request.POST.get("version", ""))
    dated_rates.take_out(request.actor, row, version=version, reason=reason)
    return redirect("ledger_rates")


@opens_to(*hours.GIVES)
@require_http_methods(["GET", "HEAD", "POST"])
def counsel_hours(request: OfficeRequest) -> HttpResponse:
    """The hours given by the counsel whom the person sees, and a form for more."""
    counsel = doors.counsel(doors.as_legal(request.actor)).order_by("display_name", "counsel_id")
    form = HoursForm(request.POST or None, counsel=counsel)

    def save(typed: Any) -> HoursGiven:
        return hours.add_hours(request.actor, **typed.given)

    rows = hours.hours_of(request.actor)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": "",
        "minutes": sum(each.minutes for each in page),
        "has_counsel": counsel.exists(),
    }
    return save_kept(
        request, form, save, template="ledger/hours.html", done=reverse("counsel_hours"), context=context
    )


@opens_to(*hours.GIVES)
@require_POST
def counsel_hours_out(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take hours out that were a mistake."""
    row = doors.one(hours.hours_of(request.actor), pk)
    reason, version = request.POST.get("reason", ""), version_of(request.POST.get("version", ""))
    hours.take_out(request.actor, row, version=version, reason=reason)
    return redirect("counsel_hours")
