"""Checklists are dated data: every remedy has one or is named as lacking it, and a bad file is refused by name."""

from datetime import date

import pytest

from posada.docket.remedies import remedy_table
from posada.preparation.checklist import (
    ALL,
    BadChecklists,
    Checklist,
    parse_checklists,
    shipped_checklists,
    waits_for,
)
from posada.rulebook.legal_files import load_legal_rules

SHIPPED = shipped_checklists()
SMALL = """
schema = "posada-checklists/1"
source = "made for a test"
known = 2026-11-25
without = []
[[checklists]]
id = "one"
remedies = []
forum = "uscis"
title = { en = "One", es = "Uno" }
rules = []
[[checklists.items]]
id = "a"
by = "child"
days = 1
need = "need"
after = []
citation = "c"
confidence = "recalled"
title = { en = "T", es = "T" }
[[checklists.items]]
id = "b"
by = "counsel"
days = 1
need = "need"
after = ["a"]
citation = "c"
confidence = "recalled"
title = { en = "T", es = "T" }
"""


def test_every_remedy_of_the_register_has_a_checklist_or_is_named_as_lacking_one() -> None:
    remedies = {each.remedy_id for each in remedy_table()}
    covered = {remedy for each in SHIPPED.lists for remedy in each.remedies}
    assert covered | SHIPPED.without == remedies
    assert not covered & SHIPPED.without


def test_every_deadline_that_a_checklist_holds_is_a_rule() -> None:
    known = set(load_legal_rules().rules)
    assert {rule for each in SHIPPED.lists for rule in each.rules} <= known


@pytest.mark.parametrize("checklist", SHIPPED.lists, ids=lambda each: each.checklist_id)
def test_every_item_has_a_source_and_both_languages_and_the_filing_waits_for_all(
    checklist: Checklist,
) -> None:
    for each in checklist.items:
        assert each.citation
        assert each.titles["en"]
        assert each.titles["es"]
        assert each.signed_off_by == "", "nobody has signed this off: the page must say so"
    filing = [each for each in checklist.items if ALL in each.after]
    assert [each.item_id for each in filing] == ["filing"]
    assert checklist.item("filing") is filing[0]
    assert checklist.item("magic") is None


def test_an_item_is_asked_only_of_filings_of_its_time() -> None:
    asylum = SHIPPED.one("asylum-uscis")
    assert asylum is not None
    before = {each.item_id for each in asylum.on(date(2025, 7, 21))}
    after = {each.item_id for each in asylum.on(date(2025, 7, 22))}
    assert after - before == {"fee"}


def test_what_comes_after_the_filing_does_not_hold_it_back() -> None:
    court = SHIPPED.one("sij-court")
    assert court is not None
    order = waits_for(court.items)
    assert "hearing" not in order["filing"]
    assert order["hearing"] == ("filing",)
    assert SHIPPED.one("magic") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("posada-checklists/1", "posada-checklists/9", "schema"),
        ('after = ["a"]', 'after = ["z"]', "no item"),
        ('id = "b"', 'id = "a"', "twice"),
        ('by = "child"', 'by = "nobody"', "nobody"),
        ("days = 1", "days = -1", "days"),
        ('citation = "c"', 'citation = " "', "source"),
        ('es = "Uno"', 'es = ""', "title"),
        ("after = []", 'after = ["b"]', "wait for one another"),
        ("known = 2026-11-25", "", "missing"),
        ("[[checklists]]", "[[checklists", "TOML"),
    ],
)
def test_a_damaged_file_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    assert parse_checklists(SMALL).lists
    with pytest.raises(BadChecklists, match=said):
        parse_checklists(SMALL.replace(old, new))
