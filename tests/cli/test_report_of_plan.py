"""What is printed of a plan."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from posada.cli.planning import Made, Wishes
from posada.cli.report_of_plan import print_plan
from posada.records import Plan, UnplacedGroup, UnrepresentedGroup, Warn
from posada.rulebook import resolve_policy
from tests.programme.test_plan_summary import PLAN, PROGRAM

WISHES = Wishes(out=Path("plan"))


def printed(
    capsys: pytest.CaptureFixture[str], plan: Plan, *, is_quiet: bool = False, wishes: Wishes = WISHES
) -> tuple[str, str]:
    policy = resolve_policy("maryland", on=date(2026, 12, 1))
    program = replace(PROGRAM, warnings=(Warn("homes.csv", 1, "age_min", "odd"),))
    print_plan(Made(program, policy, plan, {}), wishes=wishes, is_quiet=is_quiet)
    said = capsys.readouterr()
    return said.out, said.err


def test_every_level_stands_in_one_line_with_value_bound_and_gap(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capsys, PLAN)
    lines = [line.split() for line in out.splitlines()]
    assert ["1", "children", "with", "a", "safe", "home", "1", "2", "within", "50.000%"] in lines
    assert ["2", "cost", "a", "day", "$123.45", "$123.45", "proven", "best"] in lines
    assert ["3", "distance", "1,023.5", "km", "1,020.0", "km", "within", "0.344%"] in lines


def test_who_is_left_out_is_counted_by_reason(capsys: pytest.CaptureFixture[str]) -> None:
    plan = replace(
        PLAN,
        unplaced=(
            UnplacedGroup("g1", 2, "no_room", "-", "-"),
            UnplacedGroup("g2", 1, "no_room", "-", "-"),
            UnplacedGroup("g3", 1, "no_lawful_home", "-", "-"),
        ),
        unrepresented=(UnrepresentedGroup("g4", None, "no_court", "-", "-"),),
    )
    out, _ = printed(capsys, plan)
    assert "Without a home" in out
    assert any(
        line.strip().startswith("no_room: ") and line.split()[-2:] == ["2", "3"] for line in out.splitlines()
    )
    assert "Placed, but without counsel" in out


def test_cautions_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = printed(capsys, PLAN)
    assert err.splitlines() == [
        "The time limit was reached: this is the best plan so far; the bounds hold.",
        "Pin refused: group g1 to h1 breaks needs; planned freely.",
        "No cost is known for 1 placed child: counted as 0.",
        "1 thing worth a look: `posada check` lists them.",
        "1 input row refused:",
        "  kin.csv, row 2, home_id: found h9; wanted a home.",
    ]


def test_with_json_nothing_else_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, PLAN, is_quiet=True)[0] == ""


def test_ids_with_brackets_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capsys, PLAN, wishes=Wishes(out=Path("[bold]plan[/bold]")))
    assert "Plan: [bold]plan[/bold]" in out
