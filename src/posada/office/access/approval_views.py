"""Approvals: what waits for me, what I have asked for, and an answer with its reason.

Tests: tests/office/access/test_approval_views.py.
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.approval_words import said_of
from posada.office.access.gate import opens_to
from posada.office.access.models import Approval
from posada.office.access.request import OfficeRequest
from posada.office.refusals import Refusal

ANSWERERS = tuple(sorted(frozenset(role for roles in two_persons.ACTS.values() for role in roles)))
ROWS = 25


def waiting_for(actor: Actor) -> "QuerySet[Approval]":
    """Requests that this person may answer: of acts of the own roles, by another human being, and not lapsed."""
    acts = [act for act, roles in two_persons.ACTS.items() if actor.has(*roles)]
    rows = Approval.objects.filter(act__in=acts, state=Approval.State.ASKED, expires_at__gt=timezone.now())
    return rows.exclude(asked_by__person_key=actor.person_key).select_related("asked_by").order_by("asked_at")


@opens_to(*sorted(two_persons.ASK_OR_ANSWER))
@require_safe
def approvals(request: OfficeRequest) -> HttpResponse:
    """What waits for me first, then what I have asked for."""
    waiting = [(each, said_of(each)) for each in waiting_for(request.actor)[:ROWS]]
    mine = Approval.objects.filter(asked_by_id=request.actor.user_id).select_related("answered_by")
    page = Paginator(mine.order_by("-asked_at"), ROWS).get_page(request.GET.get("page"))
    asked = [(each, said_of(each), each.expires_at <= timezone.now()) for each in page]
    return render(
        request, "access/approvals.html", {"waiting": waiting, "asked": asked, "page": page, "query": ""}
    )


@opens_to(*ANSWERERS)
@require_POST
def approval_answer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Approve or refuse; a refusal says why."""
    approve = request.POST.get("answer") == "approve"
    reason = request.POST.get("reason", "")
    if not approve and len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why not."), code="no_reason")
    two_persons.answer(request.actor, pk, approve=approve, reason=reason)
    messages.success(request, _("Approved.") if approve else _("Refused."))
    return redirect("approvals")
