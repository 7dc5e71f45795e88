"""A version is chosen by when it applied and by what was known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import FactGap
from posada.rulebook.rule import RuleGap

RULES = load_legal_rules().rules
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_what_was_known_in_january_is_shown_again_as_it_was() -> None:
    rule, decided = RULES["eoir.bia_appeal"], date(2026, 3, 16)
    assert version_in_force(rule, trigger_date=decided, as_of=date(2026, 1, 15)).number == 3
    assert version_in_force(rule, trigger_date=decided, as_of=date(2026, 2, 6)).number == 2


def test_of_several_versions_that_hold_the_last_listed_wins() -> None:
    rule, received = RULES["asylum.ead_apply"], date(2021, 3, 1)
    assert version_in_force(rule, trigger_date=received, as_of=date(2021, 6, 1)).number == 2
    assert version_in_force(rule, trigger_date=received, as_of=date(2022, 2, 7)).number == 1


def test_a_time_without_a_version_is_a_named_gap() -> None:
    with pytest.raises(RuleGap, match=r"fee\.aaf is known on 2025-07-21: it is known from 2025-07-22"):
        version_in_force(RULES["fee.aaf"], trigger_date=date(2025, 7, 21), as_of=date(2026, 11, 25))


def test_a_missing_trigger_date_is_a_named_gap_unless_the_rule_goes_by_the_day_asked_about() -> None:
    with pytest.raises(FactGap, match="the date of ij_decision is not known"):
        version_in_force(RULES["eoir.bia_appeal"], trigger_date=None, as_of=date(2026, 1, 1))
    assert (
        version_in_force(RULES["sij.deferred_action"], trigger_date=None, as_of=date(2025, 8, 1)).number == 2
    )


@settings(deadline=None)
@given(st.sampled_from(sorted(RULES)), DAYS, DAYS)
def test_every_day_from_2000_to_2040_gives_one_version_or_a_named_gap(
    rule_id: str, trigger: date, as_of: date
) -> None:
    rule = RULES[rule_id]
    try:
        version = version_in_force(rule, trigger_date=trigger, as_of=as_of)
    except RuleGap as gap:
        assert gap.rule_id == rule_id
        return
    applied = as_of if version.applies_by == "as_of_date" else trigger
    assert (version.effective_from or date.min) <= applied <= (version.effective_to or date.max)
    assert (version.known_from or date.min) <= as_of <= (version.known_to or date.max)
