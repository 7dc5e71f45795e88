"""Promise 31: a file that is made to burst is refused or kept closed: no error, 5 seconds, 200 MB, nobody else waits.

Zips, PDFs, pictures, XML and tables of many kinds go to every door of a served office that takes a file, while
another person looks at an ordinary page. Memory is that of all its processes together, as the kernel marks it.
Short: 40 files, each at one door; 200 in the long run, each at every door, `POSADA_BOMBS=200`, and there the bounds
of time and memory are held to; the short form prints them, as other work may run beside it.
"""

import http.client
import os
import re
import statistics
import threading
import time
import urllib.parse
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.promises.held_memory import watched
from tests.promises.hostile_uploads import hostile_files, name_for
from tests.served_office import PATIENCE, Answer, Office, Visitor

COUNT = int(os.environ.get("POSADA_BOMBS", "40"))
IS_LONG = COUNT >= 200
MOST_SECONDS, MOST_MEMORY, MOST_TIMES = 5.0, 200_000_000, 10
LEAST_WAIT = 0.5  # seconds: a p95 below it hurts nobody, however fast the page was before
CLEAN = (200, 302, 400, 409, 413, 422)


@dataclass
class Door:
    """A page that takes a file."""

    name: str
    visitor: Visitor
    path: str
    field: str
    fields: dict[str, str]
    form: str = ""  # the page with the form, where that is another
    token: str = ""

    def send(self, name: str, content: bytes) -> Answer:
        """Send one file."""
        self.token = self.token or self.visitor.token(self.form or self.path)
        edge = "edge-of-what-is-sent"
        given = {"csrfmiddlewaretoken": self.token, **self.fields}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
            for key, text in given.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{self.field}"; filename="{name}"\r\n'
        body = b"".join([*parts, head.encode(), b"\r\n", content, f"\r\n--{edge}--\r\n".encode()])
        return self._answered(body, f"multipart/form-data; boundary={edge}")

    def _answered(self, body: bytes, content_type: str) -> Answer:
        """What the office says, also where it says so before all was sent; status 0: it said nothing."""
        cookies = "; ".join(f"{each.name}={each.value}" for each in self.visitor.cookies)
        headers = {"Content-Type": content_type, "Cookie": cookies}
        address = urllib.parse.urlsplit(self.visitor.address)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request("POST", self.path, body, headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(
                answer.status, told.get("location", ""), answer.read().decode(errors="replace"), told
            )
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, "", repr(error), {})
        finally:
            connection.close()


@dataclass
class Beside(threading.Thread):
    """Another person, who looks at an ordinary page again and again. Seconds of each answer."""

    visitor: Visitor
    times: list[float] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def look(self) -> None:
        """Look once."""
        started = time.perf_counter()
        answer = self.visitor.get("/children/")
        self.times.append(time.perf_counter() - started)
        self.failed += [] if answer.status == 200 else [answer.status]

    def run(self) -> None:
        while not self.over.wait(0.05):  # a person who turns pages, not a flood
            self.look()


def p95(times: list[float]) -> float:
    """The time within which nineteen of twenty were answered."""
    return statistics.quantiles(times, n=20)[-1]


def doors(office: Office) -> list[Door]:
    """Every door that takes a file, each with somebody who may use it."""
    intake, legal, licensing = (office.visitor(name) for name in ("intake", "legal", "licensing"))
    child = first(legal, "/children/", "children")
    home = first(licensing, "/homes/", "homes")
    paper = {"kind": "other", "title": "A paper", "language": "spa"}
    packet = new_packet(legal, child)
    report = {"country": "GTM", "title": "A report", "source": "Example", "language": "eng"}
    return [
        Door("arrivals", intake, "/arrivals/upload/", "files", {}, form="/arrivals/"),
        Door("document", legal, f"/children/{child}/documents/", "file", paper),
        Door("home document", licensing, f"/homes/{home}/documents/", "file", paper),
        Door("notice", legal, f"/children/{child}/notice/paper/", "file", {}),
        Door("official form", legal, f"/children/{child}/forms/", "file", {"name": "A form"}),
        Door("library", legal, "/library/", "file", {**report, "published_on": "2026-01-01"}),
        Door("scans", legal, f"/packets/{packet}/scans/", "files", {"language": "eng"}),
    ]


