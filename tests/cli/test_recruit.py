"""`posada recruit`: the list, the file and the page."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from posada.programme import write_program
from posada.records import Counsel, Program
from tests.cli.terminal import posada
from tests.placement.sample_plan import child, home
from tests.placement.test_recruit_wanted import short_of_homes


def planned(program: Program, folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Path:
    write_program(program, folder=folder / "program")
    assert posada(capsys, "plan", folder / "program", "--out", folder / "plan", *words).status == 0
    return folder / "plan"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    return planned(short_of_homes(), tmp_path, capsys)


def rows(plan: Path) -> list[dict[str, str]]:
    with (plan / "recruit.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_list_is_told_in_words_and_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "recruit", plan)
    assert ran.status == 0
    assert ran.out.splitlines()[1:3] == [
        " 1. a home in Baltimore city, MD with 2 beds for up to 2 siblings, Spanish spoken: "
        "2 more children have a safe home.",
        " 2. counsel at BAL for 1 sibling group, speaking Spanish: 1 more child has counsel.",
    ]
    assert "All 2 together: 2 more children have a safe home" in ran.out
    assert "Gains do not add up" in ran.out
    assert ran.messages == ["2 homes and counsel considered; planned anew 2 times."]
    found = json.loads(posada(capsys, "recruit", plan, "--json").out)
    assert list(found) == [
        *("recruit", "together", "alone_added_up", "considered", "planned_anew", "not_tried"),
    ]
    first, second = found["recruit"]
    assert (first["kind"], first["county_fips"], first["beds"], first["max_siblings"]) == (
        *("home", "24510"),
        *(2, 2),
    )
    assert (first["level"], first["children_gained"], first["proven"]) == ("children_placed", 2, True)
    assert (second["kind"], second["court_code"], second["open_slots"]) == ("counsel", "BAL", 1)
    assert found["together"][0] == {"name": "children_placed", "before": 1, "after": 3}


def test_a_small_plan_has_the_whole_list_at_once_and_a_large_one_what_needs_no_search(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = rows(plan)
    assert [row["kind"] for row in first] == ["home", "counsel"]
    posada(capsys, "recruit", plan)
    assert rows(plan) == first
    many = tuple(replace(child(f"x{n}", 2004, "F"), sibling_group_id=f"x{n}") for n in range(65))
    (tmp_path / "large").mkdir()
    large = planned(short_of_homes(*many), tmp_path / "large", capsys)
    assert [row["kind"] for row in rows(large)] == ["home", "home"]
    ran = posada(capsys, "recruit", large, "--top", "1")
    assert ran.status == 0
    assert len(rows(large)) == 1


def test_the_page_is_made_anew_with_the_list(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert posada(capsys, "recruit", plan, "--html", page, "--internal").status == 0
    assert "Whom to recruit" in page.read_text(encoding="utf-8")
    refused = posada(capsys, "recruit", plan, "--html", page)
    assert (refused.status, refused.messages) == (
        2,
        [f"{page}: this is there already; use --replace to replace it, or choose another."],
    )
    assert posada(capsys, "recruit", plan, "--html", page, "--lang", "es", "--replace").status == 0
    inside = posada(capsys, "recruit", plan, "--html", plan / "input" / "page.html")
    assert (inside.status, len(inside.messages)) == (2, 1)


def test_where_nobody_would_be_helped_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everybody = replace(
        short_of_homes(),
        homes=(home("h1", "foster", "24510", 5),),
        counsel=(Counsel("k1", ("BAL",), 9, ("spa",)),),
    )
    plan = planned(everybody, tmp_path, capsys)
    ran = posada(capsys, "recruit", plan)
    assert ran.out.startswith("Nobody was found whom one more home")
    assert rows(plan) == []


def test_slips_are_one_clear_line(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert posada(capsys, "recruit", tmp_path).messages == [
        f"{tmp_path}: this is no plan that Posada wrote: summary.json is missing."
    ]
    assert posada(capsys, "recruit", plan, "--top", "0").status == 2
