"""`posada audit-plan`: tables for people and programs; small counts only where they are asked for."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.generate import generate
from posada.programme import write_program
from tests.cli.terminal import posada


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "program"
    drawn = generate(scope="maryland", children=200, kin_share=0.9, seed=3, assumptions=shipped())
    write_program(drawn, folder=folder)
    return folder


@pytest.fixture
def plan(program: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    out = program.with_name("plan")
    if not out.exists():
        assert posada(capsys, "plan", program, "--out", out).status == 0
    return out


def test_small_counts_are_hidden_unless_it_is_for_the_office(
    plan: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = json.loads(posada(capsys, "audit-plan", plan, "--program", program, "--json").out)
    office = json.loads(posada(capsys, "audit-plan", plan, "--program", program, "--internal", "--json").out)
    assert list(public) == ["plan_date", "smallest_count_shown", "total", "tables"]
    assert set(public["tables"]) == {"age", "sex", "country", "language"}
    assert (public["smallest_count_shown"], office["smallest_count_shown"]) == (11, 1)
    counts = [
        figure
        for rows in public["tables"].values()
        for row in rows
        for key, figure in row.items()
        if key not in ("row", "mean_days_waited")
    ]
    assert None in counts
    assert not [figure for figure in counts if figure is not None and 0 < figure < 11]
    summary = json.loads((plan / "summary.json").read_text(encoding="utf-8"))
    assert office["total"]["placed"] == summary["levels"][0]["value"]
    for rows in office["tables"].values():
        assert sum(row["children"] for row in rows) == office["total"]["children"]


def test_without_the_program_there_is_no_table_by_country_and_that_is_said(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "audit-plan", plan)
    assert ran.status == 0
    assert "By country" not in ran.out
    assert "By best language" in ran.out
    assert "not shown" in ran.out
    assert ran.messages == ["No table by country: a plan keeps no countries; --program FOLDER gives them."]
    assert "For the office only" in posada(capsys, "audit-plan", plan, "--internal").out


def test_countries_come_only_from_the_folder_that_was_planned(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = generate(scope="maryland", children=30, kin_share=0.9, seed=4, assumptions=shipped())
    write_program(replace(other, name="another"), folder=tmp_path / "other")
    ran = posada(capsys, "audit-plan", plan, "--program", tmp_path / "other", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.messages == [f"{tmp_path / 'other'}: {plan} was not made from this folder as it is now."]
    assert posada(capsys, "audit-plan", tmp_path / "other").status == 2
