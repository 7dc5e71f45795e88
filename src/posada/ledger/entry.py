"""The book: what care cost on each day, by kind and payer, in whole cents and double entry.

Comes in: stays, hours that counsel gave, dated rates. Goes out: entries, each of which debits what it was for and
credits who owes it, so that every set of entries balances; and what has no price, as gaps with their days of care.
What a home itself gets goes before the rate of its kind. Given hours are entries of the payer "donated": a value, no
money. Docs: docs/explanation/what-it-costs.md. Tests: tests/ledger/test_entry.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from posada.ledger.bed_nights import Span, Stay, spans
from posada.ledger.rates import COUNSEL_HOUR, DONATED, NoRate, RateTable, payer_of

OWN_RATE = "what was agreed with the home"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes that a counsel gave on a day."""

    day: date
    counsel: str
    minutes: int


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One line of the book: `quantity` days of care (counsel: minutes) at `cents_each`, together `cents`.

    `corrects`: the first day of a closed month that the entry sets right; its cents and quantity may be negative.
    """

    day: date
    kind: str
    payer: str
    quantity: int
    cents_each: int
    cents: int
    source: str
    corrects: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Days of care (counsel: minutes) of a month that have no price, and why."""

    month: date
    kind: str
    payer: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Book:
    """The entries of a period, and what could not be priced."""

    first: date
    last: date
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...]

    @property
    def nights(self) -> int:
        """Days of care with a price."""
        return sum(entry.quantity for entry in self.entries if entry.kind != COUNSEL_HOUR)

    @property
    def nights_without_price(self) -> int:
        """Days of care without one."""
        return sum(gap.quantity for gap in self.gaps if gap.kind != COUNSEL_HOUR)

    @property
    def money(self) -> int:
        """Cents that somebody pays: all but what is given."""
        return sum(entry.cents for entry in self.entries if entry.payer != DONATED)

    def by_payer(self) -> dict[str, int]:
        """Payer → cents, in the order of the alphabet."""
        return sums(self.entries, by="payer")

    @property
    def per_child_day(self) -> int | None:
        """Cents of money for a day of care that has a price, rounded half up; None where there is none."""
        nights = self.nights
        return (self.money * 2 + nights) // (nights * 2) if nights else None


@dataclass(frozen=True, slots=True)
class Share:
    """What stands behind a sum: a child in a home, the days of care in a period, their cents (None: a gap)."""

    stay: Stay
    first: date
    last: date
    payer: str
    nights: int
    cents: int | None


def keep_book(
    stays: Iterable[Stay], *, rates: RateTable, first: date, last: date, hours: Iterable[Hours] = ()
) -> Book:
    """The book of a period, both days counted.

    Raises:
        ValueError: the period ends before it begins.
    """
    changes: dict[tuple[str, str, int, str], Counter[date]] = defaultdict(Counter)
    missing: Counter[tuple[date, str, str, str]] = Counter()
    for share, source, reason in _priced(spans(stays, first=first, last=last), rates=rates):
        if share.cents is None:
            for month, nights in _by_month(share.first, share.last):
                missing[month, share.stay.kind, share.payer, reason] += nights
            continue
        turning = changes[share.stay.kind, share.payer, share.cents // share.nights, source]
        turning[share.first] += 1
        turning[share.last + _DAY] -= 1
    entries = [*_entries(changes, last=last), *_given(hours, rates, first, last, missing)]
    gaps = sorted(Gap(month, kind, payer, n, why) for (month, kind, payer, why), n in missing.items())
    return Book(first, last, tuple(sorted(entries)), tuple(gaps))


def shares(stays: Iterable[Stay], *, rates: RateTable, first: date, last: date) -> tuple[Share, ...]:
    """The rows behind the sums of a period: their nights and cents add up to those of the book."""
    return tuple(share for share, *_ in _priced(spans(stays, first=first, last=last), rates=rates))


def postings(entry: Entry) -> tuple[tuple[str, int], tuple[str, int]]:
    """The two sides of an entry: account and signed cents, a debit positive.

    >>> postings(Entry(date(2014, 7, 1), "foster", "state", 2, 2795, 5590, "x"))
    (('care:foster', 5590), ('due:state', -5590))
    """
    return (f"care:{entry.kind}", entry.cents), (f"due:{entry.payer}", -entry.cents)


def trial_balance(entries: Iterable[Entry]) -> dict[str, int]:
    """Account → cents; they always add up to nothing."""
    found: Counter[str] = Counter()
    for entry in entries:
        for account, cents in postings(entry):
            found[account] += cents
    return dict(sorted(found.items()))


def sums(entries: Iterable[Entry], *, by: str) -> dict[str, int]:
    """Cents by `payer` or `kind`."""
    found: Counter[str] = Counter()
    for entry in entries:
        found[getattr(entry, by)] += entry.cents
    return dict(sorted(found.items()))


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def _priced(found: Sequence[Span], *, rates: RateTable) -> Iterator[tuple[Share, str, str]]:
    """Each span cut where its rate changes: the share, the source of its price, the reason of a gap."""
    for span in found:
        stay = span.stay
        if stay.own_cents is not None:
            payer = payer_of(stay.kind)[0]
            yield _share(span.stay, span.first, span.last, payer, stay.own_cents), OWN_RATE, ""
            continue
        cuts = [day for day in rates.changes(stay.kind) if span.first < day <= span.last]
        starts = [span.first, *cuts]
        ends = [*(day - _DAY for day in cuts), span.last]
        for first, last in zip(starts, ends, strict=True):
            rate = rates.on(stay.kind, first)
            if isinstance(rate, NoRate):
                yield _share(stay, first, last, rate.payer, None), "", rate.reason
            else:
                yield _share(stay, first, last, rate.payer, rate.cents), rate.source, ""


def _share(stay: Stay, first: date, last: date, payer: str, each: int | None) -> Share:
    nights = (last - first).days + 1
    return Share(stay, first, last, payer, nights, None if each is None else each * nights)


def _entries(changes: dict[tuple[str, str, int, str], Counter[date]], *, last: date) -> Iterator[Entry]:
    """From the days on which a count turns to one entry a day."""
    for (kind, payer, each, source), turning in changes.items():
        count, day = 0, min(turning)
        while day <= last:
            count += turning.get(day, 0)
            if count:
                yield Entry(day, kind, payer, count, each, count * each, source)
            day += _DAY


def _given(
    hours: Iterable[Hours],
    rates: RateTable,
    first: date,
    last: date,
    missing: Counter[tuple[date, str, str, str]],
) -> Iterator[Entry]:
    minutes: Counter[date] = Counter()
    for each in hours:
        if first <= each.day <= last:
            minutes[each.day] += each.minutes
    for day, count in minutes.items():
        rate = rates.on(COUNSEL_HOUR, day)
        if isinstance(rate, NoRate):
            missing[month_of(day), COUNSEL_HOUR, rate.payer, rate.reason] += count
        else:
            cents = (count * rate.cents * 2 + 60) // 120
            yield Entry(day, COUNSEL_HOUR, rate.payer, count, rate.cents, cents, rate.source)


def _by_month(first: date, last: date) -> Iterator[tuple[date, int]]:
    while first <= last:
        month = month_of(first)
        end = min(last, (month + timedelta(days=32)).replace(day=1) - _DAY)
        yield month, (end - first).days + 1
        first = end + _DAY
