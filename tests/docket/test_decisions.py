"""Decisions that are words, in every branch."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.answer import answer
from posada.docket.decisions import DECISIONS, fee_word
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import FactGap, FactValue

BOOK = load_legal_rules()
ON = date(2026, 11, 25)


def word(rule_id: str, **recorded: FactValue) -> str:
    return answer(BOOK.rule(rule_id), trigger_date=ON, as_of=ON, recorded=recorded).status


def test_every_decision_that_a_rule_names_is_there() -> None:
    assert {rule.decided_by for rule in BOOK.rules.values() if rule.decided_by} == set(DECISIONS)


@pytest.mark.parametrize(
    "parts", list(product([True, False], repeat=5)), ids=lambda p: "".join("ny"[b] for b in p)
)
def test_venue_names_the_first_missing_part_and_only_a_grant_moves_it(parts: tuple[bool, ...]) -> None:
    granted, motion, fixed, served, hearing = parts
    found = word(
        "eoir.venue",
        granted=granted,
        motion_filed=motion,
        fixed_street_address=fixed,
        served_on_dhs=served,
        hearing_before_ruling=hearing,
        eoir33_filed=True,
    )
    order = [(motion, "incomplete_no_motion"), (fixed, "incomplete_no_fixed_address")]
    missing = [name for there, name in [*order, (served, "incomplete_no_service")] if not there]
    whole = "old_court_controls" if hearing else "motion_complete"
    assert found == ("new_court_controls" if granted else [*missing, whole][0])


@settings(deadline=None)
@given(st.integers(0, 30), st.booleans(), st.booleans(), st.booleans())
def test_jurisdiction_has_one_word_for_every_child(age: int, status: bool, parent: bool, prior: bool) -> None:
    found = word(
        "asylum.uac_jurisdiction",
        age_on_filing=age,
        lawful_status=status,
        parent_available=parent,
        prior_uac_determination=prior,
    )
    if age < 18 and not status and not parent:
        assert found == "uscis"
    else:
        assert found == ("uncertain" if prior else "immigration_court")


def test_jurisdiction_without_an_age_is_a_gap() -> None:
    with pytest.raises(FactGap, match="age_on_filing"):
        word("asylum.uac_jurisdiction")


@settings(deadline=None)
@given(
    st.integers(0, 12), st.integers(0, 5), st.sampled_from([None, "emergency"]), st.booleans(), st.booleans()
)
def test_capacity_follows_the_order_of_its_rule(
    older: int, infants: int, exception: str | None, permission: bool, approval: bool
) -> None:
    found = word(
        "home.capacity",
        in_care_dob=["2015-01-01"] * older,
        placing_dob=["2026-01-01"] * infants,
        own_children_dob=[],
        exception=exception,
        department_permission_on_file=permission,
        under_2_approval_on_file=approval,
    )
    total = older + infants
    if total > 8 or (total > 6 and not exception):
        assert found == "over_limit"
    elif total > 6 and not permission:
        assert found == "needs_department_permission"
    elif infants > 2 and not approval:
        assert found == "needs_under_2_approval"
    else:
        assert found == ("exception_permitted" if total > 6 or infants > 2 else "within_limit")


def test_an_own_child_who_is_an_adult_is_a_gap_only_where_it_matters() -> None:
    def with_in_care(count: int) -> str:
        return word(
            "home.capacity",
            in_care_dob=["2015-01-01"] * count,
            placing_dob=["2015-01-01"],
            own_children_dob=["2008-11-25"],
        )

    assert with_in_care(2) == "within_limit"
    with pytest.raises(FactGap, match="own children who are adults"):
        with_in_care(5)


def test_a_child_is_under_two_until_the_second_birthday() -> None:
    def with_infant(born: str) -> str:
        infants = ["2026-01-01", "2026-02-01", born]
        return word("home.capacity", in_care_dob=[], placing_dob=infants, own_children_dob=[])

    assert with_infant("2024-11-26") == "needs_under_2_approval"
    assert with_infant("2024-11-25") == "within_limit"


def test_the_one_year_bar_keeps_its_date_when_it_is_exempt_or_in_doubt() -> None:
    rule = BOOK.rule("asylum.one_year")
    for recorded, status in (
        ({}, "in_force"),
        ({"uac_on_filing_date": True, "prior_uac_determination": True}, "exempt_uac"),
        ({"prior_uac_determination": True}, "uncertain"),
    ):
        found = answer(rule, trigger_date=date(2026, 5, 11), as_of=ON, recorded=recorded)
        assert (found.status, found.day) == (status, date(2027, 5, 11))


def test_a_fee_is_one_word_and_unknown_where_no_amount_is_known() -> None:
    versions = BOOK.rule("fee.eoir26").versions
    assert [fee_word(version) for version in versions] == [
        "fee_usd:110:waivable",
        "fee_usd:900:waivable",
        "fee_unknown",
    ]
    assert fee_word(BOOK.rule("fee.i589").versions[0]) == "fee_usd:0"
