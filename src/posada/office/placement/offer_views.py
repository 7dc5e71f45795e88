"""Pages of offers for placement workers. Docs: docs/how-to/send-offers.md.

Tests: tests/office/placement/test_offer_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.desk import mailing
from posada.office.kept_form import version_of
from posada.office.placement import answers, offers
from posada.office.placement.models import Offer, PlannedGroup
from posada.office.placement.offer_checks import LIVE, address_faults
from posada.office.placement.offer_forms import NoteForm, SendForm
from posada.office.placement.offer_selectors import (
    SHOWN,
    STATES,
    counts_by_state,
    newest_approved,
    offers_shown,
    ready_rows,
    seen_faults,
)
from posada.office.placement.offer_words import fault_sentence, told_of
from posada.office.refusals import NotThere, Refusal

PAGE = 25
worker = opens_to(Role.PLACEMENT_WORKER)


@worker
@require_safe
def offer_list(request: OfficeRequest) -> HttpResponse:
    """What can be sent, what must be called, and every offer."""
    return render(request, "placement/offer_list.html", _list_of(request, SendForm(initial=_first())))


@worker
@require_http_methods(["POST"])
def send(request: OfficeRequest) -> HttpResponse:
    """Send the chosen groups of the approved plan, or all of them."""
    form, run = SendForm(request.POST), newest_approved()
    if run is None:
        raise offers.NotApproved(_("No plan is approved yet. Offers follow from an approved plan."))
    if not form.is_valid():
        return render(request, "placement/offer_list.html", _list_of(request, form), status=422)
    chosen = None if "all" in request.POST else _ids(request.POST.getlist("group"))
    sent, not_sent = offers.send_offers(request.actor, run, groups=chosen, **form.cleaned_data)
    refused = [(each, [fault_sentence(f, each.planned.home) for f in each.faults]) for each in not_sent]  # type: ignore[arg-type]
    return render(request, "placement/offer_sent.html", {"sent": sent, "refused": refused})


@worker
@require_safe
def page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One offer: what the home reads, what was sent, and what can be done."""
    offer = _one(request, pk)
    shown = {
        "offer": offer,
        "state": STATES[offer.state],
        "is_live": offer.state in LIVE,
        "reads": told_of(offer) if offer.state in LIVE else None,
        "mails": list(offer.mails.select_related("user").order_by("pk")),
        "address_is_missing": address_faults(offer.home)[1],
        "withdraw_form": NoteForm(),
    }
    return render(request, "placement/offer_page.html", shown)


@worker
@require_http_methods(["POST"])
def by_phone(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The home has answered by phone."""
    offer = _one(request, pk)
    if request.POST.get("answer") == "yes":
        answers.accept(request.actor, offer)
        messages.success(request, _("Written down: the home said yes."))
    elif request.POST.get("answer") == "no":
        answers.decline(request.actor, offer)
        messages.success(request, _("Written down: the home said no. The group is back on the board."))
    return redirect("offer_page", pk=pk)


@worker
@require_http_methods(["POST"])
def withdraw(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take an offer back."""
    offer = _one(request, pk)
    offers.withdraw(request.actor, offer, version=_version(request), reason=request.POST.get("reason", ""))
    messages.success(request, _("The offer was withdrawn."))
    return redirect("offer_page", pk=pk)


@worker
@require_http_methods(["POST"])
def again(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Send a new link; the old one is dead."""
    offers.send_again(
        request.actor, _one(request, pk), version=_version(request), expires_at=offers.default_expiry()
    )
    messages.success(request, _("A new link was sent. The old one no longer works."))
    return redirect("offer_page", pk=pk)


@worker
@require_http_methods(["POST"])
def came_back(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The mail came back: entered by hand."""
    offer, chosen = _one(request, pk), set(request.POST.getlist("mail"))
    for mail in (each for each in offer.mails.all() if str(each.pk) in chosen):
        mailing.mark_bounced(request.actor, mail)
    messages.warning(request, _("Not delivered. Call the home; the time of the offer stands still."))
    return redirect("offer_page", pk=pk)


def _one(request: OfficeRequest, pk: UUID) -> Offer:
    return doors.one(doors.offers(request.actor).select_related("group", "home", "counsel"), pk)


def _version(request: OfficeRequest) -> int:
    version = version_of(request.POST.get("version", ""))
    if not version:
        raise Refusal(_("The form was not whole. Load the page again."))
    return version


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts[:2_000]]
    except ValueError as wrong:
        raise NotThere from wrong


def _first() -> dict[str, Any]:
    return {"expires_at": offers.default_expiry().replace(tzinfo=None), "length_days": offers.LENGTH_DAYS}


def _list_of(request: OfficeRequest, form: SendForm) -> dict[str, Any]:
    actor, show = request.actor, request.GET.get("show", "")
    show = show if show in SHOWN else ""
    run = newest_approved()
    waiting = ready_rows(actor, run) if run else PlannedGroup.objects.none()
    ready = Paginator(waiting, PAGE).get_page(request.GET.get("ready"))
    rows = list(ready)
    faults = seen_faults(rows)
    counts = counts_by_state(actor)
    listed = Paginator(offers_shown(actor, show), PAGE).get_page(request.GET.get("page"))
    open_now, to_call = counts["open"], counts["call"]
    return {
        "form": form,
        "run": run,
        "ready": ready,
        "ready_rows": [
            (row, [fault_sentence(f, row.home) for f in faults[row.pk]] if row.home else []) for row in rows
        ],
        "answer": _answer_line(ready.paginator.count, open_now, to_call),
        "kinds": [(code, words, counts[code], code == show) for code, (words, _s) in SHOWN.items()],
        "show": show,
        "query": f"show={show}" if show else "",
        "page": listed,
        "rows": [(each, *STATES[each.state]) for each in listed],
    }


def _answer_line(ready: int, open_now: int, to_call: int) -> str:
    if to_call:
        return ngettext("%(n)d home must be called", "%(n)d homes must be called", to_call) % {"n": to_call}
    if ready:
        return ngettext("%(n)d offer can be sent", "%(n)d offers can be sent", ready) % {"n": ready}
    if open_now:
        return ngettext("%(n)d home has not answered yet", "%(n)d homes have not answered yet", open_now) % {
            "n": open_now
        }
    return _("No offer is open, and none waits to be sent")
