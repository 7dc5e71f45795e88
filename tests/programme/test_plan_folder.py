"""A plan's folder read back: the same plan and program, or one clear line about what is wrong with it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from posada.cli.planning import Wishes, make_and_write
from posada.programme import PlanUnreadable, read_plan, read_program, write_program
from tests.placement.random_programs import random_program
from tests.programme.folders import FIXTURES, changed, county


def made(folder: Path, out: Path) -> Path:
    make_and_write(folder, wishes=Wishes(out=out), progress=lambda _: None)
    return out


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return made(FIXTURES / "county", tmp_path / "plan")


def test_a_plan_reads_back_as_it_was_made(tmp_path: Path) -> None:
    for seed in range(12):
        program = replace(random_program(seed), held_groups={}, closed_homes=frozenset())
        folder = tmp_path / f"{seed}"
        write_program(program, folder=folder)
        plan = make_and_write(folder, wishes=Wishes(out=tmp_path / f"{seed}-plan"), progress=lambda _: None)
        found = read_plan(tmp_path / f"{seed}-plan")
        assert found.plan == plan.plan
        assert found.summary == plan.summary
        without = tuple(replace(child, country=None) for child in plan.program.children)
        assert replace(found.program, warnings=()) == replace(plan.program, children=without, warnings=())


def test_refused_rows_hold_the_same_groups_when_a_plan_is_read_back(tmp_path: Path) -> None:
    folder = county(tmp_path, children=changed("children.csv", "2018-02-28", "2018-02-30"))
    found = read_plan(made(folder, tmp_path / "plan"))
    assert found.program.held_groups == {"g1": "incomplete_group"}
    assert found.program.rejections == read_program(folder).rejections
    assert found.input == tmp_path / "plan" / "input"


def test_another_systems_export_reads_back_through_its_mapping(tmp_path: Path) -> None:
    found = read_plan(made(FIXTURES / "foreign", tmp_path / "plan"))
    assert found.program.children


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(out: Path) -> None:
        text = (out / name).read_text(encoding="utf-8")
        assert old in text
        (out / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def summary_with(**entries: object) -> Callable[[Path], None]:
    def edit(out: Path) -> None:
        table = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        (out / "summary.json").write_text(json.dumps(table | entries), encoding="utf-8")

    return edit


def written(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda out: (out / name).write_bytes(content) and None  # type: ignore[return-value]


def removed(name: str) -> Callable[[Path], None]:
    return lambda out: (out / name).unlink()


LEVEL = {"name": "children_placed", "sense": "max", "value": 1, "bound": 1}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (removed("summary.json"), "this is no plan that Posada wrote: summary.json is missing."),
        (removed("placements.csv"), "placements.csv of the plan is missing; plan again."),
        (removed("unplaced.csv"), "unplaced.csv of the plan is missing; plan again."),
        (lambda out: shutil.rmtree(out / "input"), "the folder input of the plan is missing; plan again."),
        (removed("input/children.csv"), "input: children.csv: this file is missing"),
        (edited("input/homes.csv", "4500", "4501"), "its input is not what the plan was made from"),
        (written("summary.json", b"{"), "summary.json: this cannot be read as JSON"),
        (written("summary.json", b"\xff\xfe"), "summary.json: this cannot be read as JSON"),
        (written("summary.json", b"[]"), "summary.json has no levels."),
        (written("summary.json", b"[" * 100_000), "summary.json: this cannot be read as JSON"),
        (summary_with(levels=3), "summary.json: levels is missing or is not as Posada writes it"),
        (summary_with(levels=[3]), "summary.json: levels is not as Posada writes it"),
        (summary_with(levels=[{}]), "summary.json: name is missing or is not as Posada writes it"),
        (summary_with(levels=[LEVEL | {"value": "x"}]), "a value of children_placed is not a number"),
        (summary_with(levels=[LEVEL | {"value": 1.5}]), "a value of children_placed is not a number"),
        (summary_with(refused_pins=[{"group": 1}]), "summary.json: group is missing"),
        (summary_with(cost_unknown_children=True), "summary.json: cost_unknown_children is missing"),
        (summary_with(time_limit_reached=0), "summary.json: time_limit_reached is missing"),
        (edited("placements.csv", "home_id", "place"), "placements.csv: its columns are not those"),
        (edited("placements.csv", "true", "yes"), "placements.csv: yes is not true or false"),
        (edited("placements.csv", ".", ".1234"), "placements.csv: "),
        (edited("unplaced.csv", "\ng", '\n"g'), "unplaced.csv: row "),
        (written("unrepresented.csv", b"PK\x03\x04"), "unrepresented.csv: it is a spreadsheet workbook"),
    ],
)
def test_a_broken_or_foreign_folder_is_refused_in_one_line(
    out: Path, damage: Callable[[Path], None], words: str
) -> None:
    damage(out)
    with pytest.raises(PlanUnreadable) as refused:
        read_plan(out)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_rows_of_a_group_that_do_not_agree_are_refused(tmp_path: Path) -> None:
    program = replace(random_program(3, few_edges=True), held_groups={}, closed_homes=frozenset())
    write_program(program, folder=tmp_path / "program")
    out = made(tmp_path / "program", tmp_path / "plan")
    lines = (out / "placements.csv").read_text(encoding="utf-8").splitlines()
    first = next(n for n in range(1, len(lines) - 1) if lines[n].split(",")[0] == lines[n + 1].split(",")[0])
    cells = lines[first].split(",")
    lines[first] = ",".join([*cells[:2], "h99", *cells[3:]])
    (out / "placements.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(PlanUnreadable, match=r"the rows of group g\d\d do not agree"):
        read_plan(out)


def test_a_folder_that_is_not_there_or_is_a_program_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadable, match="there is no such folder"):
        read_plan(tmp_path / "nowhere")
    with pytest.raises(PlanUnreadable, match=r"summary\.json is missing"):
        read_plan(FIXTURES / "county")
