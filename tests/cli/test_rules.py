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
