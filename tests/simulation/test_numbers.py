"""The numbers of a simulated year, and the file that replaces some of them."""

from datetime import date

import pytest

from posada.rulebook import BadPolicyFile
from posada.simulation.numbers import shipped_numbers

TODAY = date(2026, 12, 1)
ONE = """
name = "ours"
title = "Ours"

[[rules]]
id = "{rule}"
title = "What we found"
unit = "days"
values = [{{ value = {value}, source = "our files", checked_on = 2026-01-01, checked_by = "us" }}]
"""


def test_no_cap_and_no_end_of_waiting_is_shipped() -> None:
    told = shipped_numbers(on=TODAY).told()
    caps = ("county_week_children", "worker_week_children", "counsel_week_groups", "wait_days")
    assert {told[name] for name in caps} == {0}
    assert told["placement_days"] == 180


def test_a_file_replaces_the_numbers_that_it_names() -> None:
    numbers = shipped_numbers(on=TODAY, changes=ONE.format(rule="placement_days", value=90))
    assert numbers.placement_days == 90
    assert numbers.resolve_days == shipped_numbers(on=TODAY).resolve_days


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        ("placement_days", "0", "ours.toml: placement_days must be a whole number from 1 to 36,500."),
        ("placement_days", "1.5", "whole number"),
        ("resolve_days", "true", "whole number"),
        ("wait_days", "-1", "whole number from 0"),
        ("beds", "3", "ours.toml: beds is not known"),
    ],
)
def test_a_number_out_of_bounds_or_not_known_is_refused(rule: str, value: str, said: str) -> None:
    with pytest.raises(BadPolicyFile) as refused:
        shipped_numbers(on=TODAY, changes=ONE.format(rule=rule, value=value), where="ours.toml")
    assert said in str(refused.value)


def test_a_text_that_is_no_such_file_is_refused() -> None:
    with pytest.raises(BadPolicyFile):
        shipped_numbers(on=TODAY, changes="placement_days = ", where="ours.toml")
