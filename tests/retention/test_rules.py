"""Rules of retention say who decided them, and a program may set its own days."""

import pytest

from posada.retention import BadRules, load_rules
from posada.retention.rules import KINDS

OWN = """[[rules]]
kind = "enquiry"
title = "Closed enquiries"
days = 90
from = 2026-12-01
source = "decision of the board"
decided_by = "the board"
"""


def test_every_kind_has_a_rule_and_none_claims_a_law_that_was_not_checked() -> None:
    rules = load_rules()
    assert set(rules) == set(KINDS)
    assert all("not signed off" in each.source for (each,) in rules.values())


def test_a_program_sets_its_own_days_and_keeps_the_other_rules() -> None:
    rules = load_rules(OWN)
    assert [each.days for each in rules["enquiry"]] == [90]
    assert rules["group"] == load_rules()["group"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days = 90", "days = 0"),
        ("days = 90", 'days = "90"'),
        ("days = 90", "days = true"),
        ('kind = "enquiry"', 'kind = "sinner"'),
        ('decided_by = "the board"', 'decided_by = " "'),
        ('source = "decision of the board"\n', ""),
        ("[[rules]]", "[[rules"),
    ],
    ids=["nothing", "text", "truth", "kind", "nobody", "no source", "no TOML"],
)
def test_a_rule_that_cannot_be_meant_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadRules):
        load_rules(OWN.replace(old, new))
