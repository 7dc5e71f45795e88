"""`posada why-not`: the JSON that other programs read, and a few lines for people."""

import json
import shutil
from pathlib import Path

import pytest

from posada.placement.plan import LEVEL_SENSE
from posada.programme import write_program
from posada.records import Child, Counsel, CourtCounty, KinLink, Program
from tests.cli.terminal import posada
from tests.placement.random_programs import TODAY
from tests.placement.sample_plan import child, home

KEYS = ["lawful", "refused_by", "levels", "moved_groups"]


def two_children() -> Program:
    """g1 has kin in h1; g2 has only h2."""
    children: tuple[Child, ...] = (child("g1-a", 2005, "F"), child("g2-a", 2005, "F"))
    return Program(
        plan_date=TODAY,
        children=children,
        homes=(home("h1", "kin", "24510", 1), home("h2", "foster", "24510", 1)),
        kin=(KinLink("g1", "h1", "2A", "aunt"),),
        counsel=(Counsel("k1", ("BAL",), 2, ("spa",)), Counsel("k2", ("NYC",), 0)),
        court_counties=(CourtCounty("24510", "BAL"),),
    )


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write_program(two_children(), folder=tmp_path / "program")
    assert posada(capsys, "plan", tmp_path / "program", "--out", tmp_path / "plan").status == 0
    shutil.rmtree(tmp_path / "program")  # only the plan is needed
    return tmp_path / "plan"


def test_a_refused_home_is_told_with_every_rule(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "why-not", plan, "g2", "h1", "--json")
    assert ran.status == 0
    found = json.loads(ran.out)
    assert list(found) == KEYS
    assert found == {"lawful": False, "refused_by": ["kin_only"], "levels": [], "moved_groups": []}
    ran = posada(capsys, "why-not", plan, "g2", "h1")
    assert ran.out == "Group g2 may not go to home h1:\n  kin_only: it is only for its own family\n"


def test_a_lawful_home_is_told_with_its_price(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(posada(capsys, "why-not", plan, "g1", "h2", "--json").out)
    assert list(found) == KEYS
    assert (found["lawful"], found["refused_by"], found["moved_groups"]) == (True, [], ["g1", "g2"])
    assert [level["name"] for level in found["levels"]] == list(LEVEL_SENSE)
    assert found["levels"][0] == {"name": "children_placed", "before": 2, "after": 1}
    summary = json.loads((plan / "summary.json").read_text(encoding="utf-8"))
    assert [level["before"] for level in found["levels"]] == [level["value"] for level in summary["levels"]]
    ran = posada(capsys, "why-not", plan, "g1", "h2")
    assert ran.out.splitlines()[:2] == [
        "Group g1 may go to home h2. With that: 1 fewer child has a safe home; 1 fewer child lives with kin; "
        "1 fewer child shares a language with the home; 1 fewer child has counsel; "
        "1 fewer child shares a language with counsel; it costs $25.00 a day less.",
        "1 other group changes home or counsel: g2.",
    ]
    assert "Level by level" in ran.out


def test_what_is_so_already_costs_nothing(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target, words in (("h1", "is in home h1"), ("k1", "has counsel k1")):
        found = json.loads(posada(capsys, "why-not", plan, "g1", target, "--json").out)
        assert (found["lawful"], found["refused_by"], found["moved_groups"]) == (True, [], [])
        assert all(level["before"] == level["after"] for level in found["levels"])
        assert posada(capsys, "why-not", plan, "g1", target).out == f"Group g1 {words} already.\n"


def test_counsel_is_asked_about_in_the_same_way(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(posada(capsys, "why-not", plan, "g1", "k2", "--json").out)
    assert found["refused_by"] == ["caseload_full", "no_counsel_at_court"]
    assert "may not be matched with counsel k2:" in posada(capsys, "why-not", plan, "g1", "k2").out


def test_slips_are_one_clear_line_and_status_2(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, message in (
        ((plan, "g9", "h1"), "There is no sibling group g9 in this plan."),
        ((plan, "g1", "h9"), "There is no home and no counsel h9 in this plan."),
        ((tmp_path, "g1", "h1"), f"{tmp_path}: this is no plan that Posada wrote: summary.json is missing."),
    ):
        ran = posada(capsys, "why-not", *words, "--json")
        assert (ran.status, ran.out, ran.messages) == (2, "", [message])
