"""Quiet hours in the person's own zone, past midnight, and in the nights when the clock is changed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.newsroom.notifications.quiet_hours import minute_of, quiet_from, quiet_until

NEW_YORK = "America/New_York"
NIGHT = {"begins": 21 * 60, "ends": 7 * 60}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-25T22:00-05:00", "2026-11-26T07:00-05:00"),
        ("2026-11-26T03:00-05:00", "2026-11-26T07:00-05:00"),
        ("2026-11-26T06:59-05:00", "2026-11-26T07:00-05:00"),
        ("2026-11-26T07:00-05:00", None),
        ("2026-11-26T20:59-05:00", None),
        ("2026-03-07T23:00-05:00", "2026-03-08T07:00-04:00"),  # the clock is put forward
        ("2026-10-31T23:00-04:00", "2026-11-01T07:00-05:00"),  # and back
    ],
)
def test_a_night_ends_in_the_morning_of_the_persons_zone(now: str, until: str | None) -> None:
    assert quiet_until(at(now), zone=NEW_YORK, **NIGHT) == (at(until) if until else None)


def test_hours_within_a_day_and_none_at_all() -> None:
    noon = at("2026-11-26T12:30-05:00")
    assert quiet_until(noon, zone=NEW_YORK, begins=720, ends=780) == at("2026-11-26T13:00-05:00")
    assert quiet_until(noon, zone=NEW_YORK, begins=None, ends=None) is None
    assert quiet_until(noon, zone=NEW_YORK, begins=720, ends=720) is None


@given(
    st.integers(0, 730 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.sampled_from([NEW_YORK, "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
)
def test_a_morning_always_comes_within_about_a_day(now: datetime, begins: int, ends: int, zone: str) -> None:
    until = quiet_until(now, zone=zone, begins=begins, ends=ends)
    assert until is None or timedelta(0) < until - now <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-26T20:59-05:00", "2026-11-26T21:00-05:00"),
        ("2026-11-26T21:00-05:00", "2026-11-27T21:00-05:00"),
        ("2026-11-26T03:00-05:00", "2026-11-26T21:00-05:00"),
        ("2026-03-07T22:00-05:00", "2026-03-08T21:00-04:00"),  # the clock is put forward
    ],
)
def test_the_next_evening_is_that_of_the_persons_zone(now: str, begins: str) -> None:
    assert quiet_from(at(now), zone=NEW_YORK, **NIGHT) == at(begins)
    assert quiet_from(at(now), zone=NEW_YORK, begins=None, ends=None) is None
    assert quiet_from(at(now), zone=NEW_YORK, begins=60, ends=60) is None


@given(
    st.integers(0, 730 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.integers(0, 1439),
    st.sampled_from([NEW_YORK, "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
)
def test_an_evening_always_comes_within_about_a_day(now: datetime, begins: int, zone: str) -> None:
    evening = quiet_from(now, zone=zone, begins=begins, ends=(begins + 60) % 1440)
    assert evening is not None and timedelta(0) < evening - now <= timedelta(hours=25)


@pytest.mark.parametrize(("text", "minute"), [("", None), ("00:00", 0), ("21:30", 1290), ("7:05", 425)])
def test_a_time_of_day_is_read(text: str, minute: int | None) -> None:
    assert minute_of(text) == minute


@pytest.mark.parametrize("text", ["24:00", "12:60", "x", "12", "-1:00", "12:5x", "٣:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        minute_of(text)
