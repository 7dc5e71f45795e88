"""`posada rules list`."""

import json

import pytest

from tests.cli.terminal import posada


def test_every_rule_is_listed_with_its_citation(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "list", "--on", "2026-12-01")
    assert ran.status == 0
    assert "household.max: Children in a household: 6 (children; foster homes)" in ran.out
    assert "  source: COMAR 07.02.25.05A(6), A(8)" in ran.out
    assert ran.out.endswith("Information for counsel, not legal advice.\n")


def test_json_has_dates_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "rules", "list", "--policy", "federal", "--on", "2026-12-01", "--json")
    rules = {rule["rule_id"]: rule for rule in json.loads(ran.out)}
    assert rules["household.max"]["value"] == 6
    assert rules["household.max"]["known_from"] == "2018-10-01"
    assert rules["household.kinds"]["value"] == ["foster"]


def test_without_a_day_it_is_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert posada(capsys, "rules", "list").status == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--on", "soon"], "--on soon: give a date such as 2026-12-01."),
        (["--policy", "texas"], "There is no policy named 'texas'. Shipped policies: federal, maryland."),
        (
            ["--policy", "federal", "--on", "2017-01-01"],
            "No value of rule household.max is known on 2017-01-01: it is known from 2018-10-01 until today.",
        ),
    ],
)
def test_what_cannot_be_listed_is_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    ran = posada(capsys, "rules", "list", *words)
    assert ran.status == 2
    assert ran.messages == [line]
    assert ran.out == ""


def test_both_kinds_of_rule_are_listed_and_each_can_be_had_alone(capsys: pytest.CaptureFixture[str]) -> None:
    both = json.loads(posada(capsys, "rules", "list", "--on", "2026-12-01", "--json").out)
    legal = json.loads(posada(capsys, "rules", "list", "--legal", "--on", "2026-12-01", "--json").out)
    numbers = json.loads(posada(capsys, "rules", "list", "--policy", "maryland", "--json").out)
    assert len(legal) == 55
    assert [row["rule_id"] for row in both] == [row["rule_id"] for row in (*numbers, *legal)]
    assert {row["kind"] for row in numbers} == {"policy"}
    assert set(numbers[0]) <= set(legal[0])


def test_a_legal_rule_that_is_not_signed_off_is_marked_in_the_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = posada(capsys, "rules", "list", "--legal", "--on", "2026-12-01")
    assert ran.out.count("NOT SIGNED OFF BY COUNSEL") == 55


@pytest.mark.parametrize("rule_id", ["eoir.bia_appeal", "household.max"])
def test_a_rule_of_either_kind_is_shown(capsys: pytest.CaptureFixture[str], rule_id: str) -> None:
    ran = posada(capsys, "rules", "show", rule_id, "--on", "2026-12-01")
    assert ran.status == 0
    assert ran.out.startswith(f"{rule_id}: ")
    assert "  source: " in ran.out
    assert ran.out.endswith("Information for counsel, not legal advice.\n")
    assert json.loads(posada(capsys, "rules", "show", rule_id, "--json").out)


def test_which_version_holds_depends_on_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    def holds(day: str) -> str:
        ran = posada(capsys, "rules", "show", "eoir.bia_appeal", "--on", day, "--json")
        return str(json.loads(ran.out)["holds"])

    assert (holds("2026-03-08"), holds("2026-03-09")) == ("eoir.bia_appeal#1", "eoir.bia_appeal#2")


def test_a_rule_that_is_not_there_and_two_lists_at_once_are_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["show", "eoir.x"], ["list", "--legal", "--policy", "federal"]):
        ran = posada(capsys, "rules", *words)
        assert (ran.status, len(ran.messages), ran.out) == (2, 1, "")
