"""A second way to count: holidays by the words of the statute, numpy's business days, dateutil's years.

It shares no code with the docket, and not the library that the docket takes its holidays from.
"""

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from dateutil.relativedelta import relativedelta

MONDAY, THURSDAY = 0, 3


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def statutory(year: int) -> list[date]:
    """The days of 5 U.S.C. 6103(a) in a year from 1986, Juneteenth from its enactment on 17 June 2021."""
    last_monday = date(year, 5, 31)
    while last_monday.weekday() != MONDAY:
        last_monday -= timedelta(days=1)
    days = [
        date(year, 1, 1),
        _nth(year, 1, MONDAY, 3),
        _nth(year, 2, MONDAY, 3),
        last_monday,
        date(year, 7, 4),
        _nth(year, 9, MONDAY, 1),
        _nth(year, 10, MONDAY, 2),
        date(year, 11, 11),
        _nth(year, 11, THURSDAY, 4),
        date(year, 12, 25),
    ]
    return days if date(year, 6, 19) < date(2021, 6, 17) else [*days, date(year, 6, 19)]


@lru_cache
def closed(year: int) -> set[date]:
    """Every day closed for a holiday in a calendar year, the day itself and the observed one."""
    days = [day for each in (year - 1, year, year + 1) for day in statutory(each)]
    moved = [day - timedelta(days=1) for day in days if day.weekday() == 5]
    moved += [day + timedelta(days=1) for day in days if day.weekday() == 6]
    return {day for day in (*days, *moved) if day.year == year}


@lru_cache
def business_calendar() -> np.busdaycalendar:
    """Monday to Friday without the observed holidays, 1986 to 2099."""
    days = sorted(day for year in range(1986, 2100) for day in closed(year))
    return np.busdaycalendar(holidays=np.array(days, dtype="datetime64[D]"))


def rolled(day: date, way: str) -> date:
    """To the next ("forward") or the last ("backward") business day."""
    if way == "none":
        return day
    found = np.busday_offset(np.datetime64(day), 0, roll=way, busdaycal=business_calendar())
    return found.astype(date)


def business_days(day: date, n: int) -> date:
    """The n-th business day after a day, which never counts."""
    # From a closed day numpy goes back to the last open one, so that the first step lands on the next.
    found = np.busday_offset(np.datetime64(day), n, roll="backward", busdaycal=business_calendar())
    return found.astype(date)


def years(day: date, n: int) -> date:
    """n years later: 29 February becomes the 28th in a common year."""
    return day + relativedelta(years=n)


def months(day: date, n: int) -> date:
    """n months later, at the latest the last day of the month."""
    return day + relativedelta(months=n)
