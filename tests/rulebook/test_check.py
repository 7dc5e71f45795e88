"""Whether a policy file can be trusted."""

from dataclasses import replace
from datetime import date

import pytest

from posada.rulebook import DatedValue, PolicyFile, Rule, load_policy, shipped_policies
from posada.rulebook.check import faults


def dated(value: int, start: str | None, end: str | None = None, *, source: str = "a law") -> DatedValue:
    return DatedValue(
        value=value,
        source=source,
        checked_on=date(2026, 1, 1),
        checked_by="a test",
        known_from=date.fromisoformat(start) if start else None,
        known_until=date.fromisoformat(end) if end else None,
    )


def faults_of(*values: DatedValue) -> str:
    """The faults that come from giving one rule these values."""
    file = load_policy("maryland")
    rules = tuple(replace(r, values=values) if r.rule_id == "household.max" else r for r in file.rules)
    return " ".join(faults(replace(file, rules=rules)))


@pytest.mark.parametrize("name", shipped_policies())
def test_the_shipped_policies_are_sound(name: str) -> None:
    assert faults(load_policy(name)) == ()


def test_two_values_on_one_day_are_found() -> None:
    assert "two values on 2021-06-30" in faults_of(
        dated(5, "2020-01-01", "2021-06-30"), dated(6, "2021-06-30")
    )
    assert "two values on 2021-06-30" in faults_of(dated(5, None), dated(6, "2021-06-30"))


def test_a_gap_between_two_values_is_found() -> None:
    assert "gap between 2021-06-30 and 2021-07-02" in faults_of(
        dated(5, "2020-01-01", "2021-06-30"), dated(6, "2021-07-02")
    )
    assert faults_of(dated(5, "2020-01-01", "2021-06-30"), dated(6, "2021-07-01")) == ""


def test_a_value_without_a_source_or_that_ends_before_it_starts_is_found() -> None:
    assert "no source" in faults_of(dated(5, None, source=" "))
    assert "ends before it starts" in faults_of(dated(5, "2020-01-02", "2020-01-01"))


def test_a_missing_an_empty_and_a_repeated_rule_are_found() -> None:
    lone = Rule("household.max", "t", "children", ())
    found = " ".join(faults(PolicyFile("p", "t", (lone, lone))))
    assert "Rule kin.exempt is missing" in found
    assert "household.max has no value" in found
    assert "household.max is given twice" in found
