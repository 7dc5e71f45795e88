"""A hearing keeps the clock of its place."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.hearings import (
    Hearing,
    InterpreterNeed,
    NoSuchTime,
    by_video,
    cancelled,
    in_person,
    rescheduled,
    time_in_words,
)
from posada.docket.wording import words_in

ZONES = sorted(key.removeprefix("zone.") for key in words_in("en") if key.startswith("zone."))
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))


def hearing(at: str = "2026-11-30T08:30", zone: str = "America/Denver") -> Hearing:
    return Hearing("h1", "c1", "master", "DEN", datetime.fromisoformat(at), zone, "Room 3")


@settings(deadline=None)
@given(DAYS, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_the_wall_time_of_every_courts_zone_is_the_same_wherever_it_is_read(
    day: date, zone: str, here: str
) -> None:
    made = hearing(f"{day}T08:30", zone)
    assert made.instant.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "08:30"
    assert "8:30 at the court" in time_in_words(made, here=here, language="en")


@settings(deadline=None)
@given(DAYS, st.integers(1, 400), st.sampled_from(ZONES))
def test_rescheduling_over_a_change_of_the_clock_keeps_the_hour(day: date, later: int, zone: str) -> None:
    made = hearing(f"{day}T08:30", zone)
    moved = rescheduled(made, at=made.at + timedelta(days=later))
    assert moved.instant.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "08:30"
    assert (moved.zone, moved.revision) == (zone, 1)


def test_by_video_and_back_in_person_the_time_of_the_court_stays() -> None:
    made = hearing()
    video = by_video(made, child_zone="America/Los_Angeles")
    assert (video.at, video.zone, video.is_by_video) == (made.at, made.zone, True)
    back = in_person(video)
    assert (back.at, back.zone, back.is_by_video, back.revision) == (made.at, made.zone, False, 2)


@pytest.mark.parametrize(
    ("zone", "child", "here", "text"),
    [
        (
            "America/Denver",
            None,
            "America/New_York",
            "Monday 30 November 2026, 8:30 at the court (Mountain) – 10:30 here",
        ),
        (
            "America/New_York",
            None,
            "America/New_York",
            "Monday 30 November 2026, 8:30 at the court (Eastern)",
        ),
        (
            "America/Phoenix",
            None,
            "America/Denver",
            "Monday 30 November 2026, 8:30 at the court (Arizona)",
        ),
        (
            "America/New_York",
            "America/Chicago",
            "America/New_York",
            "Monday 30 November 2026, 8:30 at the court (Eastern) – 7:30 where the child sits",
        ),
        (
            "Pacific/Guam",
            None,
            "America/New_York",
            "Monday 30 November 2026, 8:30 at the court (Guam) – Sunday 29 November 2026, 17:30 here",
        ),
    ],
)
def test_a_time_is_told_for_the_court_the_child_and_the_reader(
    zone: str, child: str | None, here: str, text: str
) -> None:
    made = hearing(zone=zone)
    if child:
        made = by_video(made, child_zone=child)
    assert time_in_words(made, here=here, language="en") == text


def test_arizona_keeps_its_clock_in_summer() -> None:
    made = hearing("2026-07-06T08:30", "America/Phoenix")
    assert time_in_words(made, here="America/Denver", language="es").endswith("– 9:30 aquí")


@pytest.mark.parametrize(
    ("at", "zone"), [("2026-03-08T02:30", "America/New_York"), ("2026-03-08T10:00", "Mountain")]
)
def test_a_time_or_zone_that_does_not_exist_is_refused(at: str, zone: str) -> None:
    with pytest.raises(NoSuchTime):
        hearing(at, zone)


def test_a_time_with_an_offset_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="with the zone beside it"):
        hearing("2026-03-09T10:00-05:00")


def test_taking_off_twice_is_once() -> None:
    off = cancelled(hearing())
    assert (off.is_cancelled, off.revision) == (True, 1)
    assert cancelled(off) is off


def test_a_relay_is_two_people_and_both_must_be_booked() -> None:
    from dataclasses import replace

    relay = (InterpreterNeed("mam", "northern", "spa", True), InterpreterNeed("spa", "", "eng"))
    assert replace(hearing(), interpreters=relay).lacks_interpreter
    assert not hearing().lacks_interpreter
