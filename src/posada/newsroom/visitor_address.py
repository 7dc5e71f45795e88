"""Who a visitor is to what counts tries: the address, also behind a proxy on the same network, and the name given.

Comes in: a request. Goes out: text. Tests: tests/newsroom/test_asking_rate.py, tests/newsroom/test_desk_gate.py.
"""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address as text: what a proxy on this network wrote last, else the peer's own."""
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    told = _address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip())
    near = not peer or ip_address(peer).is_private or ip_address(peer).is_loopback
    return (told if told and near and settings.NEWSROOM.behind_tls else peer) or NOWHERE


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        return ""


def name_given(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name of a try, for the lock: its two sides are told it under two words, and must find one count."""
    told = credentials or {}
    return str(told.get("username") or told.get("login") or request.POST.get("login", "")).strip().lower()
