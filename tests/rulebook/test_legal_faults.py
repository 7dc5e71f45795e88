"""The shipped legal rules are sound, and each kind of fault is found."""

from dataclasses import replace
from datetime import date

import pytest

from posada.rulebook.legal_faults import legal_faults
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import LegalRule, LegalRulebook, Period

BOOK = load_legal_rules()


def test_the_shipped_rules_have_no_fault() -> None:
    assert legal_faults(BOOK) == ()


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.rule_id)
def test_every_rule_has_a_citation_and_every_version_a_date_and_who_checked_it(rule: LegalRule) -> None:
    assert rule.authority
    assert rule.source
    for version in rule.versions:
        assert version.known <= date(2026, 11, 25)
        assert version.checked_by
        assert version.confidence in ("verified_in_stored_text", "recalled")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"authority": ()}, "has no citation"),
        ({"trigger": ""}, "does not say which event starts it"),
        ({"follows": "a.x"}, "follows a.x, which is not there"),
        ({"kind": "status"}, "a status has a period"),
    ],
)
def test_a_fault_of_a_rule_is_named(change: dict[str, object], message: str) -> None:
    rule = replace(BOOK.rule("us.petition_for_review"), **change)  # type: ignore[arg-type]
    assert any(message in fault for fault in legal_faults(LegalRulebook({rule.rule_id: rule})))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"period": None}, "has no period"),
        ({"effective_to": date(1990, 1, 1)}, "ends on 1990-01-01, before it starts"),
        ({"signed_off_by": "A. Lawyer"}, "needs both a name and a date"),
    ],
)
def test_a_fault_of_a_version_is_named(change: dict[str, object], message: str) -> None:
    rule = BOOK.rule("us.petition_for_review")
    changed = replace(rule, versions=(replace(rule.versions[0], **change),))  # type: ignore[arg-type]
    assert any(message in fault for fault in legal_faults(LegalRulebook({rule.rule_id: changed})))


def test_an_alternative_without_a_reason_is_a_fault() -> None:
    rule = BOOK.rule("us.petition_for_review")
    version = replace(rule.versions[0], operative_alternative=Period(10, "calendar_days"))
    changed = replace(rule, versions=(version,), notes="")
    assert legal_faults(LegalRulebook({rule.rule_id: changed}))
