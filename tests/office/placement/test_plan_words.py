"""Every code of a plan has words in both languages."""

import pytest
from django.utils.translation import override

from posada.office.placement import plan_words
from posada.office.placement.plan_jobs import STEPS
from posada.office.placement.plan_state import READ_BY_PLANS
from posada.office.placement.plan_words import (
    changes_words,
    next_for_home,
    rule_words,
    rules_in,
    why_unplaced,
    why_unrepresented,
)
from posada.placement.check_homes import HOME_RULES
from tests.office.people import home_of

UNPLACED = (
    "no_lawful_home",
    "no_room",
    "incomplete_group",
    "incomplete_separation",
    "sibling_already_placed",
)
ALONE = ("no_court", "no_counsel_at_court", "caseload_full", "conflict", "available_too_late")


@pytest.mark.parametrize("language", ["en", "es"])
def test_reasons_steps_and_rules_have_words(language: str) -> None:
    with override(language):
        assert len({why_unplaced(code) for code in UNPLACED}) == len(UNPLACED)
        assert len({why_unrepresented(code) for code in ALONE}) == len(ALONE)
        assert all(rule_words(code) != code for code in HOME_RULES)
        assert set(STEPS) == set(plan_words.STEP_WORDS)
        for kind in set(READ_BY_PLANS.values()):
            assert changes_words({kind: 2}).startswith("2 ")


def test_spanish_is_not_english() -> None:
    told = []
    for language in ("en", "es"):
        with override(language):
            told.append(
                (
                    why_unplaced("no_room"),
                    next_for_home("no_room", count=2, ages=[3, 9], needs=["insulin"]),
                    changes_words({"homes": 2, "hearings": 1}),
                    str(plan_words.FAILURES["worker_died"]),
                )
            )
    assert not set(told[0]) & set(told[1])


def test_a_home_that_takes_nobody_now_says_so_and_no_row_is_blamed() -> None:
    closed, silent, held = (
        home_of(state="on_hold"),
        home_of(silent_offers=3),
        home_of(held_reason="incomplete_separation"),
    )
    assert rule_words("incomplete_separation", closed) == "the home is not open"
    assert "three offers" in rule_words("incomplete_separation", silent)
    assert "correct" in rule_words("incomplete_separation", held)


def test_the_rules_that_a_reason_counts_are_found_in_it() -> None:
    reason = "No home may take this group. What stands in the way most: beds: 4 of 5 homes, they have too few beds."
    (found,) = rules_in(reason)
    assert (found.code, found.homes, found.of) == ("beds", 4, 5)
    assert rules_in("There are lawful homes, but in the best plan their beds are taken.") == []


def test_the_next_step_says_for_whom_a_home_is_wanted() -> None:
    assert next_for_home("no_room", count=2, ages=[3, 9], needs=["insulin"]) == (
        "Find one home for 2 siblings together, ages 3–9. It must be able to meet: insulin."
    )
