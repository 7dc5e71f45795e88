"""Dated values and the errors of the rulebook."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from posada.rulebook import DatedValue, RuleGap, UnknownPolicy


@given(st.dates(), st.dates(), st.dates())
def test_a_value_stands_from_its_first_through_its_last_day(a: date, b: date, day: date) -> None:
    start, end = sorted((a, b))
    value = DatedValue(6, "s", date(2026, 1, 1), "c", known_from=start, known_until=end)
    assert value.stands_on(day) == (start <= day <= end)
    assert value.stands_on(start)
    assert value.stands_on(end)


def test_a_value_without_dates_stands_always() -> None:
    value = DatedValue(6, "s", date(2026, 1, 1), "c")
    assert value.stands_on(date.min)
    assert value.stands_on(date.max)


def test_a_gap_says_what_is_covered() -> None:
    assert "no value for it" in str(RuleGap("x", on=date(2020, 1, 1)))
    assert "until 2019-12-31" in str(RuleGap("x", on=date(2020, 1, 1), known_until=date(2019, 12, 31)))
    assert "b, c" in str(UnknownPolicy("a", shipped=("b", "c")))
