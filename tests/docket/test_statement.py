"""The statement of remedies."""

import pytest

from posada.docket.remedies import Register, record, remedy_table
from posada.docket.statement import line_in_words, statement
from tests.docket.made import case, day, event, refreshed
from tests.docket.test_remedies import entry

TABLE = remedy_table()


def test_no_line_is_left_out_and_what_counsel_has_not_examined_says_so() -> None:
    lines = statement(Register("c1"), table=TABLE, language="en")
    assert [line.remedy_id for line in lines] == [remedy.remedy_id for remedy in TABLE]
    assert {line.state_words for line in lines} == {"NOT EXAMINED BY COUNSEL"}
    assert all(line.citations for line in lines)


def test_a_line_has_its_facts_author_date_evidence_and_next_date() -> None:
    register = record(Register("c1"), entry("sij", facts={"unmarried": True, "birth_date": None}))
    deadlines = refreshed(case(event("birth", "2008-06-15"))).deadlines
    line = next(
        each
        for each in statement(register, table=TABLE, language="en", deadlines=deadlines)
        if each.remedy_id == "sij"
    )
    assert ("unmarried", "True") in line.facts
    assert ("birth_date", "") in line.facts
    assert line.next_date == day("2029-06-14")
    text = line_in_words(line, language="en")
    assert "open · A. Lawyer, 25 November 2026 · screened with the child · file, p. 3" in text
    assert "next date Thursday 14 June 2029" in text


def test_it_prints_in_spanish_too() -> None:
    lines = statement(Register("c1"), table=TABLE, language="es")
    assert line_in_words(lines[-1], language="es").startswith("Salida voluntaria sin costo para el menor")
    with pytest.raises(KeyError):
        statement(Register("c1"), table=TABLE, language="fr")