def first(visitor: Visitor, page: str, kind: str) -> str:
    """The first record of a list."""
    found = re.search(rf"/{kind}/([0-9a-f-]{{36}})/", visitor.get(page).text)
    assert found, page
    return found[1]


def new_packet(visitor: Visitor, child: str) -> str:
    """A packet that scans can be put into."""
    facts = {"forum": "immigration_court", "court": "Baltimore, Maryland", "title": "EVIDENCE"}
    more = {"filer_name": "Dana Example", "filing_date": "2026-12-01"}
    answer = visitor.post(f"/children/{child}/packets/new/", **facts, **more)
    found = re.search(r"/packets/([0-9a-f-]{36})/", answer.url)
    assert found, (answer.status, re.sub(r"<[^>]*>|\s+", " ", answer.text)[-1500:])
    return found[1]


def until_looked_at(door: Door, answer: Answer) -> None:
    """Wait until the worker has looked at a large import."""
    found = re.search(r"/imports/[0-9a-f-]{36}/", answer.url)
    end = time.monotonic() + PATIENCE
    while found and "hx-refresh" not in door.visitor.get(f"{found[0]}running/").headers:
        assert time.monotonic() < end, "the worker never came to an end with it"


@dataclass
class Tally:
    """What was seen, for each door: answers, and the worst of time and memory with the kind of file."""

    answers: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    seconds: dict[str, tuple[float, str]] = field(default_factory=dict)
    memory: dict[str, tuple[int, str]] = field(default_factory=dict)
    over: list[Any] = field(default_factory=list)
    unclean: list[Any] = field(default_factory=list)

    def note(self, door: str, kind: str, answer: Answer, seconds: float, extra: int) -> None:
        """Note one file."""
        self.answers[door][answer.status] += 1
        self.seconds[door] = max(self.seconds.get(door, (0.0, "")), (seconds, kind))
        self.memory[door] = max(self.memory.get(door, (0, "")), (extra, kind))
        if seconds > MOST_SECONDS or extra > MOST_MEMORY:
            self.over.append((door, kind, round(seconds, 1), f"{extra / 1e6:.0f} MB"))
        if answer.status not in CLEAN:
            self.unclean.append((door, kind, answer.status, answer.text[:80]))

    def tell(self) -> None:
        """Print it."""
        for door, answers in self.answers.items():
            (slowest, slow), (most, large) = self.seconds[door], self.memory[door]
            print(f"{door}: {dict(answers)}; {slowest:.1f} s ({slow}), {most / 1e6:.0f} MB more ({large})")


def test_no_file_bursts_at_any_door(office: Office) -> None:
    every, tally, beside = doors(office), Tally(), Beside(office.visitor("placement"))
    for _ in range(40):
        beside.look()
    before, beside.times = beside.times, []
    beside.start()
    sent = 0
    try:
        for number, (kind, content) in enumerate(hostile_files(COUNT)):
            for door in every if IS_LONG else [every[number % len(every)]]:
                with watched(office.process.pid) as held:
                    started = time.perf_counter()
                    answer = door.send(name_for(kind, number), content)
                    until_looked_at(door, answer)
                    seconds = time.perf_counter() - started
                tally.note(door.name, kind, answer, seconds, held.extra)
                sent += 1
    finally:
        beside.over.set()
        beside.join()
    tally.tell()
    print(
        f"{COUNT} files in {sent:,} tries at {len(every)} doors, {len(tally.over)} over the bounds; "
        f"p95 beside {p95(beside.times):.3f} s, before {p95(before):.3f} s, {len(beside.times):,} requests"
    )
    assert sent >= COUNT > 0 and len(beside.times) > 5
    assert tally.unclean == []
    assert beside.failed == []
    assert not [line for line in office.said if "Traceback" in line], office.said
    if IS_LONG:
        assert tally.over == []
        assert p95(beside.times) <= max(LEAST_WAIT, MOST_TIMES * p95(before))


@pytest.fixture(autouse=True)
def _still_answers(office: Office) -> Any:
    yield
    assert office.visitor().get("/accounts/login/").status == 200
