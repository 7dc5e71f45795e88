"""A way between a browser and a served site, which watches: for promise 29.

It passes everything on, adds the session of whom it is told to be, and an address for reports of what a policy
blocked. It keeps what was called, what was reported, and what each page's policy allows. Works for every engine.
"""

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.promises.payloads_that_run import numbers_in

DROPPED = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"})
DESK, SIGN_IN = "/cms/", "/cms/sign-in/"
"""The editors' desk is Wagtail's, which needs inline scripts: its wider policy is a gap that the list names."""
NOT_ASKED = frozenset({"connection", "accept-encoding", "if-none-match", "if-modified-since"})
TOO_WIDE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", " *", " http:", " https:")
OWN = "/x29/"
"""Where its own pages stand; nothing below is asked of the site."""
PATIENCE = 120.0
Page = tuple[bytes, dict[str, str]]


@dataclass
class Seen:
    """What came of the pages so far. `shown`: numbers of payloads that stood in a page.

    `files`: what a browser would have kept as a file; it is shown none.
    """

    calls: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    policies: int = 0
    files: int = 0
    changed: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, kind: str, part: str) -> None:
        """Until a call or a report came in which a word stands. What came before it is here by then."""
        over = time.monotonic() + PATIENCE
        while time.monotonic() < over:
            if any(part in each for each in getattr(self, kind)):
                return
            self.changed.clear()
            self.changed.wait(PATIENCE / 1000)
        raise AssertionError(f"no {kind} with {part}: what is looked for would not be found")


class Watched:
    """Passes on to a site. `session`: the cookie that is added; `own`: pages that it has itself, without a policy.

    `is_away`: it hangs up on everybody, as where there is no connection.
    """

    def __init__(self, site: str, cookie: str = "sessionid") -> None:
        self.seen, self.session, self.cookie = Seen(), "", cookie
        self.own: dict[str, Page] = {}
        self.is_away = False
        self.site = urlsplit(site)
        self.listener = _server(_Listener, seen=self.seen)
        self.server = _server(_Between, watched=self)

    @property
    def called(self) -> str:
        """Host and port of what payloads call."""
        return f"127.0.0.1:{self.listener.server_port}"

    @property
    def address(self) -> str:
        """Where the site stands for the browser."""
        return f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def watched(site: str, **more: str) -> Iterator[Watched]:
    """Watch a site for the time of the block."""
    between = Watched(site, **more)
    try:
        yield between
    finally:
        for each in (between.server, between.listener):
            each.shutdown()
            each.server_close()


def _server(handler: type[BaseHTTPRequestHandler], **told: Any) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A browser that has gone on to another page hears no more of this one."""

    made = Server(("127.0.0.1", 0), type(handler.__name__, (handler,), told))
    threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
    return made


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Nothing into the output of the tests."""

    def received(self) -> bytes:
        """The body of the request."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Listener(_Quiet):
    """Whatever asks it, has run; except for reports."""

    seen: Seen

    def do_GET(self) -> None:
        self.seen.calls.append(self.path)
        self.seen.changed.set()
        self.answer(200, [("Access-Control-Allow-Origin", "*"), ("Cache-Control", "no-store")], b"")

    def do_POST(self) -> None:
        told = self.received().decode(errors="replace")
        if self.path == "/report":
            self.seen.reports.append(_blocked(told))
        else:
            self.seen.calls.append(self.path)
        self.seen.changed.set()
        self.answer(204, [], b"")

    do_HEAD = do_PUT = do_OPTIONS = do_GET  # noqa: N815  names of http.server


def _blocked(report: str) -> str:
    """Which page's policy blocked what, in a line."""
    told = json.loads(report)["csp-report"]
    return f"{told['document-uri']}: {told['violated-directive']} blocked {told['blocked-uri']}"


class _Between(_Quiet):
    watched: Watched

    def do_GET(self) -> None:
        if self.watched.is_away:
            self.close_connection = True
            return
        own = self.watched.own.get(self.path)
        if own is not None:
            body, headers = own
            self.answer(200, [("Content-Type", "text/html; charset=utf-8"), *headers.items()], body)
            return
        if self.path.startswith(OWN):
            self.answer(404, [], b"")
            return
        upstream = http.client.HTTPConnection(self.watched.site.netloc, timeout=PATIENCE)
        try:
            upstream.request(self.command, self.path, body=self.received() or None, headers=self._asked())
            got = upstream.getresponse()
            body, headers = got.read(), got.getheaders()
        finally:
            upstream.close()
        if self._is_opened() and not str(got.getheader("Content-Type", "text/html")).startswith("text/html"):
            self.watched.seen.files += 1
            self.answer(200, [("Content-Type", "text/html")], b"<title>A file to download</title>")
            return
        self.answer(got.status, self._told(headers, body), body)

    def _is_opened(self) -> bool:
        """Whether this is a page by itself, and no part of one."""
        return "text/html" in self.headers.get("Accept", "")

    do_POST = do_HEAD = do_GET  # noqa: N815

    def _asked(self) -> dict[str, str]:
        asked = {name: value for name, value in self.headers.items() if name.lower() not in NOT_ASKED}
        kept = [part for part in re.split(r";\s*", asked.pop("Cookie", "")) if part]
        if self.watched.session:
            kept = [part for part in kept if not part.startswith(self.watched.cookie + "=")]
            kept.append(f"{self.watched.cookie}={self.watched.session}")
        return {**asked, "Cookie": "; ".join(kept)}

    def _told(self, headers: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
        """The headers with an address for reports; what the policy of a page allows is noted."""
        kept = [(name, value) for name, value in headers if name.lower() not in DROPPED]
        by_name = {name.lower(): value for name, value in kept}
        if not by_name.get("content-type", "").startswith("text/html"):
            return kept
        seen, policy = self.watched.seen, by_name.get("content-security-policy", "")
        seen.policies += 1
        seen.shown |= numbers_in(body.decode(errors="replace"))
        wide = [each for each in TOO_WIDE if each in policy]
        of_wagtail = self.path.startswith(DESK) and not self.path.startswith(SIGN_IN)
        if (wide and not of_wagtail) or "default-src 'none'" not in policy:
            seen.too_wide.append(f"{self.path}: {wide or policy or 'no policy'}")
        report = f"; report-uri http://{self.watched.called}/report"
        return [
            (name, value + report if name.lower() == "content-security-policy" else value)
            for name, value in kept
        ]
