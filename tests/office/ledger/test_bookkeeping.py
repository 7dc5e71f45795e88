"""The book equals a recount from the database, day by day."""

from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from posada.ledger.rates import NoRate
from posada.office.ledger import bookkeeping
from posada.office.ledger.models import DatedRate, HoursGiven
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement
from posada.office.program import note_change
from tests.office.people import TODAY, counsel_of, group_of, home_of

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def some_stays() -> None:
    """Three homes, a move within the month, a voided placement, one that has not begun."""
    foster, group, kin = (
        home_of(cost_cents_per_child_day=2_800),
        home_of(kind="group"),
        home_of(kind="kin", cost_cents_per_child_day=None),
    )
    one, two, three = (group_of().children.get() for _ in range(3))
    Placement.objects.create(child=one, home=group, from_date=date(2026, 9, 20), to_date=date(2026, 10, 9))
    Placement.objects.create(child=one, home=foster, from_date=date(2026, 10, 10))
    Placement.objects.create(child=two, home=kin, from_date=date(2026, 10, 30))
    void = {"voided_at": timezone.now(), "voided_reason": "typed for another child"}
    Placement.objects.create(child=three, home=foster, from_date=date(2026, 10, 1), **void)
    Placement.objects.create(child=three, home=foster, from_date=date(2026, 12, 1))


def recount() -> dict[str, int]:
    """Cents of October by kind, each day asked of the database by itself."""
    found: dict[str, int] = {}
    table, day = bookkeeping.rates(), FIRST
    while day <= LAST:
        rows = Placement.objects.filter(voided_at__isnull=True, from_date__lte=day).exclude(to_date__lt=day)
        for row in rows.select_related("home"):
            rate = table.on(row.home.kind, day)
            cents = row.home.cost_cents_per_child_day
            if cents is None and not isinstance(rate, NoRate):
                cents = rate.cents
            if cents is not None:
                found[row.home.kind] = found.get(row.home.kind, 0) + cents
        day += timedelta(days=1)
    return found


def test_the_book_of_a_month_equals_a_recount_from_the_database() -> None:
    some_stays()
    DatedRate.objects.create(
        kind="group", since=date(2026, 10, 5), cents=20_000, payer="state", source="letter"
    )
    book = bookkeeping.book_now(FIRST, LAST)
    found: dict[str, int] = {}
    for each in book.entries:
        found[each.kind] = found.get(each.kind, 0) + each.cents
    assert found == recount() == {"group": 5 * 20_000, "foster": 22 * 2_800}
    assert [(gap.kind, gap.quantity) for gap in book.gaps] == [("group", 4), ("kin", 2)]


def test_the_rows_behind_add_up_to_the_book() -> None:
    some_stays()
    rows = bookkeeping.rows_behind(FIRST, LAST)
    book = bookkeeping.book_now(FIRST, LAST)
    assert sum(row.cents or 0 for row in rows) == book.money
    assert sum(row.nights for row in rows) == book.nights + book.nights_without_price
    assert bookkeeping.children_by_payer(rows) == {"state": 1}


def test_days_to_come_are_not_counted() -> None:
    some_stays()
    book = bookkeeping.book_now(date(2026, 11, 1), date(2026, 11, 30))
    assert max(each.day for each in book.entries) == TODAY
    assert bookkeeping.book_now(date(2026, 12, 1), date(2026, 12, 31)).entries == ()


def test_a_month_is_counted_anew_when_something_it_reads_has_changed() -> None:
    some_stays()
    before = bookkeeping.month_page(FIRST).book.money
    Home.objects.filter(kind="foster").update(cost_cents_per_child_day=F("cost_cents_per_child_day") + 100)
    assert bookkeeping.month_page(FIRST).book.money == before  # kept: nobody said that something changed
    note_change()
    assert bookkeeping.month_page(FIRST).book.money == before + 22 * 100
    DatedRate.objects.create(kind="kin", since=date(2026, 1, 1), cents=500, payer="family", source="letter")
    assert bookkeeping.month_page(FIRST).book.by_payer()["family"] == 1_000


def test_hours_that_counsel_gave_are_in_the_book() -> None:
    DatedRate.objects.create(kind="counsel_hour", since=FIRST, cents=30_000, payer="donated", source="letter")
    HoursGiven.objects.create(counsel=counsel_of(), given_on=FIRST, minutes=90)
    book = bookkeeping.book_now(FIRST, LAST)
    assert (book.by_payer(), book.money) == ({"donated": 45_000}, 0)


def test_the_last_months_are_listed_newest_first() -> None:
    months = [month for month, _ in bookkeeping.months_back(13)]
    assert (months[0], months[-1]) == (date(2026, 11, 1), date(2025, 11, 1))
