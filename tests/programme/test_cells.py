"""One cell at a time: what is taken, what is refused, and in which words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.programme.cells import BadCell, Cell, cell_parser, empty_value
from posada.programme.tables import TABLES, Column, Kind

PLAN_DATE = date(2026, 12, 1)
COLUMNS = [column for table in TABLES.values() for column in table.columns]


def parsed(kind: Kind, text: str, *choices: str, filled: bool = False) -> Cell:
    return cell_parser(Column("c", kind, filled=filled, choices=choices), plan_date=PLAN_DATE)(text)


def wanted(kind: Kind, text: str, *choices: str, filled: bool = False) -> str:
    with pytest.raises(BadCell) as caught:
        parsed(kind, text, *choices, filled=filled)
    return caught.value.wanted


@pytest.mark.parametrize("text", ["0", "6", "007", "100000"])
def test_plain_digits_are_counts(text: str) -> None:
    assert parsed(Kind.COUNT, text) == int(text)


@pytest.mark.parametrize(
    "text",
    ["-1", "+1", "1.5", "1e3", "=1+1", " 1", "1 ", "100001", "٣", "²", "NaN", "inf", "0x1", "1_000", "1,000"],
)
def test_anything_but_plain_digits_in_bounds_is_no_count(text: str) -> None:
    assert "plain digits" in wanted(Kind.COUNT, text)
    assert "plain digits" in wanted(Kind.COUNT, "9" * 5000)


def test_values_that_a_spreadsheet_changed_are_named_as_such() -> None:
    assert "leading zero was lost, changed by a spreadsheet: 01001" in wanted(Kind.COUNTY, "1001")
    assert "changed by a spreadsheet" in wanted(Kind.ID, "1.2E+10", filled=True)
    assert "changed by a spreadsheet" in wanted(Kind.COUNT, "6.0")
    assert "day number" in wanted(Kind.DATE, "45261")
    assert parsed(Kind.ID, "=1+1") == "=1+1"  # an id is opaque, however it looks


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-1-1",
        "01/02/2026",
        "20260101",
        "2026-W01-1",
        "2026-01-01T00:00",
        "0000-01-01",
        "2026-01-01 ",
        "today",
        "２０２６-01-01",
    ],
)
def test_dates_that_do_not_exist_or_are_not_iso_are_refused(text: str) -> None:
    assert "YYYY-MM-DD" in wanted(Kind.DATE, text)


def test_a_child_is_under_eighteen_on_the_plan_date() -> None:
    assert parsed(Kind.BIRTH_DATE, "2008-12-02") == date(2008, 12, 2)
    assert parsed(Kind.BIRTH_DATE, "2026-12-01") == PLAN_DATE
    assert "under 18" in wanted(Kind.BIRTH_DATE, "2008-12-01")
    assert "on or before the plan date" in wanted(Kind.BIRTH_DATE, "2026-12-02")


def test_own_children_may_be_grown_but_not_unborn_and_twins_are_two() -> None:
    twins = parsed(Kind.OWN_BIRTH_DATES, "1990-01-01; 1990-01-01")
    assert twins == (date(1990, 1, 1), date(1990, 1, 1))
    assert "on or before" in wanted(Kind.OWN_BIRTH_DATES, "1990-01-01;2026-12-02")


@pytest.mark.parametrize(
    "code", ["spa", "mam", "quc", "kjb", "kek", "eng", "por", "hat", "fra", "que", "qaa"]
)
def test_real_languages_are_taken(code: str) -> None:
    assert parsed(Kind.LANGUAGES, f"eng; {code}") == ("eng", code)


@pytest.mark.parametrize(("text", "hint"), [("es", "spa"), ("SPA", "spa"), ("mvc", "mam"), ("fre", "fra")])
def test_a_code_that_is_not_iso_639_3_is_refused_with_the_right_one(text: str, hint: str) -> None:
    assert wanted(Kind.LANGUAGES, text).endswith(f"{hint}?")


@pytest.mark.parametrize("text", ["Spanish", "zzz", "sp", "spa;", ";spa", "spa;;mam", "spa,mam", "spa mam"])
def test_what_is_no_language_list_is_refused(text: str) -> None:
    assert wanted(Kind.LANGUAGES, text)


def test_counties_countries_and_choices_are_checked_against_their_lists() -> None:
    assert parsed(Kind.COUNTY, "24033") == "24033"
    for text in ("00000", "99999", "2403", "240333", "2403a", " 24033"):
        assert "five-digit" in wanted(Kind.COUNTY, text)
    assert parsed(Kind.COUNTRY, "GTM") == "GTM"
    assert wanted(Kind.COUNTRY, "gtm")
    assert parsed(Kind.CHOICES, "F; M", "F", "M", "X") == ("F", "M")
    assert wanted(Kind.CHOICE, "f", "F", "M", "X") == "one of F, M, X"


@pytest.mark.parametrize("text", ["nan", "inf", "-91", "91", "1e1", "39,29", "N39", "--1"])
def test_degrees_are_plain_decimals_in_bounds(text: str) -> None:
    assert parsed(Kind.LATITUDE, "-38.5") == -38.5
    assert "decimal degrees" in wanted(Kind.LATITUDE, text)


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_an_empty_cell_is_not_known_unless_it_must_be_filled(text: str) -> None:
    for column in COLUMNS:
        parse = cell_parser(column, plan_date=PLAN_DATE)
        if column.filled:
            with pytest.raises(BadCell):
                parse(text)
        else:
            assert parse(text) == empty_value(column)


@given(st.sampled_from(COLUMNS), st.text())
def test_no_text_does_anything_but_be_read_or_be_refused(column: Column, text: str) -> None:
    try:
        cell_parser(column, plan_date=PLAN_DATE)(text)
    except BadCell as refused:
        assert refused.wanted
        assert "\n" not in refused.wanted


def test_an_id_stays_on_one_line() -> None:
    assert "stray quote" in wanted(Kind.ID, "c1\nc2", filled=True)
    assert "stray quote" in wanted(Kind.WORDS, "a;b\nc")
