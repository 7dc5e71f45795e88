"""Pages of cost: a month by payer and kind, the entries and rows behind each sum, rates, hours, prices, the claim.

Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_cost_views.py.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posada.ledger.entry import month_of, shares
from posada.ledger.minimal_cost import compare, cost_of_book
from posada.ledger.month_close import last_day
from posada.ledger.rates import DONATED
from posada.ledger.what_if import BadChange, Change, mix_on, what_if
from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.ledger import bookkeeping, closing
from posada.office.ledger.forms import WhatIfForm
from posada.office.ledger.words import KIND_WORDS, PAYER_WORDS
from posada.office.refusals import Refusal

SEES_SUMS = (Role.PROGRAM_DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR)
SEES_COST = (Role.PROGRAM_DIRECTOR, Role.AUDITOR)
SEES_ROWS = (Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR)
ROWS = 25


def asked_month(request: HttpRequest) -> date:
    """The month of the address (2014-07), else this one; a month that is none is this one too."""
    text = (request.GET.get("month") or request.POST.get("month") or "")[:7]
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(today())
    return found if 1990 <= found.year <= today().year else month_of(today())


@opens_to(*SEES_SUMS)
@require_safe
def ledger(request: OfficeRequest) -> HttpResponse:
    """A month: what a child's day cost, by payer and by kind; whether it is closed; what came to light later."""
    page = bookkeeping.month_page(asked_month(request))
    waiting = None if page.closed else closing.waiting_for(page.first)
    shown = {
        "page": page,
        "parts": _parts(page.book.entries),
        "months": bookkeeping.months_back(),
        "is_over": today() > page.last,
        "late_now": closing.what_is_late(page.closed) if page.closed else (),
        "waiting": waiting,
        "may_close": request.actor.has(*closing.CLOSES),
        "is_mine": waiting is not None and waiting.asked_by_id == request.actor.user_id,
        "may_see_entries": request.actor.has(*SEES_COST),
        "may_see_rows": request.actor.has(*SEES_ROWS),
        "month": f"{page.first:%Y-%m}",
    }
    return render(request, "ledger/month.html", shown)


def _parts(entries: Any) -> list[dict[str, Any]]:
    """The sums of a month by payer and kind, the largest first; given hours last."""
    cents: Counter[tuple[str, str]] = Counter()
    days: Counter[tuple[str, str]] = Counter()
    for each in entries:
        cents[each.payer, each.kind] += each.cents
        days[each.payer, each.kind] += each.quantity
    keys = sorted(cents, key=lambda key: (key[0] == DONATED, -cents[key], key))
    return [
        {
            "payer": payer,
            "kind": kind,
            "payer_words": PAYER_WORDS.get(payer, payer),
            "kind_words": KIND_WORDS.get(kind, kind),
            "cents": cents[payer, kind],
            "quantity": days[payer, kind],
            "is_hours": payer == DONATED,
        }
        for payer, kind in keys
    ]


@opens_to(*SEES_COST)
@require_safe
def ledger_entries(request: OfficeRequest) -> HttpResponse:
    """The entries behind a sum, day by day, each with its source and its two sides."""
    month = bookkeeping.month_page(asked_month(request))
    payer, kind = _one_of(request, "payer", PAYER_WORDS), _one_of(request, "kind", KIND_WORDS)
    every = [*month.book.entries, *month.late]
    rows = [each for each in every if payer in ("", each.payer) and kind in ("", each.kind)]
    query = f"month={month.first:%Y-%m}&payer={payer}&kind={kind}"
    shown = {
        "month": month,
        "payer": PAYER_WORDS.get(payer, ""),
        "kind": KIND_WORDS.get(kind, ""),
        "cents": sum(each.cents for each in rows),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "query": query,
    }
    return render(request, "ledger/entries.html", shown)


