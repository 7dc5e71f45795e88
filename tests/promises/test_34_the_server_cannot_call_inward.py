"""Promise 34: the server can't be made to call inward. Every place of the source that can open a connection is on a
list with its reason, and of addresses that others give only those of known push services are called. 300 are tried in
the long run, `POSADA_ADDRESSES=300`, 60 in the short one: at the sender, at the public door that takes them, planted
past it into the table, and as sources and links of stories. A listener counts: 0.

Names are answered by a stub at the socket of this process, so that they can change between check and use; what it
answers is connected to for real, and whatever is not this machine is stopped by the watch before its first packet.
"""

import ast
import json
import os
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

import posada
from posada.newsroom.live_source import SourceRefused, checked_source
from posada.push.answers import Outcome
from posada.push.endpoints import allowed_services
from posada.push.keys import PushKeys, new_keys
from posada.push.sending import Pace, Result, Target, send
from tests.newsroom.conftest import site as site
from tests.newsroom.newsroom_site import Site
from tests.newsroom.notifications.conftest import Newsroom
from tests.newsroom.notifications.conftest import a_newsroom as a_newsroom
from tests.newsroom.notifications.conftest import told_site as told_site
from tests.promises.inward_addresses import KNOWN, Listener, calls_watched, inward_addresses, listening
from tests.push import fake_service as services
from tests.push.fake_service import Browser, fake_service

COUNT = int(os.environ.get("POSADA_ADDRESSES", "60"))
SOURCE = Path(posada.__file__).parent
CAN_CONNECT = {
    *(
        "socket",
        "socketserver",
        "ssl",
        "smtplib",
        "ftplib",
        "poplib",
        "imaplib",
        "telnetlib",
        "xmlrpc",
        "nntplib",
    ),
    *(
        "http.client",
        "urllib.request",
        "urllib3",
        "requests",
        "httpx",
        "aiohttp",
        "websockets",
        "pycurl",
        "paramiko",
    ),
    *(
        "django.core.mail",
        "psycopg",
        "redis",
        "boto3",
        "pywebpush",
        "asyncio.streams",
        "webbrowser",
        "multiprocessing.connection",
    ),
}
MAY_CONNECT = {
    "push/endpoints.py": "resolves the names of push services, and leaves public addresses alone",
    "push/sending.py": "calls push services: what this test is about",
    "web/serving.py": "asks the health of its own process, at its own port",
    "web/asked_health.py": "asks the health of its own process, at its own port",
    "office/desk/mailing.py": "hands mail to the operator's mail server, and to no other",
}
QUICK = Pace(each_service=8, answer_seconds=2.0, attempts=1, first_wait=0.01, most_wait=0.02)
BROWSER = Browser()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as running:
        yield running


@pytest.fixture
def keys() -> PushKeys:
    return new_keys(contact="mailto:press@example.org", demonstration=True)


def sent(keys: PushKeys, addresses: list[str], *, here: list[str]) -> dict[str, Result]:
    """What became of a message to each of these endpoints."""
    targets = [Target(each, each, BROWSER.p256dh, BROWSER.auth, b"{}") for each in addresses]
    return {
        each.id: each for each in send(targets, keys=keys, allowed=allowed_services(here=here), pace=QUICK)
    }


