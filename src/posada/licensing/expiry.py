"""What expires in the next days: licenses, checks, exceptions, 18th birthdays, the length of offers.

Comes in: facts of homes, children's birthdays, agreed lengths. Goes out: one list by date.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_expiry.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from posada.licensing.check_types import CheckRules
from posada.licensing.checks import State, covered, last_day
from posada.licensing.household import turns_on
from posada.licensing.study import HomeFacts


class Expires(StrEnum):
    """What it is that ends."""

    LICENSE = "license"
    CHECK = "check"
    EXCEPTION = "exception"
    TURNS_AGE = "turns_age"  # a member reaches the age of a check
    TURNS_ADULT = "turns_adult"  # a placed child turns 18
    LENGTH = "length"  # what a home and the program agreed on ends


@dataclass(frozen=True, slots=True)
class Expiring:
    """One thing that ends. `on`: its last day – for a birthday, the birthday itself."""

    on: date
    what: Expires
    subject_id: str  # the home, for a child the child
    detail: str = ""  # the check type, exception's rule, or check that a birthday raises
    member_id: str | None = None
    days_left: int = 0


@dataclass(frozen=True, slots=True)
class KnownEnd:
    """A date that is known already: the agreed length of a placement, say."""

    subject_id: str
    on: date


def expiring(
    homes: Iterable[HomeFacts],
    *,
    rules: CheckRules,
    on: date,
    days: int,
    birth_dates: Iterable[tuple[str, date]] = (),
    lengths: Iterable[KnownEnd] = (),
) -> tuple[Expiring, ...]:
    """What ends from `on` through `days` days later, by date, then kind and subject.

    `birth_dates`: (child_id, the earliest possible birth date) of placed children. A check that a later one
    of the same pair outlasts is left out, and so are checks of people who have left the home.
    """
    found = [
        *(each for facts in homes for each in _of_home(facts, rules=rules, on=on)),
        *(
            Expiring(turns_on(born, age=rules.adult_age), Expires.TURNS_ADULT, child_id)
            for child_id, born in birth_dates
        ),
        *(Expiring(each.on, Expires.LENGTH, each.subject_id) for each in lengths),
    ]
    within = (each for each in found if 0 <= (each.on - on).days <= days)
    told = (replace(each, days_left=(each.on - on).days) for each in within)
    return tuple(sorted(told, key=_order))


def step_reached(ends_on: date, *, on: date, steps: tuple[int, ...] = (90, 60, 30)) -> int | None:
    """The nearest of the steps (days before the end) that has come; None before the first, and after the end.

    >>> step_reached(date(2026, 3, 1), on=date(2026, 1, 10))
    60
    """
    left = (ends_on - on).days
    return min((step for step in steps if 0 <= left <= step), default=None)


def _order(each: Expiring) -> tuple[date, int, str, str, str]:
    return each.on, list(Expires).index(each.what), each.subject_id, each.detail, each.member_id or ""


def _of_home(facts: HomeFacts, *, rules: CheckRules, on: date) -> Iterator[Expiring]:
    home_id = facts.household.home_id
    if facts.license_to is not None:
        yield Expiring(facts.license_to, Expires.LICENSE, home_id)
    for permission in facts.permissions:
        if permission.stands(max(on, permission.from_date)):
            yield Expiring(permission.to_date, Expires.EXCEPTION, home_id, permission.rule_id)
    yield from _checks(facts, rules=rules, on=on)
    yield from _birthdays(facts, rules=rules, on=on)


def _checks(facts: HomeFacts, *, rules: CheckRules, on: date) -> Iterator[Expiring]:
    for check_type in rules.types:
        for member_id in covered(facts.household, check_type, rules=rules, on=on):
            ends = [
                last_day(record, valid_days=check_type.valid_days)
                for record in facts.checks
                if (record.type_id, record.member_id) == (check_type.type_id, member_id)
                and record.result is State.CLEAR
                and record.issued_on is not None
            ]
            # One without an end outlasts every other.
            if ends and None not in ends:
                last = max(day for day in ends if day is not None)
                yield Expiring(last, Expires.CHECK, facts.household.home_id, check_type.type_id, member_id)


def _birthdays(facts: HomeFacts, *, rules: CheckRules, on: date) -> Iterator[Expiring]:
    """Birthdays that raise a check: the pair is not covered on the eve, and is on the day."""
    household = facts.household
    for member in household.members:
        if member.birth_date is None or not member.lives_there(on):
            continue
        for age in sorted({check_type.from_age for check_type in rules.types} | {rules.adult_age}):
            day = turns_on(member.birth_date, age=age)
            if day <= on:
                continue
            for check_type in rules.types:
                before = covered(household, check_type, rules=rules, on=day - timedelta(days=1))
                after = covered(household, check_type, rules=rules, on=day)
                if member.member_id in after and member.member_id not in before:
                    yield Expiring(
                        day, Expires.TURNS_AGE, household.home_id, check_type.type_id, member.member_id
                    )
