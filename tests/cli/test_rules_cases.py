"""`posada rules answer` and `posada rules check`."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import posada

FIXTURES = Path(__file__).parent.parent / "fixtures" / "legal"
CASES = FIXTURES / "worked_cases.csv"


def test_cases_are_answered_as_csv_of_id_date_and_status(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "answer", CASES)
    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert lines[:2] == ["id,date,status", "ex001,2025-06-20,in_force"]
    assert lines[17] == "ex017,,no_deadline"
    assert len(lines) == 78


def test_json_tells_the_arithmetic_and_who_signed_off(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "answer", CASES, "--json")
    row = json.loads(ran.out)[5]
    assert row["alternative"] == "2026-05-20"
    assert row["arithmetic"] == "20 April 2026 + 10 days = Thursday 30 April 2026"
    assert row["signed_off"] == "not signed off by counsel"


def test_a_check_ends_with_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "check", CASES)
    assert (ran.status, ran.out) == (0, "77 passed, 0 failed\n")


def test_each_failure_is_printed_with_expected_and_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    text = CASES.read_text(encoding="utf-8").replace("{},2025-06-20,in_force", "{},2025-06-19,vacated")
    wrong.write_text(text + "bad,eoir.venue,soon,x,2026-01-01,{},,in_force,,\n", encoding="utf-8")
    ran = posada(capsys, "rules", "check", wrong)
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "ex001 (eoir.bia_appeal): expected 2025-06-19, vacated; found 2025-06-20, in_force",
        "76 passed, 2 failed",
    ]
    assert ran.messages == [
        "wrong.csv, row 78, as_of_date: found soon; wanted a date that exists, written YYYY-MM-DD."
    ]


def test_a_gap_is_named_and_the_status_is_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "gap.csv"
    header = "id,rule_id,as_of_date,trigger_event,trigger_date,facts_json\n"
    file.write_text(header + "a,fee.x,2026-01-01,x,2026-01-01,{}\n", encoding="utf-8")
    ran = posada(capsys, "rules", "answer", file)
    assert (ran.status, ran.out) == (1, "id,date,status\na,,gap\n")
    assert ran.messages[0].startswith("a: There is no rule 'fee.x'")


@pytest.mark.parametrize("name", ["missing.csv", "."])
@pytest.mark.parametrize("command", ["answer", "check"])
def test_a_file_that_is_not_there_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, command: str
) -> None:
    ran = posada(capsys, "rules", command, tmp_path / name)
    assert (ran.status, len(ran.messages), ran.out) == (2, 1, "")


@pytest.mark.parametrize("command", ["answer", "check"])
def test_a_file_without_its_columns_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    ran = posada(capsys, "rules", command, file)
    assert (ran.status, len(ran.messages)) == (2, 1)
