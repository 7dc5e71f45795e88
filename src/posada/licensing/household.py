"""Who lives in a home: members with what they are in it, and for how long.

Comes in: nothing. Goes out: frozen `Member`, `Household`. Leaving the home and leaving a role are two things.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_household.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posada.records.people import birthday


class Part(StrEnum):
    """What a person is in the home."""

    CARER = "carer"
    ADULT = "adult"
    OWN_CHILD = "own_child"
    PLACED_CHILD = "placed_child"  # a member from the day on which the child is an adult who stays


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a home. Nothing that follows from age is kept; an unknown birth date counts as an adult's."""

    member_id: str
    part: Part
    birth_date: date | None
    moved_in_on: date
    moved_out_on: date | None = None  # the first day on which the person no longer lives there
    carer_until: date | None = None  # the last day as carer, of one who still lives there

    def lives_there(self, on: date) -> bool:
        """Whether the person lives in the home on a day."""
        return self.moved_in_on <= on and (self.moved_out_on is None or on < self.moved_out_on)

    def cares(self, on: date) -> bool:
        """Whether the person lives there as a carer on a day."""
        return (
            self.part is Part.CARER
            and self.lives_there(on)
            and (self.carer_until is None or on <= self.carer_until)
        )


@dataclass(frozen=True, slots=True)
class Household:
    """A home with its people, past ones too."""

    home_id: str
    kind: str  # kin, foster or group
    members: tuple[Member, ...] = ()


def turns_on(birth_date: date, *, age: int) -> date:
    """The first day on which `records.people.age_on` says `age`.

    >>> turns_on(date(2008, 2, 29), age=18), turns_on(date(2008, 2, 29), age=20)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    """
    return birthday(birth_date, years=age)
