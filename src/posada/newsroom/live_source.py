"""Whether an address may be named as the source of a live event.

The server itself never fetches it: a visitor's browser does, and only from hosts that the operator has allowed. So
the address must be https, on an allowed host, without a user name, and end in a form that a video element plays.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_live_source.py.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

PLAYED = (".m3u8", ".webm", ".mp4")


class SourceRefused(Exception):
    """The address may not be used; the message says why."""


def checked_source(address: str, *, allowed_hosts: Collection[str]) -> str:
    """The address, if it may be used. Raises SourceRefused."""
    if any(ord(each) <= 32 or each in "\\'\";,<>" for each in address):
        raise SourceRefused("The address holds a character that addresses don't have.")
    try:
        told = urlsplit(address)
        port = told.port
    except ValueError:
        raise SourceRefused("This is not an address.") from None
    if told.scheme != "https":
        raise SourceRefused("The address must begin with https://.")
    host = (told.hostname or "").rstrip(".").lower()
    if told.username is not None or told.password is not None:
        raise SourceRefused("The address must not hold a user name or a password.")
    if _is_number(host) or "." not in host or host.endswith((".local", ".internal", ".localhost")):
        raise SourceRefused("The address must name a public host, not a machine of a local network.")
    if host not in allowed_hosts or port not in (None, 443):
        raise SourceRefused(f"{host} is not among the hosts that the operator has allowed for live video.")
    if not told.path.lower().endswith(PLAYED):
        raise SourceRefused("The address must end in .m3u8, .webm or .mp4.")
    return address


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.replace(".", "").isdigit() or host.startswith("0x")
    return True
