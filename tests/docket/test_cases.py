"""Worked cases: all that were given, as many of our own, and rows that cannot be read."""

from pathlib import Path

import pytest

from posada.docket.cases import answered, checked
from posada.programme.read import NotReadable
from posada.rulebook.legal_files import load_legal_rules

BOOK = load_legal_rules()
FIXTURES = Path(__file__).parent.parent / "fixtures" / "legal"
HEADER = "id,rule_id,as_of_date,trigger_event,trigger_date,facts_json\n"


@pytest.mark.parametrize(("file", "cases"), [("worked_cases.csv", 77), ("more_cases.csv", 115)])
def test_every_worked_case_has_its_expected_date_and_status(file: str, cases: int) -> None:
    compared, answers, refused = checked((FIXTURES / file).read_bytes(), book=BOOK, file=file)
    assert [each for each in compared if not each.passed] == []
    assert refused == ()
    assert [each.gap for each in answers if each.gap] == []
    assert len(compared) == cases


def test_own_cases_cover_every_rule_and_every_version() -> None:
    used = set()
    for file in ("worked_cases.csv", "more_cases.csv"):
        found, _ = answered((FIXTURES / file).read_bytes(), book=BOOK, file=file)
        used |= {each.found.version.name for each in found if each.found and each.found.version}
    assert {version.name for rule in BOOK.rules.values() for version in rule.versions} - used == set()


def test_expected_columns_may_be_absent_and_are_never_read() -> None:
    text = (FIXTURES / "worked_cases.csv").read_text(encoding="utf-8")
    spoiled = (
        text.replace("in_force", "nonsense").replace("expected_date", "x").replace("expected_status", "y")
    )
    assert answered(spoiled.encode(), book=BOOK, file="x") == answered(text.encode(), book=BOOK, file="x")


def one(row: str) -> tuple[str, str]:
    """Field and wanted of the one refused row."""
    found, (refused,) = answered((HEADER + row).encode(), book=BOOK, file="x.csv")
    assert found == ()
    assert refused.row == 1
    return refused.field, refused.wanted


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",eoir.venue,2026-01-01,x,2026-01-01,{}\n", "id"),
        ("a,,2026-01-01,x,2026-01-01,{}\n", "rule_id"),
        ("a,eoir.venue,01/02/2026,x,2026-01-01,{}\n", "as_of_date"),
        ("a,eoir.venue,,x,2026-01-01,{}\n", "as_of_date"),
        ("a,eoir.venue,2026-01-01,x,2026-02-30,{}\n", "trigger_date"),
        ("a,eoir.venue,2026-01-01,x,2026-01-01,{\n", "facts_json"),
        ("a,eoir.venue,2026-01-01,x,2026-01-01,[]\n", "facts_json"),
        ('a,eoir.venue,2026-01-01,x,2026-01-01,"{""a"": 1, ""a"": 2}"\n', "facts_json"),
        ('a,eoir.venue,2026-01-01,x,2026-01-01,"{""a"": NaN}"\n', "facts_json"),
        ('a,eoir.venue,2026-01-01,x,2026-01-01,"{""granted"": ""yes""}"\n', "facts_json.granted"),
        ("a,eoir.venue,2026-01-01,x,2026-01-01\n", "facts_json"),
    ],
)
def test_a_bad_cell_is_refused_with_its_field(row: str, field: str) -> None:
    assert one(row)[0] == field


def test_a_repeated_id_refuses_every_row_that_has_it() -> None:
    row = "a,eoir.venue,2026-01-01,x,2026-01-01,{}\n"
    found, refused = answered((HEADER + row + row).encode(), book=BOOK, file="x.csv")
    assert found == ()
    assert [(each.row, each.field) for each in refused] == [(1, "id"), (2, "id")]


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        ("a,no.rule,2026-01-01,x,2026-01-01,{}", "There is no rule 'no.rule'"),
        ("a,eoir.bia_appeal,2026-01-01,x,,{}", "the date of ij_decision is not known"),
        ("a,eoir.bia_appeal,2026-01-01,x,1990-01-01,{}", "No value of rule eoir.bia_appeal is known on 1990"),
        ("a,asylum.uac_jurisdiction,2026-01-01,x,2026-01-01,{}", "age_on_filing is not known"),
        ("a,age.attains_18,2026-01-01,x,9999-01-01,{}", "leaves the calendar"),
    ],
)
def test_what_is_missing_is_a_named_gap_and_not_a_guess(row: str, gap: str) -> None:
    (found,), refused = answered((HEADER + row + "\n").encode(), book=BOOK, file="x.csv")
    assert refused == ()
    assert (found.status, found.day_text) == ("gap", "")
    assert gap in found.gap


def test_a_bad_row_never_takes_a_good_one_with_it() -> None:
    good = "b,eoir.venue,2026-01-01,x,2026-01-01,{}\n"
    found, refused = answered((HEADER + "a,x,soon,x,x,{}\n" + good).encode(), book=BOOK, file="x.csv")
    assert [each.case_id for each in found] == ["b"]
    assert len(refused) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"id;rule_id;as_of_date;trigger_date;facts_json\n", "semicolons"),
        (b"id,rule_id,as_of_date,trigger_event,trigger_date\n", "no column facts_json"),
        (b"id,id,rule_id,as_of_date,trigger_event,trigger_date,facts_json\n", "two columns named id"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(content: bytes, message: str) -> None:
    with pytest.raises(NotReadable, match=message):
        answered(content, book=BOOK, file="x.csv")


def test_a_check_needs_its_expected_columns() -> None:
    with pytest.raises(NotReadable, match="expected_date, expected_status"):
        checked(HEADER.encode(), book=BOOK, file="x.csv")
