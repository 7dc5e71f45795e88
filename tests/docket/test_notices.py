"""Notices with dates that cannot be."""

from datetime import datetime

import pytest

from posada.docket.notices import CourtLineCheck, Notice, NoticeReading, UnreadableNotice, read_notice
from posada.docket.practice import shipped_practice
from tests.docket.made import TODAY, day


def read(
    on: str, hour: str = "8:30", *, home: str | None = "BAL", checks: tuple[CourtLineCheck, ...] = ()
) -> NoticeReading:
    notice = Notice("c1", "master", on, hour, "BAL", day("2026-10-01"), "notice.pdf")
    return read_notice(notice, today=TODAY, practice=shipped_practice(), home_court=home, checks=checks)


def test_a_plain_notice_is_confirmed() -> None:
    found = read("2026-12-10")
    assert found.is_confirmed
    assert (found.at, found.tasks, found.next_check) == (datetime.fromisoformat("2026-12-10T08:30"), (), None)


@pytest.mark.parametrize(
    ("on", "hour", "appear", "doubts"),
    [
        ("2026-11-31", "9:00", "2026-11-30", ("no_such_day",)),
        ("2027-02-29", "9:00", "2027-02-28", ("no_such_day", "court_closed")),
        ("2026-12-13", "9:00", "2026-12-13", ("court_closed",)),
        ("2026-12-25", "9:00", "2026-12-25", ("court_closed",)),
        ("2026-12-10", "0:00", "2026-12-10", ("not_an_hour_of_court",)),
        ("2026-12-10", "TBD", "2026-12-10", ("no_hour",)),
        ("2026-09-10", "9:00", "2026-09-10", ("before_service",)),
        ("2200-01-01", "9:00", "2200-01-01", ("outside_the_calendar",)),
    ],
)
def test_a_date_that_cannot_be_is_unconfirmed_and_still_a_date_to_appear(
    on: str, hour: str, appear: str, doubts: tuple[str, ...]
) -> None:
    found = read(on, hour)
    assert not found.is_confirmed
    assert (found.appear_on, found.doubts) == (day(appear), doubts)
    assert found.tasks == ("check_court_line", "proof_that_we_came")
    assert found.next_check == TODAY


def test_the_courts_line_is_asked_every_week_until_it_confirms() -> None:
    asked = CourtLineCheck(day("2026-11-20"), "paralegal", "nothing found", confirms=False)
    assert read("2026-11-31", checks=(asked,)).next_check == day("2026-11-27")
    confirmed = CourtLineCheck(day("2026-11-24"), "paralegal", "30 November, 9:00", confirms=True)
    found = read("2026-11-31", checks=(confirmed, asked))
    assert found.is_confirmed
    assert found.next_check is None


def test_another_court_than_the_homes_opens_the_venue_question() -> None:
    assert read("2026-12-10", home="HYA").tasks == ("ask_venue",)
    assert not read("2026-12-10", home=None).asks_venue


@pytest.mark.parametrize("on", ["soon", "2026-13-01", "2026-00-10", "12/10/2026", "2026-12-00"])
def test_what_names_no_day_is_refused(on: str) -> None:
    with pytest.raises(UnreadableNotice):
        read(on)
