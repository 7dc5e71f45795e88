"""Children, as a program folder knows them: no name, no number, no address."""

from dataclasses import dataclass
from datetime import date


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


def age_on(birth_date: date, on: date) -> int:
    """Whole years of age on a day; a birthday on 29 February falls on 1 March in a common year.

    >>> age_on(date(2012, 2, 29), date(2013, 2, 28))
    0
    >>> age_on(date(2012, 2, 29), date(2013, 3, 1))
    1
    """
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
