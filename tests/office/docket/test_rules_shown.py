"""The rules as a page shows them, and exactly the open dates that a new version moves."""

from dataclasses import replace
from datetime import date

import pytest

from posada.office.day import today
from posada.office.docket import rules_shown, sign_offs
from posada.office.docket.event_kinds import TITLES
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import LegalRulebook, Period
from tests.office.docket.cases import attorney_of, child_of, coordinator, deadline_of, record
from tests.office.docket.test_sign_offs import signed
from tests.office.people import group_of

RULE = "eoir.vd_bond"


def test_every_rule_has_a_line_a_source_and_a_title_and_those_without_a_lawyer_come_first() -> None:
    signed()
    lines = rules_shown.rule_lines(on=today())
    assert {each.rule.rule_id for each in lines} == set(load_legal_rules().rules)
    assert all(each.rule.citation and each.rule.rule_id in TITLES for each in lines)
    assert lines[-1].rule.rule_id == RULE
    assert rules_shown.signed_count(lines) == 1


def test_a_rule_of_which_no_version_holds_says_so() -> None:
    lines = {each.rule.rule_id: each for each in rules_shown.rule_lines(on=date(1990, 1, 1))}
    assert any(each.version is None for each in lines.values())


def test_each_check_of_the_policy_has_its_source_and_who_checked_it() -> None:
    lines = rules_shown.check_lines(on=today())
    assert lines
    assert all(each.source and each.checked_by and each.value for each in lines)


def test_a_new_version_moves_exactly_the_open_dates_that_it_covers(monkeypatch: pytest.MonkeyPatch) -> None:
    known, mine, other = date(2026, 11, 20), group_of(), group_of()
    for group in (mine, other):
        record(coordinator(), child_of(group), "vd_order", date(2026, 11, 23))
        record(coordinator(), child_of(group), "ij_decision", date(2026, 11, 16))
    book = load_legal_rules()
    old = book.rule(RULE)
    new = replace(old.versions[-1], number=9, known_from=known, period=Period(20, "business_days"))
    changed = LegalRulebook({**book.rules, RULE: replace(old, versions=(*old.versions, new))})
    monkeypatch.setattr(sign_offs.rules, "book", lambda: changed)
    sign_offs._signed.cache_clear()
    moved = rules_shown.moved_lines(coordinator(), date(2026, 11, 1), today())
    assert {each.row.pk for each in moved} == {deadline_of(child_of(each), RULE).pk for each in (mine, other)}
    assert all(each.moved.days and each.moved.days > 0 for each in moved)
    assert [name.name for _title, name in rules_shown.versions_changed(date(2026, 11, 1), today())] == [
        f"{RULE}#9"
    ]
    _user, attorney = attorney_of(mine)
    assert {each.row.group_id for each in rules_shown.moved_lines(attorney, date(2026, 11, 1), today())} == {
        mine.pk
    }
    assert rules_shown.moved_lines(coordinator(), known, today()) == []
    sign_offs._signed.cache_clear()
