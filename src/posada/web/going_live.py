"""A restored or copied office is muted until an administrator says that it is now the live one.

Comes in: an administrator's word. Goes out: an office that sends again, from now on; what
had been waiting stays held.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/test_going_live.py.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.office.access.actor import Actor
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.intake.models import ProgramSettings
from posada.office.refusals import NotThere

_seen_live: set[int] = set()
"""Holds one number once this process has seen that the office is live: it is never muted again while it runs."""


def say_it_is_live(actor: Actor) -> bool:
    """The office sends again. False: it did already. Raises NotThere for anybody but an administrator."""
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    with transaction.atomic():
        if ProgramSettings.objects.filter(pk=1, is_muted=True).update(is_muted=False) != 1:
            return False
        append(actor, "office.live")
    return True


def muted(request: HttpRequest) -> dict[str, Any]:
    """For templates: whether the office is muted, so that every page says so."""
    return {"is_muted": False if _seen_live else _is_muted()}


def _is_muted() -> bool:
    found = ProgramSettings.objects.filter(pk=1).values_list("is_muted", flat=True).first()
    if found is False:
        _seen_live.add(1)
    return bool(found)


@opens_to(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def going_live(request: OfficeRequest) -> HttpResponse:
    """What it means, and the button."""
    if request.method == "POST":
        if say_it_is_live(request.actor):
            messages.success(request, _("This is the live office now. It sends again from here on."))
        return redirect("home")
    return render(request, "office/going_live.html")
