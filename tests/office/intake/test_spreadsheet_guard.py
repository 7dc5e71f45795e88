"""A cell that a spreadsheet would run or change is marked, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.office.intake.spreadsheet_guard import for_spreadsheets, guarded, unguarded, without_guard
from posada.programme.read import read_sheet
from posada.programme.tables import CHILDREN, COURTS

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t1",
    " =1",
    "\u2060=1",
    "\u3000=1",
    '"=1"',
    "＝1",
    "\ufeff=1",
    "|cmd",
    "%0A=1",
)


@pytest.mark.parametrize("cell", FORMULAS)
def test_formulas_are_marked_in_every_spelling(cell: str) -> None:
    assert guarded(cell, is_id=False) == "'" + cell


def test_a_formula_after_a_separator_of_other_countries_is_marked_too() -> None:
    assert guarded('Ana;=1;"=2";b', is_id=False) == "Ana;'=1;'\"=2\";b"
    assert guarded("\t=1", is_id=False) == "'\t'=1"
    assert guarded("mam;spa", is_id=False) == "mam;spa"


@given(st.text(max_size=20) | st.text("a'=;\t\" -\u2060", max_size=8), st.booleans())
def test_every_cell_comes_back(cell: str, is_id: bool) -> None:
    assert unguarded(guarded(cell, is_id=is_id), is_id=is_id) == cell


def test_a_name_that_begins_with_an_apostrophe_is_left_alone() -> None:
    assert unguarded("'Aisha", is_id=False) == "'Aisha"


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)] * 6), max_size=5
    )
)
def test_a_file_for_spreadsheets_comes_back_row_for_row(rows: list[tuple[str, ...]]) -> None:
    content = for_spreadsheets(COURTS.columns, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    back = read_sheet(without_guard(content, table=COURTS))
    assert [tuple(record.cells) for record in back.records()] == rows


def test_a_damaged_record_and_a_file_that_is_no_table_stay_as_they_are() -> None:
    damaged = b"child_id,sex\n'1,F\nC2,F,extra'\n"
    assert without_guard(damaged, table=CHILDREN) == b"child_id,sex\n1,F\nC2,F,extra'\n"
    assert without_guard(b"PK\x03\x04", table=CHILDREN) == b"PK\x03\x04"
