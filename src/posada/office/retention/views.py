"""The page of what is due to be erased: counts and opaque ids; names only where the person's own doors show them.

Tests: tests/office/retention/test_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.approval_words import said_of
from posada.office.access.gate import opens_to
from posada.office.access.models import Approval
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.kept_form import version_of
from posada.office.refusals import NotThere, Refusal
from posada.office.retention import asking
from posada.office.retention.models import LegalHold
from posada.office.retention.subjects import due, rules
from posada.retention import Due

KINDS: dict[str, Any] = {
    "group": gettext_lazy("Sibling group"),
    "enquiry": gettext_lazy("Enquiry"),
    "hours_offer": gettext_lazy("Offer of hours"),
    "import": gettext_lazy("Import"),
}
ROWS = 100
"""Shown at once, and asked for at once."""


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: OfficeRequest) -> HttpResponse:
    """What is due, the holds, the rules, and a request to erase what was chosen."""
    found = due()
    if request.method == "POST":
        chosen = set(request.POST.getlist("chosen"))
        wanted = [each for each in found if each.id in chosen]
        asking.ask(request.actor, wanted, reason=request.POST.get("reason", ""))
        messages.success(request, _("Asked. Another person has to agree on the page of approvals."))
        return redirect("retention")
    names = _names(request.actor, found[:ROWS])
    rows = [(each, KINDS[each.kind], names.get(each.id, "")) for each in found[:ROWS]]
    mine = Approval.objects.filter(act=asking.ACT, asked_by_id=request.actor.user_id).order_by("-asked_at")
    holds = LegalHold.objects.filter(lifted_on__isnull=True).select_related("by").order_by("from_date")
    shown = {
        "rows": rows,
        "all": len(found),
        "free": any(not each.held for each in found),
        "asked": [(each, said_of(each)) for each in mine.select_related("answered_by")[:10]],
        "holds": [(each, KINDS[each.kind]) for each in holds],
        "rules": [(KINDS[each.kind], each) for kind in KINDS for each in rules().get(kind, ())],
        "kinds": KINDS.items(),
        "holds_here": request.actor.has(Role.PROGRAM_DIRECTOR),
    }
    return render(request, "retention/retention.html", shown)


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_POST
def retention_erase(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Erase what another person agreed to."""
    count = asking.carry_out(request.actor, pk)
    messages.success(request, _("Erased: %(n)d. Files follow within a minute.") % {"n": count})
    return redirect("retention")


@opens_to(Role.PROGRAM_DIRECTOR)
@require_POST
def retention_hold(request: OfficeRequest) -> HttpResponse:
    """Hold something by its opaque id."""
    try:
        subject = UUID(request.POST.get("subject", "").strip())
    except ValueError:
        raise Refusal(
            _("This is no id of this office: copy it from the list or from the page's address.")
        ) from None
    asking.hold(request.actor, request.POST.get("kind", ""), subject, reason=request.POST.get("reason", ""))
    messages.success(request, _("Held until it is lifted."))
    return redirect("retention")


@opens_to(Role.PROGRAM_DIRECTOR)
@require_POST
def retention_lift(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Lift a hold."""
    held = LegalHold.objects.filter(pk=pk, lifted_on__isnull=True).first()
    if held is None:
        raise NotThere
    asking.lift(request.actor, held, version=version_of(request.POST.get("version", "")))
    messages.success(request, _("The hold is lifted."))
    return redirect("retention")


def _names(actor: Actor, found: list[Due]) -> dict[str, str]:
    """Names of groups behind the person's own doors; nothing of the others."""
    wanted = [each.id for each in found if each.kind == "group"]
    named: dict[str, list[str]] = {}
    for child in doors.children(actor).filter(group_id__in=wanted).order_by("child_id"):
        named.setdefault(str(child.group_id), []).append(child.name)
    return {group: ", ".join(names) for group, names in named.items()}
