"""The address that a request came from: what the reverse proxy says where one stands in front, else the peer's.

A forwarded address is believed only from a peer on a private network, and only its last part, which the nearest
proxy wrote; what a visitor writes before it is not.
Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_client_address.py.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """An IP address as text; `0.0.0.0` where the peer has none (a local socket)."""
    peer = request.META.get("REMOTE_ADDR", "")
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    if told and settings.DEPLOYMENT.behind_tls and _is_near(peer):
        return _address(told) or _address(peer) or NOWHERE
    return _address(peer) or NOWHERE


NOWHERE = "0.0.0.0"  # noqa: S104


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        return ""


def _is_near(peer: str) -> bool:
    known = _address(peer)
    return not known or ip_address(known).is_private or ip_address(known).is_loopback
