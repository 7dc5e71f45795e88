"""The program's own numbers."""

from datetime import date
from importlib import resources

import pytest

from posada.docket.calendar import business_days_between, is_open
from posada.docket.practice import parse_practice, shipped_practice
from tests.docket.made import BOOK


def test_every_rule_that_practice_names_exists_and_every_step_has_a_length() -> None:
    practice = shipped_practice()
    assert set(practice.needs) <= set(BOOK.rules)
    assert all(practice.working_days(steps) > 0 for steps in practice.needs.values())
    assert practice.source == "program rule, not law"


@pytest.mark.parametrize("limit", ["2026-07-06", "2027-01-04", "2026-05-02", "2026-11-27"])
def test_the_office_target_lies_at_least_two_business_days_before_the_limit(limit: str) -> None:
    day = date.fromisoformat(limit)
    target = shipped_practice().office_target(day)
    assert is_open(target)
    assert target < day
    assert business_days_between(target, day) >= 2 - (not is_open(day))


def test_a_step_without_a_length_is_refused() -> None:
    text = resources.files("posada.docket").joinpath("practice.toml").read_text(encoding="utf-8")
    with pytest.raises(KeyError, match="filing"):
        parse_practice(text.replace("filing = 1\n", ""))
