"""Policy files are read strictly, and each fault is named."""

import pytest

from posada.rulebook import BadPolicyFile, UnknownPolicy, load_policy, shipped_policies
from posada.rulebook.load import parse_policy

RULE = """
name = "n"
title = "t"
[[rules]]
id = "household.max"
title = "t"
unit = "children"
values = [{ value = 6, source = "s", checked_on = 2026-01-01, checked_by = "a test" }]
"""


def test_two_policies_are_shipped_and_each_says_its_own_name() -> None:
    assert {"federal", "maryland"} <= set(shipped_policies())
    for name in shipped_policies():
        assert load_policy(name).name == name


def test_a_policy_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(UnknownPolicy):
        load_policy("atlantis")


def test_values_come_in_the_order_of_their_dates() -> None:
    later_first = RULE.replace(
        "values = [",
        'values = [{ from = 2020-01-01, value = 7, source = "s", checked_on = 2026-01-01, checked_by = "c"},',
    )
    assert [v.value for v in parse_policy(later_first, where="x.toml").rules[0].values] == [6, 7]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "n"', 'name = "', "TOML"),
        ('title = "t"\n[[', 'title = ""\n[[', "title"),
        ('source = "s"', 'source = " "', "source"),
        ("checked_on = 2026-01-01, ", "", "checked_on"),
        ("checked_on = 2026-01-01", 'checked_on = "2026-01-01"', "checked_on"),
        ("value = 6", "value = 6.5", "value"),
        ("value = 6", "value = [6]", "value"),
        ("value = 6, ", "", "value"),
        ("values = [{", "values = 3 # [{", "values"),
        ("[[rules]]", "[rules]", "rules"),
    ],
)
def test_a_damaged_policy_file_is_named_with_its_fault(old: str, new: str, says: str) -> None:
    assert old in RULE
    with pytest.raises(BadPolicyFile) as caught:
        parse_policy(RULE.replace(old, new), where="x.toml")
    assert "x.toml" in str(caught.value)
    assert says in str(caught.value)
