"""When check-ins are due, as dated data with a source."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.office.placement.check_in_days import days_on, months_after, schedule_from, versions

TODAY = date(2026, 11, 24)


def test_every_version_says_where_its_numbers_come_from() -> None:
    assert all(each.source for each in versions())
    assert days_on(TODAY).first_days == (7, 30, 90)
    with pytest.raises(LookupError):
        days_on(date(1999, 12, 31))


def test_a_home_is_seen_at_7_30_and_90_days_and_each_month() -> None:
    due = schedule_from(date(2026, 1, 31), days=200, numbers=days_on(TODAY))
    assert due == [
        ("day_7", date(2026, 2, 7)),
        ("day_30", date(2026, 3, 2)),
        ("month_2", date(2026, 3, 31)),
        ("day_90", date(2026, 5, 1)),
        ("month_4", date(2026, 5, 31)),
        ("month_5", date(2026, 6, 30)),
        ("month_6", date(2026, 7, 31)),
    ]


@given(st.dates(date(2001, 1, 1), date(2040, 1, 1)), st.one_of(st.none(), st.integers(1, 800)))
def test_nobody_stays_unseen_for_more_than_forty_days(start: date, days: int | None) -> None:
    due = [when for _kind, when in schedule_from(start, days=days, numbers=days_on(TODAY))]
    assert due == sorted(due)
    last = start + timedelta(days=min(days or 360, 360))
    marks = [start, *due, last]
    assert all((later - earlier).days <= 40 for earlier, later in itertools.pairwise(marks))


def test_a_month_later_is_the_last_day_where_there_is_no_such_day() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
