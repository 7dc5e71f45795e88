"""Sends sealed messages to many browsers at once; one that hangs or is gone holds nobody else up.

Comes in: targets, each with its own payload. Goes out: one `Result` for each, as they become known, in the thread of
whoever asked. Every push service has a bounded number of requests under way; what is busy (429, 5xx, not reached) is
tried again after a wait that grows, or as long as the service asks, and meanwhile takes nobody's turn; what was sent
and never answered is not sent again, since it may have arrived. A service that answers nobody is left for later as a
whole. Nothing is written here: the caller deletes what is `GONE`, keeps `LATER` for another time, and takes `REFUSED`
for an alarm about its own keys.
Docs: docs/explanation/push.md. Tests: tests/push/test_sending.py.
"""

import asyncio
import contextlib
import heapq
import queue
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import SystemRandom
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
    ThreadedResolver,
)
from yarl import URL

from posada.push.answers import NO_ANSWER, NOT_REACHED, Outcome, outcome_of, seconds_asked
from posada.push.endpoints import Allowed, EndpointRefused, PublicAddressesOnly, checked_endpoint
from posada.push.keys import PushKeys
from posada.push.message import NotASubscription, sealed

MOST_ANSWER_BYTES, MOST_SLEEP = 2048, 0.5
TOLD_AT_ONCE, LAST_SECONDS = 500, 3.0


class Urgency(StrEnum):
    """How soon a phone is woken (RFC 8030)."""

    LOW, NORMAL, HIGH = "low", "normal", "high"


