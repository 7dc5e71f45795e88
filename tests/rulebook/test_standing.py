"""A rule as it stands on a day."""

from dataclasses import replace
from datetime import date

from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.standing import all_standing, sign_off_words, standing_on

BOOK = load_legal_rules()
ON = date(2026, 12, 1)


def test_every_rule_is_listed_by_id_and_marked_as_not_signed_off() -> None:
    listed = all_standing(BOOK, on=ON)
    assert [each.rule_id for each in listed] == sorted(BOOK.rules)
    assert {each.signed_off for each in listed} == {"not signed off by counsel"}


def test_an_uncertain_rule_names_the_other_reading() -> None:
    found = standing_on(BOOK.rule("eoir.bia_appeal"), on=ON)
    assert (found.status, found.value, found.alternative) == (
        "uncertain",
        "10 calendar_days",
        "30 calendar_days",
    )


def test_a_rule_without_a_version_on_the_day_is_a_gap_and_says_so() -> None:
    found = standing_on(BOOK.rule("fee.aaf"), on=date(2020, 1, 1))
    assert (found.status, found.value) == ("gap", None)
    assert "known from 2025-07-22" in found.notes


def test_who_signed_a_version_off_is_told() -> None:
    version = BOOK.rule("eoir.venue").versions[0]
    signed = replace(version, signed_off_by="A. Lawyer", signed_off_on=ON)
    assert sign_off_words(signed) == "signed off by A. Lawyer on 2026-12-01"
