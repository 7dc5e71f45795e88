"""`posada explain`: sentences for people, JSON for programs, one clear line where there is nothing to say."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import posada
from tests.programme.folders import FIXTURES, changed, county


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert posada(capsys, "plan", FIXTURES / "county", "--out", tmp_path / "plan").status == 0
    return tmp_path / "plan"


def test_it_says_in_sentences_why(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "explain", plan, "g3")
    assert ran.status == 0
    assert ran.out.splitlines()[0].endswith(".")
    assert "g3" not in ran.out
    assert ran.err == ""


def test_it_says_so_in_spanish_and_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = posada(capsys, "explain", plan, "g1").out
    spanish = posada(capsys, "explain", plan, "g1", "--lang", "es").out
    assert english != spanish
    found = json.loads(posada(capsys, "explain", plan, "g1", "--lang", "es", "--json").out)
    assert list(found) == [
        *("group", "status", "home_id", "counsel_id", "language", "sentences"),
        *("rules_kept", "rules_in_the_way"),
    ]
    assert "\n".join(found["sentences"]) + "\n" == spanish


def test_a_held_group_is_told_which_row_must_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = county(
        tmp_path,
        children=changed("children.csv", "2018-02-28", "2018-02-30"),
        separations=changed("separations.csv", "g1,g2,,,an order of the court", "g1,g2,,,"),
    )
    posada(capsys, "plan", folder, "--out", tmp_path / "plan")
    ran = posada(capsys, "explain", tmp_path / "plan", "g1")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "We have no plan for them tonight, because what we wrote about them is not whole.",
        "In children.csv, row 2 was refused; please look at: birth_date.",
        "In separations.csv, row 1 was refused; please look at: reason.",
        "Next step: correct this, then make the plan again.",
    ]


def test_unknown_groups_and_foreign_folders_are_one_line_and_status_2(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, message in (
        ((plan, "g99"), "There is no sibling group g99 in this plan."),
        (
            (FIXTURES / "county", "g1"),
            f"{FIXTURES / 'county'}: this is no plan that Posada wrote: summary.json is missing.",
        ),
        ((tmp_path / "nowhere", "g1"), f"{tmp_path / 'nowhere'}: there is no such folder."),
    ):
        ran = posada(capsys, "explain", *words)
        assert (ran.status, ran.out, ran.messages) == (2, "", [message])