@dataclass(frozen=True, slots=True)
class Target:
    """One browser: `id` is the caller's own, `payload` what it gets (`Notice.packed`).

    `keep_until`: the instant up to which a service may keep the message, where that is sooner than for the others. It
    is looked at whenever the message is posted, also when tried again; once it has passed, the message is LATER.
    """

    id: Any
    endpoint: str
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    payload: bytes = field(repr=False)
    keep_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one target. `retry_after`: seconds that the service asked for, with LATER."""

    id: Any
    outcome: Outcome
    status: int = 0
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """`each_service`: requests under way at one service; seconds: for an answer, of the first wait (each next one
    is twice as long), of the longest, and for the whole; `busy_in_a_row`: after so many the service gets a pause."""

    each_service: int = 32
    answer_seconds: float = 10.0
    attempts: int = 3
    first_wait: float = 1.0
    most_wait: float = 30.0
    all_seconds: float = 900.0
    busy_in_a_row: int = 40


@dataclass(slots=True)
class _Job:
    target: Target
    tried: int = 0


@dataclass(slots=True)
class _Service:
    """What is to be sent to one origin."""

    origin: str
    waiting: deque[_Job] = field(default_factory=deque)
    again: list[tuple[float, int, _Job]] = field(default_factory=list)
    busy: int = 0
    paused_until: float = 0.0
    given_up: float | None = None
    count: int = 0

    def try_again(self, job: _Job, *, at: float) -> None:
        """Put a job back until then."""
        self.count += 1
        heapq.heappush(self.again, (at, self.count, job))

    def left(self) -> Iterator[_Job]:
        """Everything that has not been sent."""
        while self.waiting:
            yield self.waiting.popleft()
        while self.again:
            yield heapq.heappop(self.again)[2]


def send(
    targets: Iterable[Target],
    *,
    keys: PushKeys,
    allowed: Allowed,
    ttl_seconds: int = 6 * 3600,
    urgency: Urgency = Urgency.NORMAL,
    pace: Pace | None = None,
    stopping: threading.Event | None = None,
) -> Iterator[Result]:
    """Send to all; yields one result for each, in the order in which they become known.

    Works in a thread of its own; closing the iterator ends it. Once `stopping` is set, what has not begun is LATER,
    and what is under way has `LAST_SECONDS` to be answered; what is not is UNSURE. Nothing is raised for a target.
    """
    known: queue.SimpleQueue[list[Result] | BaseException | None] = queue.SimpleQueue()
    sender = _Sender(keys, allowed, pace or Pace(), (ttl_seconds, urgency), known)
    sender.ending = stopping or sender.ending
    listed = list(targets)
    thread = threading.Thread(target=sender.run, args=(listed,), name="push", daemon=True)
    thread.start()
    try:
        while (told := known.get()) is not None:
            if isinstance(told, BaseException):
                raise told
            yield from told
    finally:
        sender.stop()
        thread.join()


class _Sender:
    """One call of `send`, within its own event loop."""

    def __init__(
        self,
        keys: PushKeys,
        allowed: Allowed,
        pace: Pace,
        manner: tuple[int, Urgency],
        known: "queue.SimpleQueue[Any]",
    ) -> None:
        self.keys, self.allowed, self.pace, self.known = keys, allowed, pace, known
        self.ends = time.monotonic() + pace.all_seconds
        self.stopping, self.ending = threading.Event(), threading.Event()
        self.ttl_seconds = manner[0]
        self.results: list[Result] = []
        self.chance = SystemRandom()
        self.headers = {
            "Urgency": manner[1].value,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }

    def run(self, targets: list[Target]) -> None:
        """The thread: everything, then None; an error of our own is handed to the caller."""
        try:
            asyncio.run(self._all(targets))
            self._hand_over()
            self.known.put(None)
        except BaseException as error:
            self.known.put(error)

    def stop(self) -> None:
        """Let nothing further begin."""
        self.stopping.set()

    async def _all(self, targets: list[Target]) -> None:
        services = self._sorted(targets)
        connector = TCPConnector(
            limit=0,
            resolver=PublicAddressesOnly(ThreadedResolver()),
            use_dns_cache=True,
            ttl_dns_cache=300,
            keepalive_timeout=5,
        )
        timeout = ClientTimeout(connect=self.pace.answer_seconds, sock_read=self.pace.answer_seconds)
        async with ClientSession(
            connector=connector, timeout=timeout, cookie_jar=DummyCookieJar(), auto_decompress=False
        ) as session:
            works = asyncio.gather(
                *(
                    self._work(session, service)
                    for service in services
                    for _ in range(min(self.pace.each_service, len(service.waiting)))
                )
            )
            telling = asyncio.create_task(self._tell_in_time())
            ending = asyncio.create_task(self._end_in_time(works))
            try:
                await works
            except asyncio.CancelledError:
                for service in services:
                    self._leave(service)
            finally:
                for task in (telling, ending):
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task

    def _sorted(self, targets: list[Target]) -> list[_Service]:
        services: dict[str, _Service] = {}
        for target in targets:
            try:
                origin = checked_endpoint(target.endpoint, allowed=self.allowed)
            except EndpointRefused:
                self._tell(Result(target.id, Outcome.NOT_ALLOWED))
                continue
            services.setdefault(origin, _Service(origin)).waiting.append(_Job(target))
        return list(services.values())

    async def _work(self, session: ClientSession, service: _Service) -> None:
        while not self.stopping.is_set():
            now = time.monotonic()
            if now >= self.ends or service.given_up is not None or self.ending.is_set():
                self._leave(service)
                return
            if now < service.paused_until:
                await asyncio.sleep(min(service.paused_until - now, MOST_SLEEP))
            elif service.again and service.again[0][0] <= now:
                await self._one(session, service, heapq.heappop(service.again)[2])
            elif service.waiting:
                await self._one(session, service, service.waiting.popleft())
            elif service.again:
                await asyncio.sleep(min(service.again[0][0] - now, MOST_SLEEP))
            else:
                return

    def _leave(self, service: _Service) -> None:
        for job in service.left():
            self._tell(Result(job.target.id, Outcome.LATER, 0, service.given_up))

    async def _one(self, session: ClientSession, service: _Service, job: _Job) -> None:
        target = job.target
        if self._seconds_kept(target) < 1:
            self._tell(Result(target.id, Outcome.LATER))
            return
        job.tried += 1
        try:
            body = sealed(target.payload, p256dh=target.p256dh, auth=target.auth)
        except (NotASubscription, ValueError):
            self._tell(Result(target.id, Outcome.FAILED))
            return
        try:
            status, asked = await self._post(session, service.origin, target, body)
        except asyncio.CancelledError:
            self._tell(Result(target.id, Outcome.UNSURE))
            raise
        outcome = outcome_of(status)
        if outcome is Outcome.LATER:
            self._later(service, job, status=status, asked=asked)
            return
        if outcome is Outcome.UNSURE:
            self._busy(service, wait=self.pace.first_wait)
        else:
            service.busy = 0
        self._tell(Result(target.id, outcome, max(0, status)))

    async def _post(
        self, session: ClientSession, origin: str, target: Target, body: bytes
    ) -> tuple[int, float | None]:
        """Status, and seconds that the service asks to wait."""
        own = {
            "TTL": str(max(0, self._seconds_kept(target))),
            "Authorization": self.keys.authorization(origin, now=time.time()),
        }
        try:
            async with session.post(
                URL(target.endpoint, encoded=True),
                data=body,
                headers=self.headers | own,
                allow_redirects=False,
            ) as answer:
                await answer.content.read(MOST_ANSWER_BYTES)
                return answer.status, seconds_asked(answer.headers.get("Retry-After"), now=time.time())
        except (ClientConnectorError, ConnectionTimeoutError):
            return NOT_REACHED, None
        except (ClientError, TimeoutError, OSError, ValueError):
            return NO_ANSWER, None

    def _seconds_kept(self, target: Target) -> int:
        """For how long from now the service may keep it."""
        if target.keep_until is None:
            return self.ttl_seconds
        return min(self.ttl_seconds, int(target.keep_until.timestamp() - time.time()))

    def _later(self, service: _Service, job: _Job, *, status: int, asked: float | None) -> None:
        """Again after a while; as a whole for another time where it would be too long or too often."""
        pace, now = self.pace, time.monotonic()
        wait = pace.first_wait * 2 ** (job.tried - 1) * self.chance.uniform(0.75, 1.25)
        wait = max(wait, asked or 0.0)
        self._busy(service, wait=wait)
        if job.tried >= pace.attempts or wait > pace.most_wait:
            self._tell(Result(job.target.id, Outcome.LATER, status, asked))
        else:
            service.try_again(job, at=now + wait)

    def _busy(self, service: _Service, *, wait: float) -> None:
        """Many in a row: the service gets a pause, then is given up for this time."""
        pace = self.pace
        service.busy += 1
        if service.busy >= pace.busy_in_a_row:
            service.paused_until = time.monotonic() + min(wait, pace.most_wait)
            if wait > pace.most_wait or service.busy >= 4 * pace.busy_in_a_row:
                service.given_up = wait

    def _tell(self, result: Result) -> None:
        self.results.append(result)
        if len(self.results) >= TOLD_AT_ONCE:
            self._hand_over()

    def _hand_over(self) -> None:
        if self.results:
            self.known.put(self.results)
            self.results = []

    async def _tell_in_time(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            self._hand_over()

    async def _end_in_time(self, works: "asyncio.Future[Any]") -> None:
        while not self.ending.is_set():
            await asyncio.sleep(MOST_SLEEP)
        await asyncio.sleep(LAST_SECONDS)
        works.cancel()