def imported(path: Path) -> set[str]:
    """Modules that a file imports, with every part of their names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        of = f"{node.module}" if isinstance(node, ast.ImportFrom) else ""
        found |= {each for name in names for each in (of, f"{of}.{name}".strip("."))}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
            "open_connection",
            "create_connection",
            "urlopen",
        ):
            found.add("socket")
    return {".".join(name.split(".")[:count]) for name in found for count in range(1, name.count(".") + 2)}


def test_every_place_that_can_open_a_connection_is_known() -> None:
    files = sorted(SOURCE.rglob("*.py"))
    able = {str(path.relative_to(SOURCE)): found for path in files if (found := imported(path) & CAN_CONNECT)}
    print(f"{len(files):,} files of the source read; {len(able)} can open a connection")
    assert set(able) == set(MAY_CONNECT), able
    assert len(files) > 500


def test_no_endpoint_leads_inward(keys: PushKeys, listener: Listener) -> None:
    addresses = inward_addresses(COUNT, port=listener.port)
    with calls_watched() as calls:
        told = sent(keys, addresses, here=[])
    others = [each for each in addresses if told[each].outcome is not Outcome.NOT_ALLOWED]
    print(
        f"{len(addresses)} tries at the sender: {listener.connections} connections, {len(calls.asked)} names asked"
    )
    assert (listener.connections, calls.reached, calls.asked, others) == (0, [], [], [])
    assert len(addresses) == COUNT


class Names:
    """Answers names in place of the system: each time with the next of what was prepared."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0
        self.real = socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if host != KNOWN:
            return self.real(host, port, *more, **named)
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (each, port, 0, 0))
            if ":" in each
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in answer
        ]


INSIDE = (
    *(
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.9",
    ),
    *(
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "fe80::1",
    ),
    *(
        "fe80::1%lo",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "240.0.0.1",
    ),
)
OUTSIDE = "142.250.0.1"  # public; the watch stops the connection to it


