"""Legal rules as records."""

from datetime import date

import pytest

from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import FactGap, RuleVersion, UnknownRule


def test_a_rule_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownRule, match=r"There is no rule 'eoir\.x'"):
        load_legal_rules().rule("eoir.x")


def test_a_missing_fact_is_named() -> None:
    assert str(FactGap("eoir.x", fact="the hour")) == "Rule eoir.x cannot be answered: the hour is not known."


def test_a_version_has_a_name_and_says_whether_counsel_signed_it_off() -> None:
    version = RuleVersion("a.b", 2, "in_force", date(2026, 1, 1), "recalled", "nobody")
    assert (version.name, version.is_signed_off) == ("a.b#2", False)
