"""`posada demo`, on a program that is small enough to plan in a moment."""

import json
import shutil
from pathlib import Path

from posada.cli import demo
from tests.programme.folders import FIXTURES
from tests.served_office import posada


def test_the_demonstration_plans_maryland_and_fills_an_office(demonstration: Path) -> None:
    summary = json.loads((demonstration / demo.PLAN / "summary.json").read_text(encoding="utf-8"))
    assert summary["children"] == 60
    assert summary["rejected_rows"] == 0
    assert (demonstration / demo.PAGE).is_file()
    assert (demonstration / demo.PROGRAM / "ASSUMPTIONS.md").is_file()
    assert (demonstration / demo.PROGRAM / "people.csv").is_file()
    assert not (demonstration / demo.PLAN / "input" / "people.csv").exists()
    assert (demonstration / "office.sqlite3").is_file()


def test_a_program_that_is_there_is_used_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    shutil.copytree(FIXTURES / "county", data / demo.PROGRAM)
    first = posada("demo", "--data", data, "--no-serve", "--no-newsroom")
    assert first.returncode == 0, first.stderr
    assert "is planned as it is" in first.stderr
    assert not (data / demo.PROGRAM / "people.csv").exists()
    assert "Sign in as" in first.stdout
    kept = (data / "accounts.json").read_text()
    again = posada("demo", "--data", data, POSADA_DEMO_SERVE="0", POSADA_DEMO_NEWSROOM="0")
    assert again.returncode == 0
    assert (data / "accounts.json").read_text() == kept
    assert "posada serve" in again.stderr


def test_other_peoples_files_are_left_alone(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "county", tmp_path / demo.PROGRAM)
    (tmp_path / demo.PLAN).mkdir()
    (tmp_path / demo.PLAN / "mine.txt").write_text("mine", encoding="utf-8")
    ran = posada("demo", "--data", tmp_path, "--no-serve")
    assert ran.returncode == 2
    assert (tmp_path / demo.PLAN / "mine.txt").read_text(encoding="utf-8") == "mine"
