"""The office's tables as the book of a period: placements as stays, hours, rates; and closed months as they stand.

Comes in: nothing but the database. Goes out: `posada.ledger.entry.Book` and the rows behind it. A month that is
closed is read from its entries; an open one is counted anew, and kept in the cache until something that it reads
has changed.
Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_bookkeeping.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum

from posada.ledger.bed_nights import Stay
from posada.ledger.entry import Book, Entry, Gap, Hours, Share, keep_book, month_of, shares
from posada.ledger.month_close import last_day
from posada.ledger.rates import Rate, RateTable, shipped_rates
from posada.office.day import today
from posada.office.ledger.models import BookEntry, ClosedMonth, DatedRate, HoursGiven
from posada.office.placement.models import Placement
from posada.office.program import settings_of_program

KEPT_SECONDS = 86_400
OF_KIND = "kind:"
FIELDS = ("day", "kind", "payer", "quantity", "cents_each", "cents", "source", "corrects")


@dataclass(frozen=True, slots=True)
class Month:
    """A month on its page. `late`: entries dated in it that set an earlier month right."""

    first: date
    last: date
    closed: ClosedMonth | None
    book: Book
    late: tuple[Entry, ...]
    set_right: tuple[Entry, ...]  # later entries that set this month right


def rates() -> RateTable:
    """The shipped rates and the office's own; of the same kind and day the one entered last holds."""
    own = DatedRate.objects.filter(voided_at__isnull=True).order_by("entered_at", "pk")
    return shipped_rates().with_rates(
        Rate(each.kind, each.since, each.cents, each.payer, each.source, "office", each.cents) for each in own
    )


def stays(first: date, last: date) -> list[Stay]:
    """The placements that have a day of a period. A child or home is its opaque id."""
    rows = Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=first),
        from_date__lte=last,
        voided_at__isnull=True,
    )
    told = rows.values_list(
        "child_id", "home_id", "home__kind", "from_date", "to_date", "home__cost_cents_per_child_day"
    )
    return [
        Stay(str(child), str(home), kind, begins, ends, own)
        for child, home, kind, begins, ends, own in told.iterator(chunk_size=5_000)
    ]


def hours(first: date, last: date) -> list[Hours]:
    """The hours that counsel gave in a period."""
    rows = HoursGiven.objects.filter(given_on__gte=first, given_on__lte=last, voided_at__isnull=True)
    return [
        Hours(on, str(who), minutes)
        for on, who, minutes in rows.values_list("given_on", "counsel_id", "minutes")
    ]


def book_now(first: date, last: date) -> Book:
    """The book of a period as it would be kept today, whatever is closed. Days to come are not counted."""
    end = min(last, today())
    if end < first:
        return Book(first, last, (), ())
    kept = keep_book(stays(first, end), rates=rates(), first=first, last=end, hours=hours(first, end))
    return Book(first, last, kept.entries, kept.gaps)


def rows_behind(first: date, last: date) -> tuple[Share, ...]:
    """The rows behind the book of a period, as it would be kept today."""
    end = min(last, today())
    return shares(stays(first, end), rates=rates(), first=first, last=end) if first <= end else ()


def month_page(first: date) -> Month:
    """A month as it stands: closed, or counted today."""
    first = month_of(first)
    last = last_day(first)
    closed = ClosedMonth.objects.filter(month=first).select_related("asked_by", "agreed_by").first()
    book = _closed_book(closed, last) if closed else _cached(first, last)
    late = entries_of(BookEntry.objects.filter(day__gte=first, day__lte=last, corrects__isnull=False))
    return Month(first, last, closed, book, late, corrections_of(first))


def corrections_of(month: date) -> tuple[Entry, ...]:
    """The entries that set a closed month right."""
    return entries_of(BookEntry.objects.filter(corrects=month))


def entries_of(rows: Any) -> tuple[Entry, ...]:
    """Kept entries as those of the core."""
    return tuple(
        Entry(*values) for values in rows.order_by("day", "kind", "payer", "pk").values_list(*FIELDS)
    )


def write_entries(closed: ClosedMonth, entries: Iterable[Entry]) -> None:
    """Keep entries for good."""
    BookEntry.objects.bulk_create(
        [BookEntry(closed=closed, **{name: getattr(each, name) for name in FIELDS}) for each in entries],
        batch_size=500,
    )


def months_back(count: int = 12) -> list[tuple[date, bool]]:
    """The last months, newest first, and whether each is closed."""
    month, found = month_of(today()), []
    closed = set(ClosedMonth.objects.values_list("month", flat=True))
    for _ in range(count):
        found.append((month, month in closed))
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return found


def children_by_payer(rows: Sequence[Share]) -> dict[str, int]:
    """Payer → how many children stand behind what it pays."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.cents is not None:
            found.setdefault(row.payer, set()).add(row.stay.child)
    return {payer: len(children) for payer, children in sorted(found.items())}


def children_by_kind(rows: Sequence[Share]) -> dict[str, int]:
    """`kind:` and the kind of home → how many children stayed in one of that kind, priced or not."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(f"{OF_KIND}{row.stay.kind}", set()).add(row.stay.child)
    return {kind: len(children) for kind, children in sorted(found.items())}


def _closed_book(closed: ClosedMonth, last: date) -> Book:
    gaps = tuple(Gap(date.fromisoformat(month), *rest) for month, *rest in closed.gaps)
    return Book(closed.month, last, entries_of(closed.entries.filter(corrects__isnull=True)), gaps)


def _cached(first: date, last: date) -> Book:
    key = f"book:{first}:{_state(first, last)}"
    found = cache.get(key)
    if found is None:
        found = book_now(first, last)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _state(first: date, last: date) -> str:
    """What changes whenever a book would: the count of changes, the day, rates and hours."""
    own = DatedRate.objects.aggregate(n=Count("pk"), at=Max("changed_at"))
    given = HoursGiven.objects.filter(given_on__gte=first, given_on__lte=last).aggregate(
        n=Count("pk"), at=Max("changed_at"), all=Sum("minutes")
    )
    told = [settings_of_program().changed_number, today(), *own.values(), *given.values()]
    return "".join(c if c.isalnum() else "-" for c in "_".join(map(str, told)))
