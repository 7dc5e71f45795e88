"""A rule changed from a day on: before it the law as it is, then the new number, and the title says so."""

from dataclasses import replace
from datetime import date

import pytest

from posada.records import Program, RuleChange
from posada.rulebook import load_policy, policy_of, resolve_policy
from posada.rulebook.changed import changeable_rules, wanted_value, with_changes
from posada.rulebook.check import faults

DAY = date(2026, 12, 1)
EIGHT = RuleChange("household.max", 8, DAY)


def program(on: date, *changes: RuleChange) -> Program:
    return Program(plan_date=on, children=(), homes=(), rule_changes=changes)


def test_without_changes_it_is_the_shipped_policy() -> None:
    assert policy_of(program(DAY)) == resolve_policy("maryland", on=DAY)


def test_from_its_day_on_the_rule_has_the_new_value() -> None:
    before = policy_of(program(date(2026, 11, 30), EIGHT))
    assert (before.household_max, before.title) == (6, "Maryland resource homes and kin homes")
    after = policy_of(program(DAY, EIGHT))
    assert after.household_max == 8
    assert after.title == "Maryland resource homes and kin homes – what if: household.max = 8"
    assert replace(after, title="", household_max=6) == replace(resolve_policy("maryland", on=DAY), title="")


def test_a_later_change_follows_an_earlier_one_whatever_their_order() -> None:
    five = RuleChange("household.max", 5, date(2027, 1, 1))
    for changes in ((EIGHT, five), (five, EIGHT)):
        assert policy_of(program(DAY, *changes)).household_max == 8
        assert policy_of(program(date(2027, 1, 1), *changes)).household_max == 5
        assert faults(with_changes(load_policy("maryland"), changes)) == ()


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("license.days_left", 0, -1),
        ("household.max", 1000, True),
        ("household.counts_own", False, 0),
        ("household.kinds", ["foster", "group"], ["castle"]),
        ("kin.exempt", [], "age"),
        ("under_two.max", "no rule", "none"),
        ("under_two.age", 3, 2.5),
    ],
)
def test_a_value_is_of_the_kind_that_the_rule_needs(rule: str, good: object, bad: object) -> None:
    assert rule in changeable_rules()
    assert wanted_value(rule, good) is None
    assert wanted_value(rule, bad)
