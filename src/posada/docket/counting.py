"""Count a period from a day: day 0 is the event, every calendar day counts, and only the end rolls.

Comes in: a start, a `Period`, a roll. Goes out: `Counted`, which keeps every step so that it can be told.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_counting.py.
"""

import calendar as month_lengths
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from posada.docket.calendar import business_days_from, next_open, previous_open
from posada.rulebook.legal_rule import Period

AFTER, BEFORE = 1, -1


@dataclass(frozen=True, slots=True)
class Moved:
    """One recorded adjustment on the way: its kind, its days, and the day that they were counted from."""

    kind: str
    days: int
    since: date


@dataclass(frozen=True, slots=True)
class Counted:
    """A date with the way to it: start, period, days added or taken off, the raw end, the rolled end."""

    start: date
    period: Period
    direction: int  # AFTER or BEFORE the start
    added_days: int  # days that a clock stood still
    minus_days: int
    raw: date  # before the roll
    end: date
    roll: str
    start_at: datetime | None = None  # hours only
    end_at: datetime | None = None
    base: "Counted | None" = None  # the count before anything moved it
    moves: tuple[Moved, ...] = ()


class OutOfCalendar(LookupError):  # noqa: N818
    """A count that leaves the years a calendar can hold."""


@lru_cache(maxsize=131_072)
def count(
    start: date,
    *,
    period: Period,
    roll: str = "none",
    direction: int = AFTER,
    added_days: int = 0,
    minus_days: int = 0,
) -> Counted:
    """Count `period` from `start` (day 0), add and take off days, then roll.

    Raises OutOfCalendar past the year 9999, CalendarGap where no holidays are known, ValueError for hours.

    >>> count(date(2025, 5, 20), period=Period(30, "calendar_days"), roll="next_business_day").end
    datetime.date(2025, 6, 20)
    """
    try:
        landed = shifted(start, period, direction=direction)
        raw = landed + timedelta(days=added_days - minus_days)
        end = rolled(raw, roll)
    except OverflowError:
        raise OutOfCalendar(f"{period.number} {period.unit} from {start} leaves the calendar.") from None
    return Counted(start, period, direction, added_days, minus_days, raw, end, roll)


def shifted(start: date, period: Period, *, direction: int = AFTER) -> date:
    """`start` moved by a period, without any roll. Raises OverflowError, ValueError for hours.

    >>> shifted(date(2024, 2, 29), Period(1, "years"))
    datetime.date(2025, 2, 28)
    """
    number = direction * period.number
    if period.unit == "calendar_days":
        return start + timedelta(days=number)
    if period.unit == "business_days":
        return business_days_from(start, count=number)
    if period.unit == "years":
        return _on_day(start, year=start.year + number, month=start.month)
    if period.unit == "months":
        months = start.year * 12 + start.month - 1 + number
        return _on_day(start, year=months // 12, month=months % 12 + 1)
    raise ValueError(f"{period.unit} are counted from an hour, not from a day")


def rolled(day: date, roll: str) -> date:
    """`day`, or the open day that its rule rolls to."""
    if roll == "next_business_day":
        return next_open(day)
    if roll == "previous_business_day":
        return previous_open(day)
    return day


def count_hours(start_at: datetime, *, period: Period, zone: str | None = None) -> Counted:
    """Elapsed hours, straight through nights, weekends, holidays and the change of the clock.

    `start_at` is the wall time of the place; `zone` is its IANA name. Where neither a zone nor an offset is
    known, the earlier of two readings counts: of a place that changes its clock, and of one that does not.

    >>> count_hours(datetime(2026, 11, 26, 23, 30), period=Period(48, "hours")).end
    datetime.date(2026, 11, 28)
    """
    hours = timedelta(hours=period.number)
    try:
        if zone is not None:
            end_at = _elapsed(start_at.replace(tzinfo=None), hours, zone)
        elif start_at.tzinfo is not None:
            end_at = start_at + hours
        else:
            end_at = min(start_at + hours, _elapsed(start_at, hours, "America/New_York"))
    except OverflowError:
        raise OutOfCalendar(f"{period.number} hours from {start_at} leaves the calendar.") from None
    end = end_at.date()
    return Counted(start_at.date(), period, AFTER, 0, 0, end, end, "none", start_at, end_at)


def _elapsed(wall: datetime, hours: timedelta, zone: str) -> datetime:
    there = ZoneInfo(zone)
    return (wall.replace(tzinfo=there).astimezone(UTC) + hours).astimezone(there).replace(tzinfo=None)


def _on_day(day: date, *, year: int, month: int) -> date:
    if not 1 <= year <= date.max.year:
        raise OverflowError("the year is not in the calendar")
    return date(year, month, min(day.day, month_lengths.monthrange(year, month)[1]))