@opens_to(*SEES_ROWS)
@require_safe
def ledger_rows(request: OfficeRequest) -> HttpResponse:
    """The stays behind a sum, of the children whom the person sees; of the others only their sum."""
    first = asked_month(request)
    payer, kind = _one_of(request, "payer", PAYER_WORDS), _one_of(request, "kind", KIND_WORDS)
    behind = [
        each
        for each in bookkeeping.rows_behind(first, last_day(first))
        if payer in ("", each.payer) and kind in ("", each.stay.kind)
    ]
    seen = {str(pk) for pk in doors.children(request.actor).values_list("pk", flat=True)}
    mine = [each for each in behind if each.stay.child in seen]
    page = Paginator(mine, ROWS).get_page(request.GET.get("page"))
    named = Child.objects.in_bulk([each.stay.child for each in page])
    shown = {
        "month": first,
        "page": page,
        "rows": [(named.get(_uuid(each.stay.child)), each, KIND_WORDS.get(each.stay.kind)) for each in page],
        "cents": sum(each.cents or 0 for each in behind),
        "others": len(behind) - len(mine),
        "other_cents": sum(each.cents or 0 for each in behind if each.stay.child not in seen),
        "query": f"month={first:%Y-%m}&payer={payer}&kind={kind}",
        "closed": bookkeeping.month_page(first).closed,
    }
    return render(request, "ledger/rows.html", shown)


def _uuid(text: str) -> Any:
    from uuid import UUID

    return UUID(text)


def _one_of(request: OfficeRequest, name: str, words: dict[str, Any]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in words else ""


@opens_to(*closing.CLOSES)
@require_POST
def ledger_close(request: OfficeRequest) -> HttpResponse:
    """Ask another person to agree to the month, or close what was agreed to."""
    month = asked_month(request)
    waiting = closing.waiting_for(month)
    if waiting is None:
        closing.ask_to_close(request.actor, month, reason=request.POST.get("reason", ""))
        messages.success(request, _("Asked. Another person agrees under Approvals, within the hour."))
    elif waiting.state == "asked":
        raise Refusal(_("Another person has not agreed yet."), code="needs_second_person")
    else:
        closing.close_month(request.actor, month, waiting)
        messages.success(request, _("The month is closed. It never changes again."))
    return redirect(f"{reverse('ledger')}?month={month:%Y-%m}")


@opens_to(*closing.CLOSES)
@require_POST
def ledger_set_right(request: OfficeRequest) -> HttpResponse:
    """Enter today what a closed month lacks."""
    month = asked_month(request)
    entered = closing.set_right(request.actor, month)
    messages.success(request, _("%(n)s entries of today set the month right.") % {"n": len(entered)})
    return redirect(f"{reverse('ledger')}?month={month:%Y-%m}")


@opens_to(*SEES_COST)
@require_safe
def ledger_what_if(request: OfficeRequest) -> HttpResponse:
    """A change priced on the children of today."""
    form = WhatIfForm(request.GET) if "kin" in request.GET else WhatIfForm()
    table, on = bookkeeping.rates(), today()
    mix = mix_on(shares(bookkeeping.stays(on, on), rates=table, first=on, last=on), rates=table, day=on)
    priced = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            priced = what_if(mix, Change(given["kin"], given["each"], given["no_group"]))
        except BadChange:
            form.add_error(None, _("Say what should change: more kin homes, or no group care."))
    shown = {
        "form": form,
        "priced": priced,
        "mix": [(KIND_WORDS[kind], n, mix.each[kind]) for kind, n in mix.children.items()],
        "after": [(KIND_WORDS[kind], n) for kind, n in priced.after.children.items()] if priced else (),
        "moved": [(KIND_WORDS[a], KIND_WORDS[b], n) for (a, b), n in priced.moved.items()] if priced else (),
        "saved": priced.cents_saved if priced else None,
        "today": on,
    }
    return render(request, "ledger/what_if.html", shown, status=422 if form.errors else 200)


@opens_to(*SEES_COST)
@require_safe
def ledger_claim(request: OfficeRequest) -> HttpResponse:
    """A day in the program beside a day of each alternative, with the assumptions of the answer."""
    month = bookkeeping.month_page(asked_month(request))
    table = bookkeeping.rates()
    cost = cost_of_book(month.book, rates=table)
    found = compare(cost, on=min(month.last, today()), rates=table) if cost else None
    lines = (
        [(KIND_WORDS[each.kind], each, each.times(cost)) for each in found.alternatives]
        if found and cost
        else []
    )
    shown = {
        "month": month,
        "found": found,
        "lines": lines,
        "part": round((cost.without_price if cost else 0) * 100),
    }
    return render(request, "ledger/claim.html", shown)
