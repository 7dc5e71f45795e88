"""The book balances, and its sums are those of the rows behind it."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.bed_nights import Stay
from posada.ledger.entry import Hours, keep_book, postings, shares, sums, trial_balance
from posada.ledger.rates import Rate, RateTable, shipped_rates

FIRST, LAST = date(2014, 7, 1), date(2014, 7, 31)
RATES = RateTable(
    (
        Rate("foster", date(2014, 1, 1), 2795, "state", "first", "office", 2795),
        Rate("foster", date(2014, 7, 15), 3001, "state", "second", "office", 3001),
        Rate("group", date(2014, 1, 1), 24_800, "federal", "third", "office", 24_800),
        Rate("counsel_hour", date(2014, 1, 1), 25_000, "donated", "fourth", "office", 25_000),
    )
)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    """Stays around July 2014, some with a price of their own."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        first = FIRST + timedelta(days=draw(st.integers(-10, 35)))
        length = draw(st.one_of(st.none(), st.integers(0, 40)))
        found.append(
            Stay(
                draw(st.sampled_from("abcd")),
                draw(st.sampled_from("xyz")),
                draw(st.sampled_from(["kin", "foster", "group"])),
                first,
                None if length is None else first + timedelta(days=length),
                draw(st.one_of(st.none(), st.integers(0, 9_999))),
            )
        )
    return found


@given(stays())
def test_every_entry_and_the_whole_book_balance(listed: list[Stay]) -> None:
    book = keep_book(listed, rates=RATES, first=FIRST, last=LAST)
    assert all(sum(cents for _, cents in postings(entry)) == 0 for entry in book.entries)
    assert sum(trial_balance(book.entries).values()) == 0


@given(stays())
def test_the_rows_behind_add_up_to_the_book_by_payer_and_day_of_care(listed: list[Stay]) -> None:
    book = keep_book(listed, rates=RATES, first=FIRST, last=LAST)
    behind = shares(listed, rates=RATES, first=FIRST, last=LAST)
    owed: Counter[str] = Counter()
    for share in behind:
        owed[share.payer] += share.cents or 0
    assert {payer: cents for payer, cents in owed.items() if cents} == {
        payer: cents for payer, cents in book.by_payer().items() if cents
    }
    assert sum(share.nights for share in behind) == book.nights + book.nights_without_price
    assert all(entry.cents == entry.quantity * entry.cents_each for entry in book.entries)


def test_a_rate_that_changes_within_a_month_holds_from_its_day() -> None:
    book = keep_book([Stay("a", "x", "foster", FIRST)], rates=RATES, first=FIRST, last=LAST)
    assert book.by_payer() == {"state": 14 * 2795 + 17 * 3001}
    assert len(book.entries) == 31


def test_what_a_home_itself_gets_goes_before_the_rate_of_its_kind() -> None:
    book = keep_book([Stay("a", "x", "foster", FIRST, FIRST, 100)], rates=RATES, first=FIRST, last=LAST)
    assert (book.money, book.per_child_day) == (100, 100)


def test_care_without_a_price_is_a_gap_by_month_and_not_a_zero() -> None:
    book = keep_book(
        [Stay("a", "x", "kin", date(2014, 6, 29), date(2014, 7, 2))],
        rates=shipped_rates(),
        first=date(2014, 6, 1),
        last=LAST,
    )
    assert book.entries == ()
    assert [(gap.month, gap.quantity) for gap in book.gaps] == [(date(2014, 6, 1), 2), (date(2014, 7, 1), 2)]
    assert book.per_child_day is None


def test_given_hours_have_a_value_and_are_no_money() -> None:
    given_hours = [Hours(FIRST, "k", 90), Hours(FIRST, "m", 1), Hours(date(2014, 8, 1), "k", 60)]
    book = keep_book([], rates=RATES, first=FIRST, last=LAST, hours=given_hours)
    assert sums(book.entries, by="kind") == {"counsel_hour": 37_917}
    assert (book.money, book.nights) == (0, 0)


def test_given_hours_without_a_value_are_counted_all_the_same() -> None:
    book = keep_book([], rates=shipped_rates(), first=FIRST, last=LAST, hours=[Hours(FIRST, "k", 90)])
    assert [(gap.kind, gap.quantity) for gap in book.gaps] == [("counsel_hour", 90)]


def test_a_back_dated_move_recomputes_the_book() -> None:
    stayed = keep_book([Stay("a", "x", "group", FIRST)], rates=RATES, first=FIRST, last=LAST)
    moved = keep_book(
        [Stay("a", "x", "group", FIRST, FIRST), Stay("a", "y", "foster", date(2014, 7, 2))],
        rates=RATES,
        first=FIRST,
        last=LAST,
    )
    assert stayed.money == 31 * 24_800
    assert moved.by_payer() == {"federal": 24_800, "state": 13 * 2795 + 17 * 3001}
