"""`posada scenario`: a folder that every other command takes, or one line for each fault."""

from pathlib import Path

import pytest

from posada.programme import write_program
from tests.cli.terminal import posada
from tests.placement.test_recruit_wanted import short_of_homes

SCENARIO = """
name = "One home more, and a rule"
homes = [{ count = 1, county = "24033", beds = 4 }]
rule_changes = [{ rule = "household.max", value = 4, from = 2014-08-01 }]
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    write_program(short_of_homes(), folder=tmp_path / "program")
    (tmp_path / "s.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path / "program"


def test_the_result_is_planned_asked_and_compared_like_any_program(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "scenario", program, tmp_path / "s.toml", "--out", tmp_path / "made")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Rule household.max is 4 from 2014-08-01 on.",
        "1 foster home added in county 24033.",
        f"Program: {tmp_path / 'made'}",
    ]
    assert posada(capsys, "check", tmp_path / "made").status == 0
    page = tmp_path / "page.html"
    for folder in (program, tmp_path / "made"):
        out = folder.with_name(f"{folder.name}-plan")
        assert posada(capsys, "plan", folder, "--out", out, "--html", page, "--replace").status == 0
    assert "what if: household.max = 4" in page.read_text(encoding="utf-8")
    made = tmp_path / "made-plan"
    assert "go to home what-if-foster-home-1" in posada(capsys, "explain", made, "g1").out
    assert posada(capsys, "why-not", made, "g3", "h1").status == 0
    compared = posada(capsys, "compare", tmp_path / "program-plan", made)
    assert "4 more children have a safe home" in compared.out


def test_refused_rows_are_told_and_not_in_it(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    children = program / "children.csv"
    children.write_text(
        children.read_text(encoding="utf-8") + "g3-b,g3,2014-99-99,F,,,,,\n", encoding="utf-8"
    )
    ran = posada(capsys, "scenario", program, tmp_path / "s.toml", "--out", tmp_path / "made")
    assert ran.status == 1
    assert "1 group left out: a row of theirs was refused." in ran.out
    assert ran.messages == [f"1 row of {program} refused and not in it: `posada check`."]
    assert posada(capsys, "check", tmp_path / "made").status == 0


def test_faults_and_slips_are_lines_and_nothing_is_written(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("x = 1\nbeds = [{ more = 0 }]\n", encoding="utf-8")
    for file, out, lines in (
        ("bad.toml", "made", 2),
        ("none.toml", "made", 1),
        ("s.toml", "program/inside", 1),
        ("s.toml", "program", 1),
    ):
        ran = posada(capsys, "scenario", program, tmp_path / file, "--out", tmp_path / out)
        assert (ran.status, ran.out, len(ran.messages)) == (2, "", lines)
    assert not (tmp_path / "made").exists()