def test_a_name_that_leads_inward_is_not_followed(
    keys: PushKeys, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, tried = f"https://{KNOWN}/fcm/send/a", 0
    for inside in INSIDE:
        changes: list[list[list[str]]] = [
            [[inside]],
            [[OUTSIDE], [inside]],  # between check and use
            [[inside], [OUTSIDE]],
            [[OUTSIDE, inside]],
            [[inside, OUTSIDE]],
        ]
        for answers in changes:
            names = Names(*answers)
            monkeypatch.setattr(socket, "getaddrinfo", names)
            with calls_watched() as calls:
                (result,) = sent(keys, [endpoint], here=[]).values()
            assert result.outcome is not Outcome.SENT
            assert set(calls.reached) <= {f"{OUTSIDE}:443"}, (answers, calls.reached)
            assert names.asked == 1
            tried += 1
    print(f"{tried} tries with names that lead inward or change: {listener.connections} connections inward")
    assert listener.connections == 0


def test_a_redirect_is_not_followed(
    keys: PushKeys, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses, tried = (301, 302, 303, 307, 308, 300, 305), 0
    where = [
        *inward_addresses(COUNT, port=listener.port)[:10],
        f"http://127.0.0.1:{listener.port}/",
        "/\t//localhost",
    ]

    async def take(_self: Any, request: web.Request) -> web.StreamResponse:
        status, number = map(int, request.path.strip("/").split("/"))
        place = where[number].encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")
        headers = {"Location": place, "Refresh": f"0; url={place}", "Content-Location": place}
        return web.Response(status=status, headers=headers)

    monkeypatch.setattr(services.Service, "take", take)
    with fake_service() as service:
        paths = [
            f"{service.address}/{status}/{number}" for status in statuses for number in range(len(where))
        ]
        with calls_watched() as calls:
            told = sent(keys, paths, here=[service.address])
        tried = len(told)
    ours = service.address.removeprefix("http://")
    print(f"{tried} tries with redirects to the inside: {listener.connections} connections there")
    assert listener.connections == 0 and set(calls.reached) == {ours}
    assert all(each.outcome is not Outcome.SENT for each in told.values()) and tried == len(paths)


def test_what_is_named_by_the_operator_is_called_exactly_as_it_stands(
    keys: PushKeys, listener: Listener
) -> None:
    """That the listener would have heard it, and that a name beside the one allowed is another."""
    own = f"http://127.0.0.1:{listener.port}"
    with calls_watched() as calls:
        sent(keys, [f"{own}/ok/a"], here=[own])
        heard = listener.connections
        told = sent(
            keys,
            [f"{own}0/a", f"{own}@evil.example/", f"http://localhost:{listener.port}/", own + "\\x"],
            here=[own],
        )
    assert heard >= 1 and set(calls.reached) == {f"127.0.0.1:{listener.port}"}
    assert {each.outcome for each in told.values()} == {Outcome.NOT_ALLOWED}


def test_the_public_door_takes_none_and_none_that_stands_in_the_table_is_called(
    a_newsroom: Newsroom, told_site: Site, listener: Listener
) -> None:
    addresses = inward_addresses(COUNT, port=listener.port)
    a_newsroom.acts.clear()
    refused = 0
    for address in addresses:
        said = {
            "endpoint": address,
            "keys": {"p256dh": BROWSER.p256dh, "auth": BROWSER.auth},
            "topics": ["live"],
        }
        body = json.dumps(said).encode()
        answer = told_site._answer(urllib.request.Request(told_site.address + "/told/", data=body))
        refused += answer.status == 400
        assert answer.status == 400, (address, answer.status, answer.text)
    for address in addresses:
        a_newsroom.acts.subscribe(
            endpoint=address[:900], p256dh=BROWSER.p256dh, auth=BROWSER.auth, topics=["live"]
        )
    a_newsroom.acts.go_live(name="inward")
    told = a_newsroom.acts.deliver()
    a_newsroom.acts.clear()
    print(
        f"{refused} tries at the public door refused, {len(addresses)} planted past it: {listener.connections} called"
    )
    assert listener.connections == 0 and refused == len(addresses)
    assert set(told) == {"not_allowed"}, told


STORIES = """
from html import escape
from django.test import Client
from posada.newsroom.models import ArticlePage, LiveEventPage
from tests.promises.inward_addresses import calls_watched, inward_addresses
addresses = inward_addresses({count}, port={port})
links = "".join(
    f'<p><a href="{{escape(each)}}">x</a><embed embedtype="media" url="{{escape(each)}}"/>'
    f'{{escape(each)}}</p>' for each in addresses
)
story = ArticlePage.objects.live().filter(locale__language_code="en").first()
event = LiveEventPage.objects.filter(locale__language_code="en").first()
with calls_watched() as calls:
    story.body = [("text", links)]
    story.save_revision().publish()
    Client(headers={{"host": "localhost"}}).get(story.url)
    asked = [story.url, "/newsroom/feed.xml", "/", "/sitemap.xml"]
    statuses = [Client(headers={{"host": "localhost"}}).get(each).status_code for each in asked]
    for each in addresses:
        LiveEventPage.objects.filter(pk=event.pk).update(source=each[:200], state="live")
        statuses.append(Client(headers={{"host": "localhost"}}).get(event.url).status_code)
names = [each for each in calls.asked if each not in ("localhost", "127.0.0.1")]
print(len(addresses), statuses.count(200), calls.reached, names, sep="|")
"""


def test_links_and_sources_that_stand_in_stories_are_never_fetched(
    a_newsroom: Newsroom, listener: Listener
) -> None:
    folder = a_newsroom.folder
    script = STORIES.format(count=COUNT, port=listener.port)
    tried, shown, reached, names = Site(folder, "").run(script).strip().splitlines()[-1].split("|")
    print(
        f"{tried} tries as links and sources in stories, {shown} pages shown: {listener.connections} fetched"
    )
    assert (listener.connections, reached, names) == (0, "[]", "[]")
    assert int(tried) == COUNT and int(shown) >= COUNT


def test_sources_of_live_video_are_named_and_never_fetched(listener: Listener) -> None:
    addresses, refused = inward_addresses(COUNT, port=listener.port), 0
    with calls_watched() as calls:
        for address in addresses:
            for told in (address, address + ".m3u8", address.replace(KNOWN, "live.example") + "/a.m3u8"):
                with pytest.raises(SourceRefused):
                    checked_source(told, allowed_hosts={"live.example", "127.0.0.1", "localhost"})
                refused += 1
        assert checked_source("https://live.example/a.m3u8", allowed_hosts={"live.example"})
    print(f"{refused} tries as a source of live video refused: {listener.connections} connections")
    assert (listener.connections, calls.reached, calls.asked) == (0, [], [])
