"""`posada check`: what it prints, and its statuses."""

import csv
import io
import json
from pathlib import Path

import pytest

from posada.cli import check
from tests.cli.terminal import posada
from tests.programme.folders import FIXTURES, changed, county, text

BAD_DAY = {"found": "2018-02-30", "field": "birth_date"}


def bad_day(tmp_path: Path) -> Path:
    first = text("children.csv").splitlines()[1]
    born = first.split(",")[2]
    return county(tmp_path, children=text("children.csv").replace(first, first.replace(born, "2018-02-30")))


def test_a_sound_folder_is_status_0_and_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "check", FIXTURES / "county", "--json")
    assert ran.status == 0
    assert json.loads(ran.out) == []
    assert "0 rows refused" in ran.err


def test_a_bad_row_is_status_1_and_named_by_file_row_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "check", bad_day(tmp_path), "--json")
    assert ran.status == 1
    rows = json.loads(ran.out)
    first = next(row for row in rows if row["file"] == "children.csv")
    assert list(first) == ["file", "row", "field", "found", "wanted"]
    assert first | BAD_DAY == first
    assert first["row"] == 1


def test_into_a_pipe_the_refused_rows_are_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "check", bad_day(tmp_path))
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert ran.status == 1
    assert rows[0]["file"] == "children.csv"
    assert rows[0]["found"] == "2018-02-30"


def test_on_a_terminal_they_are_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "is_read_by_a_person", lambda: True)
    ran = posada(capsys, "check", bad_day(tmp_path))
    assert ran.out.startswith("children.csv, row 1, birth_date: found 2018-02-30; wanted ")


def test_what_a_bad_row_holds_back_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        "Held back until the refused rows are mended: 1 sibling group."
        in posada(capsys, "check", bad_day(tmp_path)).messages
    )


def test_a_lapsed_license_is_worth_a_look_but_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    homes = text("homes.csv").replace("2027-06-30", "2026-01-01", 1)
    ran = posada(capsys, "check", county(tmp_path, homes=homes))
    assert ran.status == 0
    assert "Worth a look: homes.csv, row 1, license_to: the license lapsed on 2026-01-01." in ran.messages


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("programme", None, "programme.toml: this file is missing"),
        ("programme", "plan_date = 2026-13-01\n", "programme.toml: not readable as TOML"),
        ("programme", 'plan_date = "soon"\n', "programme.toml: plan_date must be a date"),
        ("children", None, "children.csv: this file is missing"),
        ("children", "", "children.csv: it is empty"),
        ("children", "child_id;sex\n1;F\n", "children.csv: "),
        ("homes", b"PK\x03\x04rest", "homes.csv: it is a spreadsheet workbook or zip file"),
        ("homes", "home_id,kind\n", "homes.csv: "),
        ("homes", "home_id,kind\nh,foster\n", "homes.csv: "),
        ("kin", b"\xff\xfeh\x00", "kin.csv: it is UTF-16 text"),
    ],
)
def test_a_broken_file_is_one_clear_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str | bytes | None, words: str
) -> None:
    ran = posada(capsys, "check", county(tmp_path, **{file: content}), "--json")
    assert ran.status == 2
    assert len(ran.messages) == 1
    assert ran.messages[0].startswith(words)
    assert json.loads(ran.out) == []


def test_a_folder_that_is_not_there_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "check", tmp_path / "nowhere")
    assert ran.status == 2
    assert ran.messages == [f"{tmp_path / 'nowhere'}: there is no such folder."]


def test_another_systems_export_is_read_through_its_mapping(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "check", FIXTURES / "foreign", "--json")
    assert ran.status == 1
    assert {row["file"] for row in json.loads(ran.out)} == {"minors.csv"}


def test_check_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = county(tmp_path, children=changed("children.csv", "c1,", "c1 ,"))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    posada(capsys, "check", folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]
