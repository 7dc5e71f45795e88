"""Opening one sealed field: whom it is of, why it is needed, then the value, once, for a minute.

Works without JavaScript as three pages; with htmx the same parts change in place.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_sealed_views.py.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.office.access import doors, opening_pace
from posada.office.access.actor import Actor
from posada.office.access.gate import opens_to, shows_sealed
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.access.sealed_words import KINDS
from posada.office.refusals import NotThere, Refusal

OPENERS: tuple[Role, ...] = tuple(sorted({role for roles in doors.OPENERS.values() for role in roles}))
HIDES_AFTER_SECONDS = 60


@opens_to(*OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sealed_field(request: OfficeRequest, kind: str, pk: UUID, field: str) -> HttpResponse:
    """Ask for a reason; then show the value once."""
    record, name = _record(request.actor, kind, pk), field.replace("-", "_")
    if name not in doors.SEALED_FIELDS[KINDS[kind]]:
        raise NotThere
    shown: dict[str, Any] = {"record": record, "field": name, "of_whom": _of_whom(record), "state": "asking"}
    if request.method == "POST":
        try:
            opened = doors.open_sealed(request.actor, record, name, reason=request.POST.get("reason", ""))
            shown |= {"state": "open", "value": opened.text, "seconds": HIDES_AFTER_SECONDS}
            shown["idle_seconds"] = settings.SESSION_SEALED_IDLE_SECONDS
            shows_sealed(request)
        except (doors.NoReason, opening_pace.TooMany) as refusal:
            shown |= {"refusal": refusal, "is_stopped": isinstance(refusal, opening_pace.TooMany)}
    elif request.htmx and "shut" in request.GET:
        shown["state"] = "shut"
    return render(request, "access/sealed_part.html" if request.htmx else "access/sealed_page.html", shown)


@opens_to(*OPENERS)
@require_POST
def sealed_more(request: OfficeRequest) -> HttpResponse:
    """Ask a second person to let one open more than usual."""
    if len(request.POST.get("reason", "").strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    opening_pace.ask_for_more(request.actor, reason=request.POST["reason"])
    return redirect("approvals")


def _record(actor: Actor, kind: str, pk: UUID) -> Model:
    rows: dict[str, Any] = {"child": doors.children, "home": doors.homes, "enquiry": doors.enquiries}
    if kind not in rows or not actor.has(*doors.OPENERS[KINDS[kind]]):
        raise NotThere
    found: QuerySet[Any] = rows[kind](actor)
    record: Model = doors.one(found, pk)
    return record


def _of_whom(record: Any) -> str:
    """The person or home, in words that this reader sees on its page anyhow."""
    if record._meta.label_lower == "intake.child":
        return " ".join(part for part in (record.given_name, record.family_name) if part)
    return str(getattr(record, "home_id", "") or getattr(record, "reference", ""))
