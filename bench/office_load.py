"""Fifty people at once: each signs in and then opens pages, with a few seconds of reading between them.

Comes in: the address of a served office and its sign-ins. Goes out: how long pages took and what failed. The load is
made on the machine that serves, and takes part of its time; figures are therefore upper bounds.
"""

import random
import statistics
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.served_office import Answer, Visitor

Judge = Callable[[Mapping[str, str], str, Answer], str]
"""What is wrong with an answer: the account that asked, the path, the answer → words; empty: nothing is."""

SECONDS_OF_READING = 3.0
"""On average, between two pages of one person."""


@dataclass
class Taken:
    """Seconds of each page, which it was and when it was asked, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    pages: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, *, path: str, at: float, error: str = "") -> None:
        """Keep one request."""
        with self.lock:
            self.seconds.append(seconds)
            self.pages.append((path, at))
            if error:
                self.errors.append(error)


def answered_200(_account: Mapping[str, str], path: str, answer: Answer) -> str:
    """The plainest judge: the page came."""
    return "" if answer.status == 200 else f"{path}: {answer.status}"


def work_at_once(
    address: str,
    accounts: Sequence[Mapping[str, str]],
    *,
    pages: Mapping[str, Sequence[str]],
    seconds: float,
    meter: Callable[[], Mapping[str, float]] = dict,
    judge: Judge = answered_200,
    taken: Taken | None = None,
) -> dict[str, Any]:
    """Let all of these people work for some seconds. `pages`: role → paths that it opens, at random.

    `meter` is read once all have signed in and once they have ended; its differences are told with the rest.
    `taken` is filled, for who wants to know of each request.
    """
    visitors = [_signed_in(address, account) for account in accounts]
    before = meter()
    taken, end = taken or Taken(), time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_work,
            args=(visitor, pages[account["role"]], end, taken, random.Random(number)),
            kwargs={"judge": partial(judge, account)},
        )
        for number, (visitor, account) in enumerate(zip(visitors, accounts, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = meter()
    spread = statistics.quantiles(taken.seconds, n=100, method="inclusive")
    return {
        "people": len(accounts),
        "requests": len(taken.seconds),
        "errors": len(taken.errors),
        "first_error": taken.errors[0] if taken.errors else "",
        "median_ms": round(1000 * statistics.median(taken.seconds)),
        "p95_ms": round(1000 * spread[94]),
        "p99_ms": round(1000 * spread[98]),
        **{name: round(after[name] - before[name], 1) for name in before},
    }


def _signed_in(address: str, account: Mapping[str, str]) -> Visitor:
    visitor = Visitor(address)
    visitor.sign_in(dict(account))
    return visitor


def _work(
    visitor: Visitor,
    paths: Sequence[str],
    end: float,
    taken: Taken,
    chance: random.Random,
    *,
    judge: Callable[[str, Answer], str],
) -> None:
    time.sleep(chance.uniform(0, SECONDS_OF_READING))
    while time.monotonic() < end:
        path = chance.choice(paths)
        at, started = time.monotonic(), time.perf_counter()
        try:
            answer = visitor.get(path)
            spent = time.perf_counter() - started
            error = judge(path, answer)
        except OSError as broken:
            spent, error = time.perf_counter() - started, f"{path}: {type(broken).__name__}"
        taken.note(spent, path=path, at=at, error=error)
        time.sleep(chance.expovariate(1 / SECONDS_OF_READING))
