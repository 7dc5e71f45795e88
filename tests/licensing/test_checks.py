"""A home is clear only when each pair of check and person living there today is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.licensing.check_types import CheckRules
from posada.licensing.checks import (
    CheckRecord,
    Lack,
    State,
    clear_until,
    is_clear,
    missing_checks,
    overdue_pending,
    state_on,
)
from posada.licensing.household import Household, Member, Part
from posada.licensing.permission import PENDING_CHECK, Permission
from tests.licensing.made import CARER, DAY, RULES, SON, all_checks, clear, household, needed_checks

EVE = timedelta(days=1)
ADULT_CHECKS = {"background", "fingerprints", "registry", "identity"}
TEENAGER = replace(SON, member_id="teenager", birth_date=date(2008, 11, 25))


def lacks(
    home: Household, checks: tuple[CheckRecord, ...], *, on: date = DAY, rules: CheckRules = RULES
) -> dict[tuple[str, str | None], Lack]:
    found = missing_checks(home, checks, rules=rules, on=on)
    return {(each.type_id, each.member_id): each.lack for each in found}


def without(checks: tuple[CheckRecord, ...], type_id: str, member_id: str | None) -> tuple[CheckRecord, ...]:
    return tuple(each for each in checks if (each.type_id, each.member_id) != (type_id, member_id))


def test_a_home_with_every_check_is_clear() -> None:
    assert lacks(household(), needed_checks(household())) == {}
    assert is_clear(household(), needed_checks(household()), rules=RULES, on=DAY)


@pytest.mark.parametrize("taken", needed_checks(household()), ids=lambda each: each.check_id)
def test_each_missing_check_is_named_with_its_person_and_its_source(taken: CheckRecord) -> None:
    left = tuple(each for each in needed_checks(household()) if each != taken)
    (found,) = missing_checks(household(), left, rules=RULES, on=DAY)
    assert (found.type_id, found.member_id, found.lack) == (taken.type_id, taken.member_id, Lack.MISSING)
    assert found.rule_id == f"checks.{taken.type_id}.covers"
    assert found.source


@pytest.mark.parametrize("result", [State.REQUESTED, State.PENDING, State.REFUSED])
def test_nothing_but_clear_is_clear(result: State) -> None:
    checks = without(needed_checks(household()), "registry", "carer")
    checks = (*checks, replace(clear("registry", "carer"), result=result))
    assert lacks(household(), checks) == {("registry", "carer"): Lack(result.value)}


def test_a_check_is_clear_through_its_last_day_and_expired_the_day_after() -> None:
    check = replace(clear("registry", "carer"), expires_on=DAY)
    assert state_on(check, valid_days=365, on=DAY) is State.CLEAR
    assert state_on(check, valid_days=365, on=DAY + EVE) is State.EXPIRED
    checks = (*without(needed_checks(household()), "registry", "carer"), check)
    (found,) = missing_checks(household(), checks, rules=RULES, on=DAY + EVE)
    assert (found.lack, found.since) == (Lack.EXPIRED, DAY)


def test_the_policy_ends_a_check_whose_own_date_is_later() -> None:
    check = replace(clear("registry", "carer", issued_on=date(2025, 11, 25)), expires_on=date(2099, 1, 1))
    assert state_on(check, valid_days=365, on=DAY) is State.CLEAR
    assert state_on(check, valid_days=365, on=DAY + EVE) is State.EXPIRED


@pytest.mark.parametrize(
    ("spoiled", "lack"),
    [
        ({"issued_on": None}, Lack.NO_ISSUE_DATE),
        ({"has_document": False}, Lack.NO_DOCUMENT),
        ({"is_legible": None}, Lack.NOT_LEGIBLE),
        ({"is_legible": False}, Lack.NOT_LEGIBLE),
        ({"issued_on": DAY + EVE}, Lack.PENDING),
    ],
)
def test_a_check_without_date_document_or_a_second_look_is_not_clear(
    spoiled: dict[str, object], lack: Lack
) -> None:
    checks = without(needed_checks(household()), "identity", "carer")
    checks = (*checks, replace(clear("identity", "carer"), **spoiled))  # type: ignore[arg-type]
    assert lacks(household(), checks) == {("identity", "carer"): lack}


def test_a_later_refusal_outweighs_an_earlier_clear_check_and_a_later_clear_one_the_refusal() -> None:
    old, new = date(2026, 10, 1), date(2026, 11, 1)
    checks = needed_checks(household())
    refused = replace(clear("health", "carer", issued_on=new), result=State.REFUSED)
    assert lacks(household(), (*checks, refused)) == {("health", "carer"): Lack.REFUSED}
    refused = replace(refused, issued_on=old - EVE)
    assert lacks(household(), (*checks, refused)) == {}


def test_a_pending_renewal_does_not_spoil_a_check_that_still_stands() -> None:
    renewal = replace(clear("registry", "carer", issued_on=DAY), result=State.PENDING)
    assert lacks(household(), (*needed_checks(household()), renewal)) == {}


KINDS = ("kin", "foster", "group")


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_who_turns_18_raises_the_checks_on_the_birthday_itself_in_every_kind_of_home(
    kind: str,
) -> None:
    home = household(CARER, TEENAGER, kind=kind)
    checks = needed_checks(home, on=DAY - EVE)
    assert lacks(home, checks, on=DAY - EVE) == {}
    assert lacks(home, checks, on=DAY) == {(each, "teenager"): Lack.MISSING for each in ADULT_CHECKS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [Part.ADULT, Part.OWN_CHILD, Part.PLACED_CHILD])
@pytest.mark.parametrize("born", [date(2008, 11, 25), None])
def test_an_adult_is_checked_whichever_way_he_came_in(kind: str, part: Part, born: date | None) -> None:
    grown = Member("grown", part, born, moved_in_on=DAY)
    home = household(CARER, grown, kind=kind)
    found = {each for each, who in lacks(home, needed_checks(household(CARER, kind=kind))) if who == "grown"}
    assert found >= ADULT_CHECKS


def test_somebody_entered_as_an_adult_is_checked_as_one_whatever_the_birth_date_says() -> None:
    cousin = Member("cousin", Part.ADULT, date(2009, 1, 1), moved_in_on=DAY)
    assert ("background", "cousin") in lacks(household(CARER, cousin), ())


def test_a_placed_child_is_no_member_before_turning_18() -> None:
    placed = Member("placed", Part.PLACED_CHILD, date(2010, 1, 1), moved_in_on=DAY)
    assert not {who for _, who in lacks(household(CARER, placed), ())} & {"placed"}


def test_some_checks_start_at_thirteen_and_the_policy_says_so() -> None:
    registry = RULES.type("registry")
    assert registry is not None
    rules = replace(RULES, types=(replace(registry, from_age=13),))
    checks = (clear("registry", "carer"),)
    assert lacks(household(), checks, on=date(2025, 3, 2), rules=rules) == {
        ("registry", "carer"): Lack.PENDING
    }
    assert ("registry", "son") not in lacks(household(), checks, on=date(2025, 3, 2), rules=rules)
    assert ("registry", "son") in lacks(household(), checks, on=date(2025, 3, 3), rules=rules)


def test_a_check_of_carers_is_not_asked_of_other_adults() -> None:
    aunt = Member("aunt", Part.ADULT, date(1970, 1, 1), moved_in_on=date(2020, 1, 1))
    found = lacks(household(CARER, aunt), ())
    assert ("training", "carer") in found
    assert ("training", "aunt") not in found
    assert ("background", "aunt") in found


def test_an_adult_who_left_the_home_no_longer_counts_and_one_who_left_the_role_still_lives_there() -> None:
    aunt = Member("aunt", Part.CARER, date(1970, 1, 1), moved_in_on=date(2020, 1, 1))
    gone = replace(aunt, moved_out_on=DAY)
    assert not any(who == "aunt" for _, who in lacks(household(CARER, gone), ()))
    retired = replace(aunt, carer_until=DAY - EVE)
    asked = {each for each, who in lacks(household(CARER, retired), ()) if who == "aunt"}
    assert asked == ADULT_CHECKS | {"health"}


def test_a_home_without_a_carer_is_never_clear() -> None:
    assert lacks(household(SON), all_checks(household(SON))) == {("", None): Lack.NO_CARER}
    empty = Household("home", "kin")
    assert not is_clear(empty, (clear("home_safety", None),), rules=RULES, on=DAY)


def test_kin_need_the_checks_of_safety_but_not_a_carers_training() -> None:
    found = {each for each, _ in lacks(household(kind="kin"), ())}
    assert found >= ADULT_CHECKS | {"health", "home_safety"}
    assert not found & {"training", "references"}


def test_clear_until_is_the_earliest_expiry() -> None:
    home = household(CARER)
    checks = needed_checks(home)
    assert clear_until(home, checks, rules=RULES, on=DAY) == date(2027, 10, 1)
    early = replace(clear("health", "carer"), expires_on=date(2027, 1, 1))
    checks = (*without(checks, "health", "carer"), early)
    assert clear_until(home, checks, rules=RULES, on=DAY) == date(2027, 1, 1)


def test_clear_until_ends_on_the_eve_of_a_birthday_that_raises_a_check() -> None:
    teenager = replace(TEENAGER, birth_date=date(2009, 1, 10))
    home = household(CARER, teenager)
    checks = needed_checks(home)
    assert clear_until(home, checks, rules=RULES, on=DAY) == date(2027, 1, 9)
    assert clear_until(home, all_checks(home), rules=RULES, on=DAY) == date(2027, 10, 1)


def test_clear_until_is_none_where_a_check_is_pending() -> None:
    checks = without(needed_checks(household()), "training", "carer")
    pending = replace(clear("training", "carer"), result=State.PENDING)
    assert clear_until(household(), (*checks, pending), rules=RULES, on=DAY) is None


def permission(type_id: str, **changes: object) -> Permission:
    given = Permission(
        permission_id="p1",
        home_id="home",
        rule_id=PENDING_CHECK,
        reason="class is full",
        from_date=DAY,
        to_date=DAY + timedelta(days=20),
        asked_by="ana",
        approved_by="ben",
        approved_on=DAY,
        type_id=type_id,
        member_id="carer",
    )  # type: ignore[arg-type]
    return replace(given, **changes)  # type: ignore[arg-type]


def test_going_on_a_pending_result_takes_a_dated_permission_and_ends_with_it() -> None:
    checks = without(needed_checks(household()), "training", "carer")
    checks = (*checks, replace(clear("training", "carer"), result=State.PENDING))
    until = clear_until(household(), checks, rules=RULES, on=DAY, permissions=[permission("training")])
    assert until == DAY + timedelta(days=20)
    assert not is_clear(household(), checks, rules=RULES, on=DAY)
    of_another = permission("training", home_id="other")
    assert clear_until(household(), checks, rules=RULES, on=DAY, permissions=[of_another]) is None


def test_no_permission_lets_a_check_of_safety_wait_or_stands_for_a_missing_or_refused_one() -> None:
    for type_id, result in (("registry", State.PENDING), ("training", State.REFUSED)):
        checks = without(needed_checks(household()), type_id, "carer")
        checks = (*checks, replace(clear(type_id, "carer"), result=result))
        given = [permission(type_id)]
        assert clear_until(household(), checks, rules=RULES, on=DAY, permissions=given) is None
    checks = without(needed_checks(household()), "training", "carer")
    given = [permission("training")]
    assert clear_until(household(), checks, rules=RULES, on=DAY, permissions=given) is None


def test_pending_results_are_chased_longest_first_and_turn_red() -> None:
    def asked(check_id: str, days: int | None, result: State = State.PENDING) -> CheckRecord:
        on = DAY - timedelta(days=days) if days is not None else None
        return CheckRecord(check_id, check_id, "carer", result, requested_on=on)

    settled = (asked("health", 30), clear("health", "carer", issued_on=DAY - timedelta(days=5)))
    checks = (asked("a", 13), asked("b", 14), asked("c", None, State.REQUESTED), *settled)
    found = overdue_pending(checks, rules=RULES, on=DAY)
    assert [(each.record.check_id, each.is_red) for each in found] == [("b", True), ("c", True), ("a", False)]


MEMBERS = st.lists(
    st.builds(
        Member,
        st.sampled_from(["m1", "m2", "m3"]),
        st.sampled_from(Part),
        st.one_of(st.none(), st.dates(date(1960, 1, 1), date(2020, 1, 1))),
        st.dates(date(2020, 1, 1), date(2027, 1, 1)),
        st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1))),
    ),
    max_size=3,
    unique_by=lambda each: each.member_id,
)
RECORDS = st.lists(
    st.builds(
        CheckRecord,
        st.text("abc", min_size=1, max_size=3),
        st.sampled_from([each.type_id for each in RULES.types]),
        st.sampled_from(["m1", "m2", "m3", "carer", "son", None]),
        st.sampled_from([State.REQUESTED, State.PENDING, State.CLEAR, State.REFUSED]),
        st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))),
        st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))),
        st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1))),
    ),
    max_size=6,
)


@given(MEMBERS, RECORDS, st.sampled_from(KINDS), st.integers(0, 900))
def test_every_day_through_clear_until_is_clear_and_the_day_after_is_not(
    members, records, kind, ahead
) -> None:
    home = household(CARER, *members, kind=kind)
    checks = (*all_checks(home), *records)
    until = clear_until(home, checks, rules=RULES, on=DAY)
    if until is None:
        assert not is_clear(home, checks, rules=RULES, on=DAY)
        return
    day = DAY + timedelta(days=ahead)
    if day <= until:
        assert is_clear(home, checks, rules=RULES, on=day)
    if until != date.max:
        assert not is_clear(home, checks, rules=RULES, on=until + EVE)


@given(MEMBERS, RECORDS, st.sampled_from(KINDS))
def test_a_record_that_is_not_clear_never_makes_a_home_clearer(members, records, kind) -> None:
    home = household(CARER, *members, kind=kind)
    unclear = tuple(each for each in records if each.result is not State.CLEAR)
    base = missing_checks(home, (), rules=RULES, on=DAY)
    after = missing_checks(home, unclear, rules=RULES, on=DAY)
    assert [(each.type_id, each.member_id) for each in base] == [
        (each.type_id, each.member_id) for each in after
    ]
