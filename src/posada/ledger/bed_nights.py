"""Bed-nights: which child was cared for in which home on which days.

Comes in: stays as they happened (not when they were typed), so that a back-dated move changes the count of the days
that it is about. Goes out: spans without overlap. A stay lasts through its last day; a child whose stays overlap is
counted once a day, in the home that she came to last, so that no day of a child is paid for twice.
Docs: docs/explanation/what-it-costs.md. Tests: tests/ledger/test_bed_nights.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """A child in a home from a day through a day (None: still there). `own_cents`: what the home gets a day."""

    child: str
    home: str
    kind: str  # kin, foster or group
    from_date: date
    to_date: date | None = None
    own_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a stay within a period, both days counted; no other span of the child has any of its days."""

    stay: Stay
    first: date
    last: date

    @property
    def nights(self) -> int:
        """How many days of care it is."""
        return (self.last - self.first).days + 1


def spans(stays: Iterable[Stay], *, first: date, last: date) -> tuple[Span, ...]:
    """The stays of a period without overlap, by child and day. A stay that ends before it begins is nothing.

    Raises:
        ValueError: the period ends before it begins.
    """
    if last < first:
        raise ValueError("a period ends on or after the day on which it begins")
    of_child: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        of_child[stay.child].append(stay)
    found: list[Span] = []
    for child in sorted(of_child):
        ordered = sorted(of_child[child], key=lambda each: (each.from_date, each.home))
        for at, stay in enumerate(ordered):
            whole = Span(stay, max(stay.from_date, first), min(stay.to_date or last, last))
            found += _without(whole, ordered[at + 1 :])
    return tuple(sorted(found, key=lambda span: (span.stay.child, span.first)))


def _without(span: Span, later: Iterable[Stay]) -> Iterator[Span]:
    """What is left of a span once the stays that began after it are taken out."""
    left = [span] if span.first <= span.last else []
    for stay in later:
        left = [part for each in left for part in _cut(each, stay)]
    yield from left


def _cut(span: Span, stay: Stay) -> Iterator[Span]:
    end = stay.to_date or date.max
    if end < stay.from_date or stay.from_date > span.last or end < span.first:
        yield span
        return
    if stay.from_date > span.first:
        yield replace(span, last=stay.from_date - _DAY)
    if end < span.last:
        yield replace(span, first=end + _DAY)
