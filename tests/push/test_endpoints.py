"""A subscription cannot make the server call inward: every way round is refused before a connection is made."""

import asyncio
import itertools
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from posada.push.endpoints import (
    EndpointRefused,
    PublicAddressesOnly,
    allowed_services,
    checked_endpoint,
    is_public,
)

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:def-_",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://web.push.apple.com/QABC",
    "https://api.push.apple.com:443/QABC",
    "https://wns2-am3p.notify.windows.com/w/?token=BQYA%2b",
]
INWARD_HOSTS = [
    *("127.0.0.1", "localhost", "0.0.0.0", "0", "2130706433", "0x7f000001", "017700000001", "127.1"),
    *(
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1%25eth0]",
        "10.0.0.5",
        "192.168.1.1",
    ),
    *(
        "169.254.169.254",
        "172.16.0.1",
        "100.64.0.1",
        "metadata.google.internal",
        "intranet",
        "fcm.googleapis.com.",
    ),
    *(
        "fcm.googleapis.com.evil.example",
        "evil.example",
        "fcm.googleapis.com@127.0.0.1",
        "notify.windows.com",
    ),
    *(
        "user:pass@fcm.googleapis.com",
        "fcm.googleapis.com:8443",
        "fcm.googleapis.com:22",
        "evilfcm.googleapis.com",
    ),
    *(
        "127.0.0.1%2f@fcm.googleapis.com",
        "fcm.googleapis.com\\@127.0.0.1",
        "fcm.googleapis.com%00.evil.example",
    ),
    *(
        "FCM.googleapis.com",
        "ⓕcm.googleapis.com",
        "fcm。googleapis.com",
        "x_y.push.apple.com",
        "-.push.apple.com",
    ),
    *("..push.apple.com", "a..push.apple.com", "127.0.0.1#.push.apple.com", "127.0.0.1?.push.apple.com"),
]
INWARD = [
    f"{scheme}{host}{path}"
    for (scheme, path), host in itertools.product(
        [("https://", "/a"), ("http://", "/a"), ("https:////", "/a"), ("https://", ""), ("ftp://", "/"),
         ("https://", "/a?b=https://fcm.googleapis.com/"), ("HTTPS://", "/x"), ("//", "/a")],
        INWARD_HOSTS,
    )
]  # fmt: skip


@pytest.mark.parametrize("endpoint", KNOWN)
def test_endpoints_of_the_browsers_services_are_taken(endpoint: str) -> None:
    origin = checked_endpoint(endpoint, allowed=allowed_services())
    assert origin.startswith("https://") and endpoint.startswith(origin)


def test_three_hundred_ways_inward_are_refused() -> None:
    taken, allowed = [], allowed_services()
    for endpoint in INWARD:
        try:
            checked_endpoint(endpoint, allowed=allowed)
        except EndpointRefused:
            continue
        taken.append(endpoint)
    assert len(INWARD) >= 300
    assert taken == []


@pytest.mark.parametrize("letters", ["\n", "\r\nHost: x", "\t", " ", "\x00", "é", "#x", "a" * 1000])
def test_an_endpoint_holds_nothing_that_is_no_address(letters: str) -> None:
    with pytest.raises(EndpointRefused):
        checked_endpoint("https://fcm.googleapis.com/a" + letters, allowed=allowed_services())


def test_an_origin_on_this_machine_is_taken_only_as_it_was_named() -> None:
    allowed = allowed_services(here=["http://127.0.0.1:9000"])
    assert checked_endpoint("http://127.0.0.1:9000/a", allowed=allowed) == "http://127.0.0.1:9000"
    for other in ("http://127.0.0.1:9001/a", "http://localhost:9000/a", "http://u@127.0.0.1:9000/a"):
        with pytest.raises(EndpointRefused):
            checked_endpoint(other, allowed=allowed)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *(
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fec0::1",
            "ff02::1",
        ),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "name"),
    ],
)
def test_addresses_that_are_not_of_the_public_internet_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["142.250.1.95", "2607:f8b0:4004::5f", "64:ff9b::8efa:15f"])
def test_public_addresses_are_known_too(address: str) -> None:
    assert is_public(address)


class Turning(AbstractResolver):
    """A name that is public when it is first asked for, and this machine's ever after."""

    def __init__(self, *turns: list[str]) -> None:
        self.turns, self.asked = list(turns), 0

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # type: ignore[override]
        self.asked += 1
        found = self.turns.pop(0)
        return [
            ResolveResult(hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=0)
            for each in found
        ]

    async def close(self) -> None:
        return None


def test_what_was_checked_is_what_is_connected_to() -> None:
    turning = Turning(["142.250.1.95", "127.0.0.1"], ["127.0.0.1"])
    only = PublicAddressesOnly(turning)
    first = asyncio.run(only.resolve("fcm.googleapis.com", 443))
    assert [each["host"] for each in first] == ["142.250.1.95"]
    assert turning.asked == 1
    with pytest.raises(OSError, match="public"):
        asyncio.run(only.resolve("fcm.googleapis.com", 443))
