"""The register of remedies."""

from datetime import date
from importlib import resources

import pytest

from posada.docket.events import NotEnoughRecorded
from posada.docket.remedies import (
    STATES,
    Register,
    RemedyEntry,
    UnknownRemedy,
    parse_remedies,
    record,
    remedy_table,
)
from tests.docket.made import BOOK, TODAY

EMPTY = Register("c1")
WANTED = {
    *("asylum_uscis", "asylum_court", "withholding", "cat", "sij", "t_visa", "u_visa", "vawa"),
    *("family_petition", "tps", "deferred_action", "prosecutorial_discretion", "cancellation"),
    *("reopen_no_notice", "reopen_exceptional", "reopen_unrepresented_minor", "appeal", "stay"),
    "voluntary_departure",
}


def entry(remedy_id: str = "cat", state: str = "open", *, on: date = TODAY, **more: object) -> RemedyEntry:
    made: dict[str, object] = {"author": "A. Lawyer", "author_role": "attorney", "evidence": "file, p. 3"}
    made |= {"reason": "screened with the child", **more}
    return RemedyEntry("c1", remedy_id, state, on=on, **made)  # type: ignore[arg-type]


def test_the_table_names_every_remedy_with_its_citation_and_its_rules_in_both_languages() -> None:
    table = remedy_table()
    assert {remedy.remedy_id for remedy in table} >= WANTED
    assert [remedy.remedy_id for remedy in table if remedy.is_last] == ["voluntary_departure"]
    assert table[-1].is_last
    for remedy in table:
        assert remedy.citations
        assert set(remedy.titles) == {"en", "es"}
        assert set(remedy.rules) <= set(BOOK.rules)


def test_a_remedy_is_unexamined_until_counsel_has_an_entry() -> None:
    assert EMPTY.state("cat") == "unexamined"
    proposed = record(EMPTY, entry(author="case worker", author_role="case_worker"))
    assert proposed.state("cat") == "unexamined"
    examined = record(proposed, entry(state="filed"))
    assert examined.state("cat") == "filed"
    assert len(examined.of("cat")) == 2


def test_the_register_only_grows_and_the_same_entry_again_changes_nothing() -> None:
    once = record(EMPTY, entry())
    assert record(once, entry()) is once
    later = record(once, entry(state="denied", evidence="decision of the judge"))
    assert [each.state for each in later.entries] == ["open", "denied"]
    assert later.state("cat") == "denied"


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (entry(state="spent"), "A remedy is one of"),
        (entry(author=" "), "needs its author"),
        (entry(state="filed", evidence=""), "filed needs its evidence"),
        (entry(state="granted", evidence=" "), "granted needs its evidence"),
        (entry(state="not_available", author_role="case_worker"), "Only counsel"),
        (entry(state="not_available", reason=""), "with the reason"),
    ],
)
def test_an_entry_without_what_makes_it_one_is_refused(made: RemedyEntry, message: str) -> None:
    with pytest.raises(NotEnoughRecorded, match=message):
        record(EMPTY, made)


def test_an_entry_of_another_case_or_of_no_remedy_is_refused() -> None:
    with pytest.raises(NotEnoughRecorded, match="another case"):
        record(Register("c2"), entry())
    with pytest.raises(UnknownRemedy):
        record(EMPTY, entry("miracle"))


def test_counsel_may_record_every_state() -> None:
    for state in STATES:
        assert record(EMPTY, entry(state=state)).state("cat") == state


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('citations = ["INA 244"]', "citations = []"),
        ("is_last = true", ""),
        ('id = "cat"', 'id = "sij"'),
        ('title.es = "Acción diferida"', 'title.fr = "Action"'),
    ],
)
def test_a_damaged_table_is_refused(old: str, new: str) -> None:
    text = resources.files("posada.docket").joinpath("remedies.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ValueError, match="remedy"):
        parse_remedies(text.replace(old, new))
