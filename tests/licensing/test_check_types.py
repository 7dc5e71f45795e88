"""Check types are dated data with a source."""

from datetime import date

import pytest

from posada.licensing.check_types import (
    Covers,
    check_rules,
    check_rules_of,
    days_or_count,
    steps_before_an_end,
)
from posada.rulebook import BadPolicyFile, PolicyFile, RuleGap, load_policy, shipped_policies
from posada.rulebook.check import faults
from posada.rulebook.load import parse_policy

DAY = date(2026, 11, 25)
COUNTS = (
    *("enquiry.owner_days", "expiry.days_ahead", "unrelated.stop_at", "age.margin_days"),
    *("open_to.ask_again_days", "open_to.ask_again_declines", "offers.silent_limit"),
)


def policy(covers: str = "carers", days: str = "365", **more: str) -> PolicyFile:
    """A small policy file."""
    values = {
        "checks.visit.covers": f'"{covers}"',
        "checks.visit.days": days,
        "checks.adult_age": "18",
        "checks.kin_exempt": "[]",
        "checks.group_exempt": "[]",
        "checks.legible": "[]",
        "checks.may_wait": "[]",
        "checks.pending_red_days": "14",
        **more,
    }
    rules = "".join(
        f'[[rules]]\nid = "{rule}"\ntitle = "t"\nunit = "u"\nvalues = [{{ value = {value}, '
        'source = "s", checked_on = 2026-01-01, checked_by = "c" }]\n'
        for rule, value in values.items()
    )
    return parse_policy(f'name = "small"\ntitle = "t"\n{rules}', where="small.toml")


@pytest.mark.parametrize("name", shipped_policies())
def test_every_shipped_policy_names_its_checks_with_source_and_date(name: str) -> None:
    rules = check_rules(name, on=DAY)
    assert {each.covers for each in rules.types} == set(Covers)
    assert all(each.source and each.checked_by and each.checked_on for each in rules.types)
    assert all(days_or_count(name, rule, on=DAY) > 0 for rule in COUNTS)
    assert steps_before_an_end(name, on=DAY) == (90, 60, 30)
    assert faults(load_policy(name)) == ()


@pytest.mark.parametrize("name", shipped_policies())
def test_every_list_of_a_policy_names_checks_that_it_has(name: str) -> None:
    file = load_policy(name)
    known = {each.type_id for each in check_rules(name, on=DAY).types}
    for rule_id in ("checks.kin_exempt", "checks.group_exempt", "checks.legible", "checks.may_wait"):
        rule = file.rule(rule_id)
        assert rule is not None
        assert all(set(value.value) <= known for value in rule.values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", shipped_policies())
def test_no_check_of_safety_may_wait(name: str) -> None:
    safety = {"background", "fingerprints", "registry", "health", "home_safety", "identity"}
    assert not {each.type_id for each in check_rules(name, on=DAY).types if each.may_wait} & safety


def test_ages_stand_in_the_policy_and_may_be_thirteen() -> None:
    (found,) = check_rules_of(policy("members from 13"), on=DAY).types
    assert (found.covers, found.from_age) == (Covers.MEMBERS, 13)


def test_a_check_may_have_no_end() -> None:
    (found,) = check_rules_of(policy(days='"no rule"'), on=DAY).types
    assert found.valid_days is None


@pytest.mark.parametrize("covers", ["adults", "members from", "members from -1", ""])
def test_unclear_words_about_whom_a_check_covers_are_refused(covers: str) -> None:
    with pytest.raises(BadPolicyFile, match="wanted everyone"):
        check_rules_of(policy(covers), on=DAY)


def test_a_policy_without_checks_is_a_gap_and_not_a_clear_home() -> None:
    with pytest.raises(RuleGap):
        check_rules_of(PolicyFile("none", "none", policy().rules[2:]), on=DAY)


@pytest.mark.parametrize("spoiled", [{"checks.adult_age": "true"}, {"checks.kin_exempt": "3"}])
def test_a_value_of_the_wrong_kind_is_refused(spoiled: dict[str, str]) -> None:
    with pytest.raises(BadPolicyFile):
        check_rules_of(policy(**spoiled), on=DAY)
