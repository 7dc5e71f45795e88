"""Signing out clears the device: its keys here, and everything that this site keeps in the browser.

Comes in: the sign-out of the library. Goes out: the same, with `Clear-Site-Data`. Unread forms on the device open for
nobody afterwards; the page says so before (web/static/posada/office.js).
Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_signing_out.py.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from posada.office.access.actor import Actor
from posada.office.away.devices import devices_of, erase

COOKIE = "away_device"
"""Which device this browser is; it opens nothing, and no script reads it."""
CLEARED = '"cache", "storage"'


def clears_device(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, after whose POST nothing of the office is left in the browser."""

    @wraps(view)
    def signing_out(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *given, **named)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        answer = view(request, *given, **named)
        pk = device_of_browser(request)
        if pk is not None and actor.user_id is not None:
            erase(actor, devices_of(actor).filter(pk=pk))
        answer.headers["Clear-Site-Data"] = CLEARED
        answer.delete_cookie(COOKIE, samesite="Strict")
        return answer

    return signing_out


def device_of_browser(request: HttpRequest) -> UUID | None:
    """The id in the cookie; None where there is none."""
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
