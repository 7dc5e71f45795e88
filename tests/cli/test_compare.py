"""`posada compare`."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from posada.programme import write_program
from posada.records import Program
from tests.cli.terminal import posada
from tests.placement.sample_plan import home
from tests.placement.test_recruit_wanted import short_of_homes


def planned(program: Program, place: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_program(program, folder=place / "program")
    assert posada(capsys, "plan", place / "program", "--out", place / "plan").status == 0
    return place / "plan"


@pytest.fixture
def plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    few = short_of_homes()
    return planned(few, tmp_path / "a", capsys), planned(
        replace(few, homes=(home("h2", "foster", "24510", 3),)), tmp_path / "b", capsys
    )


def test_a_plan_and_itself_are_the_same(plans: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "compare", plans[0], plans[0])
    assert (ran.status, ran.out, ran.err) == (0, "The two plans are the same.\n", "")
    found = json.loads(posada(capsys, "compare", plans[0], plans[0], "--json").out)
    assert found.pop("same") is True
    assert all(level["before"] == level["after"] for level in found.pop("levels"))
    assert list(found.values()) == [[]] * 8


def test_what_differs_is_told_in_words_and_as_json(
    plans: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "compare", *plans)
    assert ran.out.startswith("From the first plan to the second: 2 more children have a safe home; ")
    assert "1 group (2 children) gains a home: " in ran.out
    assert "1 group (1 child) goes to another home: g3 (h1 → h2)." in ran.out
    assert ran.messages == ["The plans were made from different input: a difference may come from there."]
    found = json.loads(posada(capsys, "compare", *plans, "--json").out)
    assert found["levels"][0] == {"name": "children_placed", "before": 1, "after": 3}
    assert found["change_home"] == [{"group": "g3", "children": 1, "before": "h1", "after": "h2"}]
    assert [each["before"] for each in found["gain_home"]] == [None]
    back = posada(capsys, "compare", plans[1], plans[0])
    assert "1 group (2 children) loses a home: " in back.out


def test_what_is_no_plan_is_one_clear_line(
    plans: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "compare", plans[0], tmp_path)
    assert (ran.status, len(ran.messages)) == (2, 1)
