"""A closed month never changes; its adjustments say what is known now."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.bed_nights import Stay
from posada.ledger.entry import Book, keep_book, trial_balance
from posada.ledger.month_close import ADJUSTS, MonthNotOver, adjustments, close, digest
from tests.ledger.test_entry import FIRST, LAST, RATES, stays


def book_of(listed: list[Stay]) -> Book:
    """July 2014."""
    return keep_book(listed, rates=RATES, first=FIRST, last=LAST)


@given(stays(), stays(), stays())
def test_the_closed_month_and_its_adjustments_say_what_is_known_now(
    at_close: list[Stay], later: list[Stay], last: list[Stay]
) -> None:
    closed = close(book_of(at_close), on=date(2014, 8, 1))
    first = adjustments(closed, made_before=(), now=book_of(later), on=date(2014, 9, 3))
    second = adjustments(closed, made_before=first, now=book_of(last), on=date(2014, 10, 3))
    whole = [*closed.entries, *first, *second]
    known = trial_balance(book_of(last).entries)
    assert {k: v for k, v in trial_balance(whole).items() if v} == {k: v for k, v in known.items() if v}
    assert sum(each.quantity for each in whole) == book_of(last).nights
    assert adjustments(closed, made_before=[*first, *second], now=book_of(last), on=date(2014, 11, 1)) == ()


@given(stays(), st.randoms(use_true_random=False))
def test_the_digest_is_that_of_the_entries_whatever_their_order(listed: list[Stay], chance: object) -> None:
    entries = list(book_of(listed).entries)
    chance.shuffle(entries)  # type: ignore[attr-defined]
    assert digest(entries) == close(book_of(listed), on=date(2014, 8, 1)).sha256


def test_an_adjustment_is_dated_later_and_names_the_month_that_it_sets_right() -> None:
    closed = close(book_of([Stay("a", "x", "group", FIRST)]), on=date(2014, 8, 1))
    now = book_of([Stay("a", "x", "group", FIRST, date(2014, 7, 30))])
    (found,) = adjustments(closed, made_before=(), now=now, on=date(2014, 8, 9))
    assert (found.day, found.corrects, found.source) == (date(2014, 8, 9), FIRST, ADJUSTS)
    assert (found.quantity, found.cents) == (-1, -24_800)


def test_a_month_that_is_not_over_is_not_closed() -> None:
    with pytest.raises(MonthNotOver, match="2014-07 is not over"):
        close(book_of([]), on=LAST)


def test_only_whole_months_are_closed_and_set_right() -> None:
    part = keep_book([], rates=RATES, first=FIRST, last=date(2014, 7, 30))
    with pytest.raises(ValueError, match="whole month"):
        close(part, on=date(2014, 9, 1))
    closed = close(book_of([]), on=date(2014, 8, 1))
    with pytest.raises(ValueError, match="another period"):
        adjustments(closed, made_before=(), now=part, on=date(2014, 9, 1))
    with pytest.raises(ValueError, match="dated after"):
        adjustments(closed, made_before=(), now=book_of([]), on=LAST)
