"""The address that a visitor comes from, also behind a proxy on the same network.

Comes in: a request. Goes out: an IP address as text. Tests: tests/newsroom/test_asking_rate.py.
"""

from ipaddress import ip_address

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
