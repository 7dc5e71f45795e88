"""`posada rules diff`."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import posada

CASES = Path(__file__).parent.parent / "fixtures" / "legal" / "worked_cases.csv"
SPAN = ("--from", "2026-01-15", "--to", "2026-05-01")


def test_versions_and_the_open_deadlines_that_they_move_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = posada(capsys, "rules", "diff", *SPAN, "--deadlines", CASES)
    assert ran.status == 0
    assert "eoir.bia_appeal#2: known from 2026-02-06" in ran.out
    assert (
        "ex007 (eoir.bia_appeal): 2026-04-15, in_force → 2026-03-26, uncertain, "
        "in the other reading 2026-04-15 (-20 days)" in ran.out
    )
    assert ran.out.endswith("2 of 77 open deadlines moved\n")


def test_json_names_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "diff", *SPAN, "--deadlines", CASES, "--json")
    found = json.loads(ran.out)
    assert found["moved"][1]["before"]["date"] == "2026-04-15"
    assert found["moved"][1]["days"] == -20
    alone = json.loads(posada(capsys, "rules", "diff", *SPAN, "--json").out)
    assert "moved" not in alone


def test_a_quiet_time_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "diff", "--from", "2026-07-01", "--to", "2026-07-02")
    assert (ran.status, ran.out) == (
        0,
        "No version of a legal rule came or went between 2026-07-01 and 2026-07-02.\n",
    )


def test_a_refused_row_and_a_gap_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "open.csv"
    header = "id,rule_id,as_of_date,trigger_event,trigger_date,facts_json\n"
    rows = "a,eoir.venue,soon,x,2026-01-01,{}\nb,sij.deferred_action,2026-01-01,x,,{}\n"
    file.write_text(header + rows, encoding="utf-8")
    ran = posada(capsys, "rules", "diff", "--from", "2021-01-01", "--to", "2023-01-01", "--deadlines", file)
    assert ran.status == 1
    assert "b (sij.deferred_action): not known → no date, in_force" in ran.out
    assert len(ran.messages) == 2


@pytest.mark.parametrize(
    "words", [("--from", "soon", "--to", "2026-01-01"), (*SPAN, "--deadlines", "missing.csv")]
)
def test_what_cannot_be_read_is_one_line(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    ran = posada(capsys, "rules", "diff", *words)
    assert (ran.status, len(ran.messages), ran.out) == (2, 1, "")
