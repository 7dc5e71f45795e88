"""Read a hearing notice as it was typed: a date that cannot be is unconfirmed, and still a date to appear.

Comes in: the fields of a notice, confirmed by a person one by one. Goes out: `NoticeReading` with its tasks.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_notices.py.
"""

import calendar as month_lengths
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from posada.docket.calendar import CalendarGap, closed_because
from posada.docket.practice import Practice

CHECK_COURT_LINE, PROOF_THAT_WE_CAME, ASK_VENUE = "check_court_line", "proof_that_we_came", "ask_venue"

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class UnreadableNotice(ValueError):  # noqa: N818
    """A notice whose date is not even written as one: a person must look at the paper."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on a hearing notice, as typed: `day` as YYYY-MM-DD even if no calendar has it."""

    case_id: str
    kind: str
    day: str
    time: str
    court_code: str
    served_on: date
    source: str  # the paper or file that it was read from


@dataclass(frozen=True, slots=True)
class CourtLineCheck:
    """One time the court's own line was asked about a notice: when, by whom, and what it answered."""

    on: date
    by: str
    answer: str
    confirms: bool


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """A notice, whether it is confirmed, the day on which to appear all the same, and what must be done."""

    notice: Notice
    appear_on: date
    at: datetime | None  # wall time of the court; None if no hour of a court's day is given
    doubts: tuple[str, ...]
    tasks: tuple[str, ...]
    asks_venue: bool
    next_check: date | None

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing is in doubt, or the court's line has confirmed it."""
        return not self.doubts


def read_notice(
    notice: Notice,
    *,
    today: date,
    practice: Practice,
    home_court: str | None = None,
    checks: Iterable[CourtLineCheck] = (),
) -> NoticeReading:
    """The notice with its doubts and tasks. Raises UnreadableNotice if the day is not written YYYY-MM-DD.

    A day that no calendar has is read as the last day of its month before it: the earliest day to appear.
    """
    appear_on, doubts = _appearance(notice.day)
    at = _hour(notice.time, appear_on, doubts, hours=practice.hours_of_court)
    doubts += _closed(appear_on)
    if appear_on < notice.served_on:
        doubts.append("before_service")
    done = sorted(checks, key=lambda check: check.on)
    if done and done[-1].confirms:
        doubts = []
    asks_venue = home_court is not None and home_court != notice.court_code
    tasks = [CHECK_COURT_LINE, PROOF_THAT_WE_CAME] if doubts else []
    next_check = None
    if doubts:
        last = done[-1].on if done else None
        next_check = today if last is None else last + timedelta(days=practice.court_line_check_days)
    return NoticeReading(
        notice=notice,
        appear_on=appear_on,
        at=at,
        doubts=tuple(doubts),
        tasks=(*tasks, *((ASK_VENUE,) if asks_venue else ())),
        asks_venue=asks_venue,
        next_check=next_check,
    )


def _appearance(text: str) -> tuple[date, list[str]]:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise UnreadableNotice("The day of a notice is written YYYY-MM-DD, exactly as the paper has it.")
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12 or day < 1 or year < 1:
        raise UnreadableNotice(f"{text} names no month and day; look at the paper again.")
    last = month_lengths.monthrange(year, month)[1]
    if day <= last:
        return date(year, month, day), []
    return date(year, month, last), ["no_such_day"]


def _hour(text: str, day: date, doubts: list[str], *, hours: tuple[int, int]) -> datetime | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        doubts.append("no_hour")
        return None
    at = time(int(found[1]), int(found[2]))
    if not time(hours[0]) <= at <= time(hours[1]):
        doubts.append("not_an_hour_of_court")
    return datetime.combine(day, at)


def _closed(day: date) -> list[str]:
    try:
        return [] if closed_because(day) is None else ["court_closed"]
    except CalendarGap:
        return ["outside_the_calendar"]
