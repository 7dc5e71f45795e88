"""What keeps a home from being opened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from posada.licensing.checks import Lack, State
from posada.licensing.permission import PENDING_CHECK, Permission
from posada.licensing.study import (
    AuthorCannotApprove,
    EarlierRefusal,
    HomeFacts,
    HomeStudy,
    check_approver,
    may_open,
    obstacles,
)
from posada.licensing.wording import words_in
from tests.licensing.made import DAY, RULES, clear, facts, household, needed_checks

EXEMPT = ("license", "willing", "age", "sex")
GOOD = HomeStudy("ana", date(2026, 9, 1), 2, approved_by="ben", approved_on=date(2026, 9, 5))


def codes(home: HomeFacts) -> list[str]:
    return [each.code for each in obstacles(home, rules=RULES, kin_exempt=EXEMPT, on=DAY)]


def test_a_home_with_checks_study_and_license_may_open() -> None:
    assert codes(facts()) == []
    assert may_open(facts(), rules=RULES, kin_exempt=EXEMPT, on=DAY)


def test_the_author_of_a_home_study_cannot_approve_it() -> None:
    with pytest.raises(AuthorCannotApprove, match="another person"):
        check_approver(author="ana", approver="ana")
    check_approver(author="ana", approver="ben")
    assert codes(facts(studies=(replace(GOOD, approved_by="ana"),))) == ["study_not_approved"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"studies": ()}, "no_study"),
        ({"studies": (replace(GOOD, approved_by=None, approved_on=None),)}, "study_not_approved"),
        ({"studies": (replace(GOOD, approved_on=DAY + timedelta(days=1)),)}, "study_not_approved"),
        ({"studies": (replace(GOOD, approved_on=date(2026, 8, 1)),)}, "study_not_approved"),
        ({"licensed_capacity": 3}, "over_study"),
        ({"license_from": None}, "no_license"),
        ({"license_to": None}, "no_license"),
        ({"license_from": DAY + timedelta(days=1)}, "license_not_begun"),
        ({"license_to": DAY - timedelta(days=1)}, "license_ended"),
        ({"refusals": (EarlierRefusal("r1", date(2020, 1, 1)),)}, "refusal_not_acknowledged"),
    ],
)
def test_each_thing_that_is_not_in_order_is_an_obstacle(changes: dict[str, object], code: str) -> None:
    assert codes(facts(**changes)) == [code]


def test_an_acknowledged_refusal_is_none() -> None:
    assert codes(facts(refusals=(EarlierRefusal("r1", date(2020, 1, 1), is_acknowledged=True),))) == []


def test_kin_need_no_license_but_a_study_and_checks() -> None:
    kin = household(kind="kin")
    assert codes(facts(kin, license_from=None, license_to=None)) == []
    found = codes(facts(kin, license_from=None, license_to=None, studies=(), checks=()))
    assert "no_study" in found
    assert "check_missing" in found


def test_every_missing_check_is_an_obstacle_with_its_rule_person_and_source() -> None:
    (found,) = obstacles(facts(checks=needed_checks(household())[1:]), rules=RULES, kin_exempt=EXEMPT, on=DAY)
    assert (found.code, found.type_id, found.member_id) == ("check_missing", "background", "carer")
    assert found.rule_id == "checks.background.covers"
    assert "Family Law" in found.source


def test_a_permission_for_one_pending_check_lifts_that_obstacle_and_no_other() -> None:
    checks = tuple(
        replace(each, result=State.PENDING) if each.type_id in ("training", "registry") else each
        for each in needed_checks(household())
    )
    given = Permission(
        permission_id="p1",
        home_id="home",
        rule_id=PENDING_CHECK,
        from_date=DAY,
        to_date=DAY,
        reason="class is full",
        asked_by="ana",
        approved_by="ben",
        approved_on=DAY,
        type_id="training",
        member_id="carer",
    )
    found = obstacles(facts(checks=checks, permissions=(given,)), rules=RULES, kin_exempt=EXEMPT, on=DAY)
    assert [each.type_id for each in found] == ["registry"]


def test_an_older_approved_study_stands_while_a_new_one_waits_for_approval() -> None:
    waiting = replace(GOOD, written_on=DAY, approved_by=None, approved_on=None)
    assert codes(facts(studies=(GOOD, waiting))) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_obstacle_has_words(language: str) -> None:
    listed = {
        *("no_study", "study_not_approved", "over_study", "no_license", "license_not_begun"),
        *("license_ended", "refusal_not_acknowledged"),
        *(f"check_{lack}" for lack in Lack),
    }
    assert {f"obstacle.{code}" for code in listed} <= set(words_in(language))


def test_a_check_of_somebody_else_does_not_help() -> None:
    checks = (*needed_checks(household())[1:], clear("background", "son"))
    assert codes(facts(checks=checks)) == ["check_missing"]
