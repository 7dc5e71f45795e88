"""The days on which a federal office or court is closed: weekends, legal holidays, and their observed days.

Comes in: a date. Goes out: whether it is open, and why not. Source: rule `cal.federal_holidays`.
The holidays are those of the library `holidays`; tests hold it against the statute and the official lists.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_calendar.py.
"""

from datetime import date, timedelta
from functools import lru_cache

from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_files import load_legal_rules

WEEKEND = "weekend"
OBSERVED = " (observed)"
_SATURDAY = 5
_DAY = timedelta(days=1)


class CalendarGap(LookupError):  # noqa: N818
    """A day for which no list of holidays is known, so that nothing can be counted or rolled over it."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"No list of federal holidays is known for {day}: nothing is counted over it.")


def is_open(day: date) -> bool:
    """Whether `day` is a business day. Raises CalendarGap outside the years that the calendar knows.

    >>> is_open(date(2025, 6, 19)), is_open(date(2020, 6, 19))
    (False, True)
    """
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def closed_because(day: date) -> str | None:
    """Why an office is closed on `day`: a holiday's name, `weekend`, or None if it is open.

    >>> closed_because(date(2021, 12, 31))
    "New Year's Day (observed)"
    """
    return holidays_of(day.year).get(day) or (WEEKEND if day.weekday() >= _SATURDAY else None)


@lru_cache(maxsize=65_536)
def next_open(day: date) -> date:
    """`day` if it is open, else the next open day."""
    while not is_open(day):
        day += _DAY
    return day


@lru_cache(maxsize=65_536)
def previous_open(day: date) -> date:
    """`day` if it is open, else the last open day before it."""
    while not is_open(day):
        day -= _DAY
    return day


@lru_cache(maxsize=65_536)
def business_days_from(day: date, *, count: int) -> date:
    """The `count`-th business day after `day` (before it, if negative). `day` itself never counts.

    >>> business_days_from(date(2026, 11, 25), count=5)  # Thanksgiving is passed over
    datetime.date(2026, 12, 3)
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_open(day)
    return day


def business_days_between(start: date, end: date) -> int:
    """Business days after `start` up to and including `end`; 0 if `end` is not after it.

    >>> business_days_between(date(2026, 11, 25), date(2026, 12, 3))
    5
    """
    return max(_open_through(end) - _open_through(start), 0)


def _open_through(day: date) -> int:
    """Open days from the first day of the calendar through `day`."""
    return _open_in(day.year)[day.timetuple().tm_yday]


@lru_cache
def _open_in(year: int) -> tuple[int, ...]:
    """Open days from the first day of the calendar through each day of a year; entry 0 is the day before."""
    total = _open_in(year - 1)[-1] if year > _first_year() else 0
    first, counts = date(year, 1, 1), [total]
    for offset in range((date(year, 12, 31) - first).days + 1):
        total += is_open(first + timedelta(days=offset))
        counts.append(total)
    return tuple(counts)


def holidays_of(year: int) -> dict[date, str]:
    """The closed days of a calendar year with their names, the observed ones of the next year among them.

    Raises CalendarGap before the statute's list and after the last year that the library knows.
    """
    first = _first_year()
    if year < first:
        raise CalendarGap(date(year, 1, 1))
    return _listed(year)


@lru_cache
def _first_year() -> int:
    rule = load_legal_rules().rule("cal.federal_holidays")
    starts = [version.effective_from for version in rule.versions if version.effective_from]
    return min(starts).year


@lru_cache
def _listed(year: int) -> dict[date, str]:
    import holidays  # takes a tenth of a second: only when a day is asked about

    listed = holidays.country_holidays("US", years=year, observed=True)
    # Past its last year the library answers with an empty list, without a word, and that year lacks its end.
    if year >= listed.end_year or not listed:
        raise CalendarGap(date(year, 1, 1))
    return {day: name for day, name in sorted(listed.items()) if day.year == year}


def inauguration_day(year: int) -> date | None:
    """The holiday of Inauguration Day, in its area only; None in a year without one, or on a Saturday.

    It never lengthens a period (decision D-2); it tells a person that a door may be closed.
    Source: 5 U.S.C. 6103(c), rule `cal.inauguration_day`.

    >>> inauguration_day(2013), inauguration_day(2029)
    (datetime.date(2013, 1, 21), None)
    """
    limits = load_legal_rules().rule("cal.inauguration_day").limits
    if year % limits["every_years"] != limits["remainder"]:
        return None
    day = date(year, limits["month"], limits["day"])
    if day.weekday() == _SATURDAY:
        return None
    return day + _DAY if day.weekday() > _SATURDAY else day


def may_be_closed_in(place: str, *, day: date) -> str | None:
    """The rule that may close a door in `place` (spelled as in its area) on `day`, without any roll.

    >>> may_be_closed_in("Falls Church VA", day=date(2021, 1, 20))
    'cal.inauguration_day'
    """
    rule = load_legal_rules().rule("cal.inauguration_day")
    version_in_force(rule, trigger_date=day, as_of=day)
    return rule.rule_id if place in rule.area and day == inauguration_day(day.year) else None
