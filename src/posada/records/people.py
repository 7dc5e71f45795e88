"""Children, as a program folder knows them: no name, no number, no address."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta


@dataclass(frozen=True, slots=True)
class Child:
    """One row of children.csv. An empty tuple or None means "not known"."""

    child_id: str
    sibling_group_id: str
    birth_date: date
    sex: str  # "F", "M" or "X"
    languages: tuple[str, ...] = ()  # ISO 639-3, best first
    country: str | None = None  # ISO 3166-1 alpha-3; never read by the plan
    arrived_on: date | None = None
    needs: tuple[str, ...] = ()
    location_fips: str | None = None


def birthday(born: date, *, years: int) -> date:
    """The day on which a person completes so many years; 29 February becomes the 28th, the earlier day.

    The only place that decides this: beds, ages, legal limits and duties follow it. The earlier day is right for
    a right that ends and for a duty that begins (docs/decisions/0009-one-birthday.md). Raises OverflowError
    where the year is in no calendar.

    >>> birthday(date(2008, 2, 29), years=18)
    datetime.date(2026, 2, 28)
    >>> birthday(date(2008, 2, 29), years=20)
    datetime.date(2028, 2, 29)
    """
    year = born.year + years
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError("the year is not in the calendar")
    return date(year, born.month, min(born.day, monthrange(year, born.month)[1]))


def born_by(day: date, *, years: int) -> date:
    """The latest birth date of who has completed so many years by a day. Raises OverflowError.

    >>> born_by(date(2026, 2, 28), years=18), born_by(date(2026, 2, 27), years=18)
    (datetime.date(2008, 2, 29), datetime.date(2008, 2, 27))
    """
    same = birthday(day, years=-years)
    following = same + timedelta(days=1)
    return following if birthday(following, years=years) <= day else same


def age_on(birth_date: date, on: date) -> int:
    """Whole years of age on a day; the birthday itself counts.

    >>> age_on(date(2012, 2, 29), date(2013, 2, 27))
    0
    >>> age_on(date(2012, 2, 29), date(2013, 2, 28))
    1
    """
    years = on.year - birth_date.year
    return years - (on < birthday(birth_date, years=years))
