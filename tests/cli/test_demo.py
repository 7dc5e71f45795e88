"""`posada demo`, on a program that is small enough to plan in a moment."""

import json
import shutil
from pathlib import Path

import pytest

from posada.cli import demo
from posada.demonstration import generate as drawing
from tests.cli.terminal import posada
from tests.programme.folders import FIXTURES


@pytest.fixture
def few_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration with 40 children: what is drawn is the same, only fewer."""
    draw = drawing.generate
    monkeypatch.setattr(drawing, "generate", lambda **wishes: draw(children=40, **wishes))


@pytest.mark.usefixtures("few_children")
def test_the_demonstration_plans_maryland_and_names_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "demo"
    ran = posada(capsys, "demo", "--data", data, "--no-serve")
    assert ran.status == 0
    assert f"Plan: {data / demo.PLAN}" in ran.out
    assert f"Page: {data / demo.PAGE} (made to be shared)" in ran.out
    assert "7 distance" in ran.out
    summary = json.loads((data / demo.PLAN / "summary.json").read_text(encoding="utf-8"))
    assert summary["children"] == 40
    assert summary["rejected_rows"] == 0
    assert (data / demo.PROGRAM / "ASSUMPTIONS.md").is_file()


def test_a_program_that_is_there_is_planned_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "demo"
    shutil.copytree(FIXTURES / "county", data / demo.PROGRAM)
    for _ in range(2):
        ran = posada(capsys, "demo", "--data", data)
        assert ran.status == 0
        assert "is planned as it is" in ran.err
    assert {path.name for path in data.iterdir()} == {demo.PROGRAM, demo.PLAN, demo.PAGE}


def test_it_says_that_nothing_is_served_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIXTURES / "county", tmp_path / demo.PROGRAM)
    assert "Nothing is served yet" in posada(capsys, "demo", "--data", tmp_path, "--serve").err


def test_other_peoples_files_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIXTURES / "county", tmp_path / demo.PROGRAM)
    (tmp_path / demo.PLAN).mkdir()
    (tmp_path / demo.PLAN / "mine.txt").write_text("mine", encoding="utf-8")
    ran = posada(capsys, "demo", "--data", tmp_path)
    assert ran.status == 2
    assert (tmp_path / demo.PLAN / "mine.txt").read_text(encoding="utf-8") == "mine"
