"""What expires in the next 60 days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from posada.licensing.expiry import Expires, Expiring, KnownEnd, expiring, step_reached
from posada.licensing.permission import Permission
from posada.licensing.study import HomeFacts
from tests.licensing.made import CARER, DAY, RULES, SON, clear, facts, household


def told(*homes: HomeFacts, days: int = 60, **more: object) -> list[tuple[Expires, str, int]]:
    found = expiring(homes, rules=RULES, on=DAY, days=days, **more)  # type: ignore[arg-type]
    return [(each.what, each.detail, each.days_left) for each in found]


def test_nothing_is_told_of_a_home_where_nothing_ends_soon() -> None:
    assert told(facts()) == []


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_license_is_told_of_from_60_days_before_its_last_day(days: int, is_told: bool) -> None:
    home = facts(license_to=DAY + timedelta(days=days))
    assert told(home) == ([(Expires.LICENSE, "", days)] if is_told else [])


def test_a_check_that_a_later_one_outlasts_is_not_told_of() -> None:
    old = clear("registry", "carer", issued_on=DAY - timedelta(days=360))
    only_old = tuple(each for each in facts().checks if each.type_id != "registry")
    assert told(facts(checks=(*only_old, old))) == [(Expires.CHECK, "registry", 5)]
    assert told(facts(checks=(*facts().checks, old))) == []


def test_a_check_of_somebody_who_left_is_not_told_of() -> None:
    gone = replace(CARER, member_id="gone", moved_out_on=DAY)
    home = household(CARER, gone)
    old = clear("registry", "gone", issued_on=DAY - timedelta(days=360))
    assert told(facts(home, checks=(*facts(home).checks, old))) == []


def test_an_exception_is_told_of_only_once_it_was_approved() -> None:
    given = Permission(
        *("p1", "home", "household.siblings_max", DAY, DAY + timedelta(days=9), "siblings", "ana"),
        approved_by="ben",
        approved_on=DAY,
    )
    assert told(facts(permissions=(given,))) == [(Expires.EXCEPTION, "household.siblings_max", 9)]
    assert told(facts(permissions=(replace(given, approved_by=None),))) == []


def test_a_birthday_that_raises_checks_is_told_of_by_check() -> None:
    teenager = replace(SON, birth_date=date(2008, 12, 25))
    found = told(facts(household(CARER, teenager)))
    assert found == [
        (Expires.TURNS_AGE, each, 30) for each in ("background", "fingerprints", "identity", "registry")
    ]


def test_an_18th_birthday_of_a_placed_child_and_an_agreed_length_are_told_of_by_date() -> None:
    found = expiring(
        [],
        rules=RULES,
        on=DAY,
        days=60,
        birth_dates=[("c1", date(2008, 12, 1)), ("c2", date(2012, 1, 1))],
        lengths=[KnownEnd("p1", date(2026, 11, 30))],
    )
    assert found == (
        Expiring(date(2026, 11, 30), Expires.LENGTH, "p1", days_left=5),
        Expiring(date(2026, 12, 1), Expires.TURNS_ADULT, "c1", days_left=6),
    )


@pytest.mark.parametrize(
    ("left", "step"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-1, None)]
)
def test_a_task_opens_90_60_and_30_days_before_an_end(left: int, step: int | None) -> None:
    assert step_reached(DAY + timedelta(days=left), on=DAY) == step
