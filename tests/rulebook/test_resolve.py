"""The value of a rule on a day, with its source, or a named gap."""

from datetime import date

import pytest

from posada.rulebook import (
    BadPolicyFile,
    RuleGap,
    UnknownPolicy,
    load_policy,
    policy_sources,
    resolve_policy,
    resolve_rule,
    shipped_policies,
)
from posada.rulebook.load import parse_policy
from posada.rulebook.resolve import policy_on

CHANGING = """
name = "made up"
title = "A policy whose number changes on a day"
[[rules]]
id = "household.max"
title = "Children in a household"
unit = "children"
[[rules.values]]
from = 2020-01-01
until = 2021-06-30
value = 5
source = "old law"
checked_on = 2026-01-01
checked_by = "a test"
[[rules.values]]
from = 2021-07-01
value = 6
source = "new law"
checked_on = 2026-01-01
checked_by = "a test"
"""


def household_on(day: date) -> tuple[object, str]:
    rule = parse_policy(CHANGING, where="made-up.toml").rule("household.max")
    assert rule is not None
    value = resolve_rule(rule, on=day)
    return value.value, value.source


def test_a_rule_that_changes_on_a_date_is_read_as_of_that_date() -> None:
    assert household_on(date(2021, 6, 30)) == (5, "old law")
    assert household_on(date(2021, 7, 1)) == (6, "new law")


def test_a_date_without_a_value_is_a_named_gap_and_never_a_guess() -> None:
    with pytest.raises(RuleGap) as caught:
        household_on(date(2019, 12, 31))
    gap = caught.value
    assert (gap.rule_id, gap.date) == ("household.max", date(2019, 12, 31))
    assert (gap.known_from, gap.known_until) == (date(2020, 1, 1), None)
    assert "2020-01-01" in str(gap)


def test_maryland_counts_six_children_or_eight_siblings_and_two_under_two() -> None:
    policy = resolve_policy("maryland", on=date(2014, 7, 1))
    assert (policy.household_max, policy.household_siblings_max) == (6, 8)
    assert (policy.under_two_max, policy.under_two_age, policy.adult_age) == (2, 2, 18)
    assert policy.license_days_left == 30
    assert policy.household_counts_own is True
    assert policy.household_kinds == ("foster",)
    assert policy.kin_home_exempt == ("license", "willing", "age", "sex")


def test_the_federal_cap_stands_from_the_first_of_october_2018() -> None:
    policy = resolve_policy("federal", on=date(2018, 10, 1))
    assert (policy.household_max, policy.household_counts_own, policy.under_two_max) == (6, False, None)
    with pytest.raises(RuleGap) as caught:
        resolve_policy("federal", on=date(2018, 9, 30))
    assert caught.value.known_from == date(2018, 10, 1)


def test_an_unknown_policy_names_the_shipped_ones() -> None:
    with pytest.raises(UnknownPolicy) as caught:
        resolve_policy("../maryland", on=date(2026, 1, 1))
    assert caught.value.shipped == shipped_policies()
    assert "federal" in str(caught.value)
    assert "maryland" in str(caught.value)


@pytest.mark.parametrize("name", shipped_policies())
def test_every_listed_rule_has_a_source_and_says_who_checked_it(name: str) -> None:
    listed = policy_sources(name, on=date(2026, 12, 1))
    assert len(listed) == len(load_policy(name).rules) >= 9
    for rule in listed:
        assert rule.source
        assert rule.unit
        assert rule.checked_on
        assert "not signed off by counsel" in rule.checked_by


def test_what_is_a_program_rule_and_not_law_says_so() -> None:
    sources = {rule.rule_id: rule.source for rule in policy_sources("maryland", on=date(2026, 12, 1))}
    assert sources["license.days_left"].startswith("program rule")
    assert sources["kin.exempt"].startswith("program rule")
    assert sources["household.max"].startswith("COMAR 07.02.25.05A")


def test_a_policy_that_lacks_a_rule_is_a_gap() -> None:
    with pytest.raises(RuleGap):
        policy_on(parse_policy(CHANGING, where="made-up.toml"), on=date(2022, 1, 1))


def test_a_number_written_as_true_is_refused() -> None:
    text = CHANGING.replace('"household.max"', '"license.days_left"').replace("value = 6", "value = true")
    text += """
[[rules]]
id = "under_two.max"
title = "t"
unit = "children"
values = [{ value = "no rule", source = "s", checked_on = 2026-01-01, checked_by = "a test" }]
"""
    with pytest.raises(BadPolicyFile):
        policy_on(parse_policy(text, where="made-up.toml"), on=date(2022, 1, 1))
