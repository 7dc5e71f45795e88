"""Which addresses may be sent to. A subscription comes from anybody, and the server must not be made to call inward.

Comes in: an endpoint as a browser gave it. Goes out: its origin, or a refusal. Only https, only the hosts of known
push services (`services.toml`) and those the operator names, no number in place of a name, no user and password, no
other port. When a name is resolved, only addresses of the public internet are left, and the connection is made to
these very addresses: between check and use nothing is asked again. Redirects are never followed.
Docs: docs/explanation/push.md. Tests: tests/push/test_endpoints.py.
"""

import ipaddress
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

MOST_LETTERS = 1000
HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
WELL_KNOWN_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class EndpointRefused(Exception):
    """An endpoint that is not sent to; the message says why."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """`hosts`: names; one that begins with a dot stands for all below it. `here`: origins on this machine, of tests
    and of a push service of one's own, as in `http://127.0.0.1:9000`; each is taken exactly as it stands."""

    hosts: frozenset[str]
    here: frozenset[str] = field(default_factory=frozenset)

    def knows(self, host: str) -> bool:
        """Whether a host belongs to a push service."""
        return host in self.hosts or any(host.endswith(each) for each in self.hosts if each.startswith("."))


def allowed_services(*, more_hosts: Iterable[str] = (), here: Iterable[str] = ()) -> Allowed:
    """The known push services, and what the operator names besides."""
    return Allowed(_known() | frozenset(each.lower() for each in more_hosts), frozenset(here))


def checked_endpoint(endpoint: str, *, allowed: Allowed) -> str:
    """The origin (`https://host`) of an endpoint that may be sent to. Raises EndpointRefused."""
    if len(endpoint) > MOST_LETTERS or not endpoint.isascii() or re.search(r"[\s\\\x00-\x20\x7f]", endpoint):
        raise EndpointRefused("No endpoint of a push service.")
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise EndpointRefused("No endpoint of a push service.") from None
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.fragment:
        raise EndpointRefused("No endpoint of a push service.")
    if origin in allowed.here:
        return origin
    host = parts.netloc.removesuffix(":443")
    if parts.scheme != "https" or port not in (None, 443) or not HOST.fullmatch(host):
        raise EndpointRefused("Only https, to a host by its name.")
    if not allowed.knows(host):
        raise EndpointRefused("Not the host of a push service that is known here.")
    return f"https://{host}"


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, also behind its forms of passage (mapped, 6to4, NAT64)."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in WELL_KNOWN_NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        within = found.ipv4_mapped or found.sixtofour
        if within is not None:
            return is_public(str(within))
        if found.teredo is not None or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class PublicAddressesOnly(AbstractResolver):
    """Resolves by another resolver and leaves only public addresses: what is left is what is connected to."""

    def __init__(self, asked: AbstractResolver) -> None:
        self._asked = asked

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        """Raises OSError where none is left."""
        found = await self._asked.resolve(host, port, family)  # type: ignore[arg-type]
        public = [each for each in found if is_public(each["host"])]
        if not public:
            raise OSError(f"{host} has no address on the public internet")
        return public

    async def close(self) -> None:
        """Close the other one."""
        await self._asked.close()


@cache
def _known() -> frozenset[str]:
    text = files("posada.push").joinpath("services.toml").read_text(encoding="utf-8")
    return frozenset(str(each) for each in tomllib.loads(text)["hosts"])
