"""The calendar of closed days, against the official lists and against the words of the statute."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket import calendar
from posada.rulebook.legal_files import load_legal_rules
from tests.docket import oracle

OFFICIAL = Path(__file__).parent.parent / "fixtures" / "legal" / "federal_holidays.csv"
DAYS = st.dates(date(1987, 1, 1), date(2090, 12, 31))


def test_days_off_are_those_of_the_official_lists_of_2016_to_2023() -> None:
    with OFFICIAL.open(encoding="utf-8") as file:
        official = {date.fromisoformat(row["day"]) for row in csv.DictReader(file)}
    ours = {day for year in range(2016, 2024) for day in calendar.holidays_of(year) if day.weekday() < 5}
    assert ours == official


@pytest.mark.parametrize("year", range(1986, 2100))
def test_closed_days_are_those_of_the_statute(year: int) -> None:
    assert set(calendar.holidays_of(year)) == oracle.closed(year)


def test_the_shipped_rule_names_every_holiday_of_the_calendar() -> None:
    rule = load_legal_rules().rule("cal.federal_holidays")
    same = {"Birthday of Martin Luther King Jr.": "Martin Luther King Jr. Day"}
    named = {same.get(holiday.name, holiday.name) for holiday in rule.holidays}
    assert named == {name.removesuffix(calendar.OBSERVED) for name in calendar.holidays_of(2026).values()}


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2020-06-19", None),
        ("2021-06-18", "Juneteenth National Independence Day (observed)"),
        ("2027-12-31", "New Year's Day (observed)"),
        ("2026-07-03", "Independence Day (observed)"),
        ("2026-07-05", "weekend"),
        ("2025-01-09", None),  # a day of mourning: D-3
        ("2021-01-20", None),  # Inauguration Day: D-2
    ],
)
def test_why_a_day_is_closed(day: str, reason: str | None) -> None:
    assert calendar.closed_because(date.fromisoformat(day)) == reason


@settings(deadline=None)
@given(DAYS)
def test_the_next_and_the_last_open_day_are_open_and_nothing_open_lies_between(day: date) -> None:
    after, before = calendar.next_open(day), calendar.previous_open(day)
    assert calendar.is_open(after)
    assert calendar.is_open(before)
    assert before <= day <= after
    assert after == oracle.rolled(day, "forward")
    assert before == oracle.rolled(day, "backward")


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_business_days_are_those_of_another_library(day: date, count: int) -> None:
    found = calendar.business_days_from(day, count=count)
    assert found == oracle.business_days(day, count)
    assert calendar.business_days_between(day, found) == count
    assert calendar.business_days_from(found + timedelta(days=1), count=-1) == found


@pytest.mark.parametrize("year", [1950, 2100, 2600])
def test_a_year_without_a_list_is_a_named_gap_and_not_a_year_without_holidays(year: int) -> None:
    with pytest.raises(calendar.CalendarGap, match="No list of federal holidays is known"):
        calendar.holidays_of(year)


def test_inauguration_day_has_an_area_no_friday_in_lieu_and_moves_nothing() -> None:
    assert calendar.inauguration_day(2021) == date(2021, 1, 20)
    assert calendar.inauguration_day(2029) is None
    assert calendar.inauguration_day(2022) is None
    assert calendar.may_be_closed_in("Baltimore MD", day=date(2021, 1, 20)) is None
    assert calendar.may_be_closed_in("Prince George's County MD", day=date(2021, 1, 20)) is not None
    assert calendar.next_open(date(2021, 1, 20)) == date(2021, 1, 20)
