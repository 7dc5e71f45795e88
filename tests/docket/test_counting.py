"""Counting, against another implementation."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.calendar import is_open
from posada.docket.counting import BEFORE, OutOfCalendar, count, count_hours, rolled, shifted
from posada.records.people import birthday
from posada.rulebook.legal_rule import Period
from tests.docket import oracle

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
NUMBERS = st.integers(0, 400)
ROLLS = {"next_business_day": "forward", "previous_business_day": "backward", "none": "none"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(number: int) -> Period:
    return Period(number, "calendar_days")


@settings(deadline=None)
@given(DAYS, NUMBERS, st.sampled_from(sorted(ROLLS)), st.integers(0, 2))
def test_calendar_days_are_those_of_the_oracle(start: date, number: int, roll: str, minus: int) -> None:
    found = count(start, period=days(number), roll=roll, minus_days=minus)
    raw = start + timedelta(days=number - minus)
    assert (found.raw, found.end) == (raw, oracle.rolled(raw, ROLLS[roll]))


@settings(deadline=None)
@given(DAYS, NUMBERS)
def test_a_date_that_rolls_is_never_a_closed_day(start: date, number: int) -> None:
    for roll in ("next_business_day", "previous_business_day"):
        assert is_open(count(start, period=days(number), roll=roll).end)
        assert is_open(count(start, period=days(number), roll=roll, direction=BEFORE).end)


@settings(deadline=None)
@given(DAYS, NUMBERS, NUMBERS, st.sampled_from(sorted(ROLLS)))
def test_more_days_never_end_earlier(start: date, number: int, more: int, roll: str) -> None:
    first = count(start, period=days(number), roll=roll)
    assert first.end <= count(start, period=days(number + more), roll=roll).end
    assert first.end <= count(start + timedelta(days=more), period=days(number), roll=roll).end


@settings(deadline=None)
@given(DAYS, st.integers(0, 40))
def test_years_and_months_are_those_of_the_oracle(start: date, number: int) -> None:
    assert shifted(start, Period(number, "years")) == oracle.years(start, number)
    assert shifted(start, Period(number, "months")) == oracle.months(start, number)
    assert birthday(start, years=number) == shifted(start, Period(number, "years"))


@settings(deadline=None)
@given(DAYS, st.integers(1, 40))
def test_business_days_are_those_of_the_oracle(start: date, number: int) -> None:
    assert shifted(start, Period(number, "business_days")) == oracle.business_days(start, number)


@pytest.mark.parametrize(
    ("born", "years", "expected"),
    [("2008-02-29", 18, "2026-02-28"), ("2004-02-29", 20, "2024-02-29"), ("2007-02-28", 17, "2024-02-28")],
)
def test_a_birthday_of_the_29th_of_february_is_the_earlier_day(born: str, years: int, expected: str) -> None:
    assert birthday(date.fromisoformat(born), years=years) == date.fromisoformat(expected)


def test_a_deadline_before_a_hearing_rolls_toward_it() -> None:
    found = count(date(2026, 8, 3), period=days(30), roll="next_business_day", direction=BEFORE)
    assert (found.raw, found.end) == (date(2026, 7, 4), date(2026, 7, 6))


@settings(deadline=None)
@given(st.datetimes(at("2014-01-01T00:00"), at("2040-01-01T00:00")), st.integers(0, 200))
def test_hours_are_elapsed_hours_of_the_place(wall: datetime, hours: int) -> None:
    found = count_hours(wall, period=Period(hours, "hours"), zone="America/New_York")
    zone = ZoneInfo("America/New_York")
    assert found.end_at is not None
    expected = wall.replace(tzinfo=zone).astimezone(UTC) + timedelta(hours=hours)
    assert expected.astimezone(zone).replace(tzinfo=None) == found.end_at


def test_without_a_zone_the_earlier_reading_counts() -> None:
    back = count_hours(at("2026-10-31T00:30"), period=Period(48, "hours"))
    forward = count_hours(at("2027-03-12T23:30"), period=Period(48, "hours"))
    assert back.end_at == at("2026-11-01T23:30")
    assert forward.end_at == at("2027-03-14T23:30")


def test_an_offset_is_kept() -> None:
    assert count_hours(at("2026-10-31T00:30-05:00"), period=Period(48, "hours")).end == date(2026, 11, 2)


def test_what_leaves_the_calendar_is_named() -> None:
    with pytest.raises(OutOfCalendar, match="leaves the calendar"):
        count(date(9999, 1, 1), period=Period(1, "years"))
    with pytest.raises(OutOfCalendar):
        count(date(9999, 12, 1), period=days(90))
    with pytest.raises(OutOfCalendar):
        count_hours(at("9999-12-31T00:00"), period=Period(48, "hours"))


def test_hours_are_not_counted_from_a_day() -> None:
    with pytest.raises(ValueError, match="from an hour"):
        shifted(date(2026, 1, 1), Period(48, "hours"))


def test_a_day_that_does_not_roll_stays() -> None:
    assert rolled(date(2026, 7, 4), "none") == date(2026, 7, 4)
