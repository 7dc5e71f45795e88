"""Age with its basis: a birth date may be documented, stated, estimated or disputed, and then has two bounds.

Nothing that follows from age is stored. Comes in: a `Birth` and the day asked about. Goes out: bounds, and the
worse of the two for a rule. Source of whole years: `records.people.age_on`.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_age.py.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from posada.records.people import age_on, birthday


class Basis(StrEnum):
    """How a birth date is known."""

    DOCUMENT = "document"
    STATED = "stated"
    ESTIMATED = "estimated"
    DISPUTED = "disputed"


class Worse(StrEnum):
    """Which age is the worse one for a rule."""

    YOUNGER = "younger"  # a rule that protects the young, such as children under two
    OLDER = "older"  # a rule that ends with an age, such as majority


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date with its basis. `other`: the other bound of an estimate or dispute; either order."""

    birth_date: date | None
    basis: Basis = Basis.STATED
    other: date | None = None


@dataclass(frozen=True, slots=True)
class AgeBounds:
    """Whole years on a day: at least `youngest`, at most `oldest`."""

    youngest: int
    oldest: int
    basis: Basis

    @property
    def is_exact(self) -> bool:
        """Whether there is one age only."""
        return self.youngest == self.oldest


def birth_bounds(birth: Birth, *, margin_days: int) -> tuple[date, date] | None:
    """The earliest and the latest day on which the child may have been born; None: nothing is known.

    `margin_days`: how far an estimated or disputed date without another bound may be off, either way (rule
    `age.margin_days`).
    """
    if birth.birth_date is None:
        return None
    if birth.other is not None:
        return min(birth.birth_date, birth.other), max(birth.birth_date, birth.other)
    if birth.basis in (Basis.DOCUMENT, Basis.STATED):
        return birth.birth_date, birth.birth_date
    margin = timedelta(days=margin_days)
    return birth.birth_date - margin, birth.birth_date + margin


def age_bounds(birth: Birth, *, on: date, margin_days: int) -> AgeBounds | None:
    """The ages that the child may have on a day; None: nothing is known. Nobody is younger than 0."""
    bounds = birth_bounds(birth, margin_days=margin_days)
    if bounds is None:
        return None
    earliest, latest = bounds
    return AgeBounds(max(age_on(latest, on), 0), max(age_on(earliest, on), 0), birth.basis)


def worse_age(birth: Birth, *, on: date, worse: Worse, margin_days: int) -> int | None:
    """The age that a rule has to use; None: not known, and the rule refuses."""
    bounds = age_bounds(birth, on=on, margin_days=margin_days)
    if bounds is None:
        return None
    return bounds.youngest if worse is Worse.YOUNGER else bounds.oldest


def turns(birth: Birth, *, age: int, margin_days: int) -> tuple[date, date] | None:
    """The earliest and the latest day on which the child may turn `age`; deadlines use the earliest."""
    bounds = birth_bounds(birth, margin_days=margin_days)
    return None if bounds is None else (birthday(bounds[0], years=age), birthday(bounds[1], years=age))


def may_be_adult(birth: Birth, *, on: date, margin_days: int, adult_age: int) -> bool | None:
    """Whether the child may be of age on a day; None: not known."""
    oldest = worse_age(birth, on=on, worse=Worse.OLDER, margin_days=margin_days)
    return None if oldest is None else oldest >= adult_age
