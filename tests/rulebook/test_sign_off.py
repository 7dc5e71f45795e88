"""A lawyer's sign-off binds to what was read."""

from dataclasses import replace
from datetime import date

from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import LegalRulebook, Period
from posada.rulebook.sign_off import SignOff, version_digest, with_sign_offs

BOOK = load_legal_rules()
RULE = BOOK.rule("us.petition_for_review")
SIGNED = SignOff(
    "us.petition_for_review#1", version_digest(RULE, RULE.versions[0]), "A. Lawyer", date(2026, 12, 1)
)


def test_a_sign_off_marks_its_version_and_no_other() -> None:
    book, stale = with_sign_offs(BOOK, [SIGNED])
    assert stale == ()
    signed = [v.name for rule in book.rules.values() for v in rule.versions if v.is_signed_off]
    assert signed == ["us.petition_for_review#1"]
    assert version_digest(book.rule(RULE.rule_id), book.rule(RULE.rule_id).versions[0]) == SIGNED.digest


def test_it_lapses_when_the_version_or_its_authority_changes() -> None:
    longer = replace(RULE.versions[0], period=Period(31, "calendar_days"))
    for changed in (replace(RULE, versions=(longer,)), replace(RULE, authority=("another law",))):
        book, stale = with_sign_offs(LegalRulebook({RULE.rule_id: changed}), [SIGNED])
        assert stale == (SIGNED,)
        assert not book.rule(RULE.rule_id).versions[0].is_signed_off


def test_a_sign_off_without_a_name_is_none() -> None:
    _, stale = with_sign_offs(BOOK, [replace(SIGNED, by=" ")])
    assert len(stale) == 1
