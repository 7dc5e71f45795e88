"""The pages of the legal coordinator on which offers of hours from the public site are settled.

Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_hours_offer_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.counsel import hours_offers as offers
from posada.office.counsel.forms import CounselForm
from posada.office.counsel.models import Counsel
from posada.office.kept_form import save_kept, version_of

A_PAGE = 25


@opens_to(Role.LEGAL_COORDINATOR)
@require_safe
def hours_offers(request: OfficeRequest) -> HttpResponse:
    """Every offer, the ones that wait first, oldest first."""
    rows = doors.hours_offers(request.actor)
    waiting = rows.filter(state__in=offers.OPEN).count()
    page = Paginator(rows.order_by("-state", "received_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    lines = [(row, offers.KINDS[row.kind], offers.STATES[row.state]) for row in page]
    return render(request, "counsel/hours_offers.html", {"page": page, "lines": lines, "waiting": waiting})


@opens_to(Role.LEGAL_COORDINATOR)
@require_safe
def hours_offer_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One offer: what was offered, its sealed contacts, and what comes next."""
    offer = doors.one(doors.hours_offers(request.actor).select_related("counsel"), pk)
    shown: dict[str, Any] = {
        "offer": offer,
        "kind": offers.KINDS[offer.kind],
        "state": offers.STATES[offer.state],
        "filled": sorted(doors.has_sealed(offer)),
        "is_open": offer.state in offers.OPEN,
        "is_lawyer": offer.kind == "attorney",
        "is_new": offer.state == offers.STATE.RECEIVED,
    }
    return render(request, "counsel/hours_offer.html", shown)


@opens_to(Role.LEGAL_COORDINATOR)
@require_POST
def hours_offer_move(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Go on with an offer, or end it."""
    offer = doors.one(doors.hours_offers(request.actor), pk)
    offers.move(
        request.actor,
        offer,
        version=version_of(request.POST.get("version", "")),
        to=request.POST.get("to", ""),
        reason=request.POST.get("reason", "").replace("\x00", ""),
    )
    messages.success(request, _("Saved."))
    return redirect("hours_offer_page", pk=pk)


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hours_offer_enter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Enter the lawyer as counsel, with what the offer says already filled in."""
    offer = doors.one(doors.hours_offers(request.actor), pk)
    given = {"languages": "; ".join(offer.languages), "kind": "attorney"}
    return save_kept(
        request,
        CounselForm(request.POST or None, initial=given),
        lambda typed: offers.enter(request.actor, offer, Counsel(**typed.changes), version=offer.version),
        template="counsel/form.html",
        done=lambda saved: reverse("counsel_page", args=[saved.pk if saved else ""]),
        context={"heading": _("Enter the lawyer who offered hours as counsel")},
    )
