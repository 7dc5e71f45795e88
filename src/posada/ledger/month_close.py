"""Closing a month: what was closed never changes; what turns out later is an entry of a later day.

Comes in: the book of a month, and later the book of the same month as it would be kept today. Goes out: the closed
entries with their digest, and adjustments, dated in a month that is open, that name the month they set right.
Docs: docs/explanation/what-it-costs.md. Tests: tests/ledger/test_month_close.py.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from posada.ledger.entry import Book, Entry, month_of

ADJUSTS = "set right after the month was closed"


class MonthNotOver(Exception):  # noqa: N818
    """A month is closed once it is over."""


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month as it was closed. `sha256`: over its entries in one spelling."""

    month: date
    entries: tuple[Entry, ...]
    sha256: str


def last_day(month: date) -> date:
    """The last day of the month that begins on a day.

    >>> last_day(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def close(book: Book, *, on: date) -> ClosedMonth:
    """Close the month of a book.

    Raises:
        ValueError: the book is not of one whole month.
        MonthNotOver: the month has days left on the day `on`.
    """
    month = month_of(book.first)
    if book.first != month or book.last != last_day(month):
        raise ValueError("a book of one whole month is closed")
    if on <= book.last:
        raise MonthNotOver(f"{month:%Y-%m} is not over: it can be closed from {last_day(month)} on")
    return ClosedMonth(month, book.entries, digest(book.entries))


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over entries, whatever their order."""
    told = [
        [
            e.day.isoformat(),
            e.kind,
            e.payer,
            e.quantity,
            e.cents_each,
            e.cents,
            e.source,
            str(e.corrects or ""),
        ]
        for e in sorted(
            entries, key=lambda entry: (entry.day, entry.kind, entry.payer, entry.cents_each, entry.source)
        )
    ]
    spelled = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()


def adjustments(
    closed: ClosedMonth, *, made_before: Iterable[Entry], now: Book, on: date
) -> tuple[Entry, ...]:
    """What has to be entered on a later day so that a closed month and its adjustments say what is known now.

    `made_before`: adjustments of this month that stand already; `now`: the month's book as it would be kept today.
    Nothing where nothing has changed. One entry for each kind and payer; a sum taken back is negative.

    Raises:
        ValueError: `on` lies in the closed month or before it, or the book is of another period.
    """
    if on <= last_day(closed.month):
        raise ValueError("an adjustment is dated after the month that it sets right")
    if (now.first, now.last) != (closed.month, last_day(closed.month)):
        raise ValueError("the book is of another period")
    before = [each for each in made_before if each.corrects == closed.month]
    stood, stands = _sums([*closed.entries, *before]), _sums(now.entries)
    found = []
    for kind, payer in sorted(stood | stands):
        nights = stands[kind, payer][0] - stood[kind, payer][0]
        cents = stands[kind, payer][1] - stood[kind, payer][1]
        if nights or cents:
            found.append(Entry(on, kind, payer, nights, 0, cents, ADJUSTS, corrects=closed.month))
    return tuple(found)


class _Sums(dict[tuple[str, str], tuple[int, int]]):
    def __missing__(self, key: tuple[str, str]) -> tuple[int, int]:
        return 0, 0


def _sums(entries: Iterable[Entry]) -> _Sums:
    nights: Counter[tuple[str, str]] = Counter()
    cents: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        nights[entry.kind, entry.payer] += entry.quantity
        cents[entry.kind, entry.payer] += entry.cents
    return _Sums({key: (nights[key], cents[key]) for key in nights})
