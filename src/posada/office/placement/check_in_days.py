"""The numbers of check-ins and of looking ahead, as dated data with a source.

Comes in: a day. Goes out: the numbers that hold on it. Docs: docs/explanation/offers-and-placements.md.
Tests: tests/office/placement/test_check_in_days.py.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from posada.docket.counting import shifted
from posada.rulebook.legal_rule import Period


@dataclass(frozen=True, slots=True)
class CheckInDays:
    """Numbers of one version. Days are counted from the day of arrival; months by the calendar."""

    since: date
    first_days: tuple[int, ...]
    monthly: bool
    months_at_most: int
    try_again_days: int
    tries_before_visit: int
    ahead_days: tuple[int, ...]
    incident_report_days: int
    source: str


@lru_cache
def versions() -> tuple[CheckInDays, ...]:
    """Every version, oldest first."""
    text = resources.files("posada.office.placement").joinpath("check_in_days.toml").read_text("utf-8")
    found = [
        CheckInDays(
            since=each["from"],
            first_days=tuple(each["first_days"]),
            monthly=each["monthly"],
            months_at_most=each["months_at_most"],
            try_again_days=each["try_again_days"],
            tries_before_visit=each["tries_before_visit"],
            ahead_days=tuple(each["ahead_days"]),
            incident_report_days=each["incident_report_days"],
            source=each["source"],
        )
        for each in tomllib.loads(text)["versions"]
    ]
    return tuple(sorted(found, key=lambda each: each.since))


def days_on(day: date) -> CheckInDays:
    """The numbers that hold on a day. Raises LookupError before the first version."""
    holding = [each for each in versions() if each.since <= day]
    if not holding:
        raise LookupError(f"no numbers of check-ins hold on {day}")
    return holding[-1]


def schedule_from(start: date, *, days: int | None, numbers: CheckInDays) -> list[tuple[str, date]]:
    """What is due after an arrival: (kind, day), sorted. `days`: how long the stay is meant to be; None: not known.

    >>> from datetime import date
    >>> [kind for kind, _ in schedule_from(date(2026, 1, 1), days=100, numbers=days_on(date(2026, 1, 1)))]
    ['day_7', 'day_30', 'month_2', 'day_90']
    """
    last = start + timedelta(days=days if days is not None else 366)
    due = [(f"day_{each}", start + timedelta(days=each)) for each in numbers.first_days]
    if numbers.monthly:
        near = {when for _, when in due}
        for month in range(1, numbers.months_at_most + 1):
            when = months_after(start, month)
            if all(abs((when - other).days) > 5 for other in near):
                due.append((f"month_{month}", when))
    return sorted(((kind, when) for kind, when in due if when <= last), key=lambda each: each[1])


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month has no such day."""
    return shifted(day, Period(months, "months"))
