"""Legal rules in lines."""

from datetime import date

from posada.cli.rules_text import shown_lines, standing_lines
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.standing import all_standing, standing_on

BOOK = load_legal_rules()
ON = date(2026, 12, 1)


def test_a_rule_that_no_lawyer_signed_off_is_marked_wherever_it_shows() -> None:
    for rule in all_standing(BOOK, on=ON):
        assert any("NOT SIGNED OFF BY COUNSEL" in line for line in standing_lines(rule))
    shown = shown_lines(BOOK.rule("eoir.bia_appeal"), on=ON)
    assert sum("NOT SIGNED OFF BY COUNSEL" in line for line in shown) == 3


def test_every_rule_shows_its_citation_and_its_dates() -> None:
    for rule in BOOK.rules.values():
        text = "\n".join(shown_lines(rule, on=ON))
        assert all(each in text for each in rule.authority)
        assert text.count("checked on") == len(rule.versions)


def test_a_recalled_rule_says_so() -> None:
    text = "\n".join(standing_lines(standing_on(BOOK.rule("md.motion_response"), on=ON)))
    assert "RECALLED, not read" in text


def test_a_fee_is_in_dollars_or_not_known() -> None:
    assert "$102" in standing_lines(standing_on(BOOK.rule("fee.aaf"), on=ON))[0]
    assert "amount not known" in standing_lines(standing_on(BOOK.rule("fee.eoir26"), on=ON))[0]


def test_a_gap_is_told() -> None:
    assert "not known" in standing_lines(standing_on(BOOK.rule("fee.aaf"), on=date(2020, 1, 1)))[0]
    assert "No value of rule" in "\n".join(shown_lines(BOOK.rule("fee.aaf"), on=date(2020, 1, 1)))
