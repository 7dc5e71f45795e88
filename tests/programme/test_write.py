"""The files of a plan, and a program folder written back."""

import csv
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.programme import (
    OutExists,
    OutNotReplaceable,
    OutNotWritten,
    check_out,
    read_program,
    write_plan,
    write_program,
)
from posada.programme.write import csv_bytes, plan_files
from posada.records import GroupPlan, LevelResult, Plan, UnplacedGroup, UnrepresentedGroup
from tests.programme.folders import FIXTURES, changed, county, read

COUNTY = FIXTURES / "county"


def group(group_id: str, *children: str, **other: object) -> GroupPlan:
    given: dict[str, object] = {
        "sibling_group_id": group_id,
        "children": children,
        "home_id": "h1",
        "counsel_id": "l1",
        "court_code": "BAL",
        "kin": False,
        "children_sharing_language": tuple(index == 0 for index in range(len(children))),
        "interpreter_needed": (False,) * len(children),
        "venue_change_needed": True,
        "license_exception": False,
        "cost_cents_per_child_day": 4500,
        "distance_tenths_km": tuple(5 + index * 10_000 for index in range(len(children))),
    }
    return GroupPlan(**{**given, **other})  # type: ignore[arg-type]


PLAN = Plan(
    groups=(
        group("g2", "c3", counsel_id=None, court_code=None, license_exception=True),
        group("g1", "c1", "c2"),
    ),
    unplaced=(UnplacedGroup("g3", 1, "no_room", "every lawful home is full", "call, or open, a home"),),
    unrepresented=(UnrepresentedGroup("g2", None, "no_court", "the county has no court", "find the court"),),
    levels=(LevelResult("children_placed", "max", 3, 3),),
)


def write(out: Path, *, source: Path = COUNTY, replace: bool = False, **other: object) -> None:
    write_plan(
        out,
        plan=PLAN,
        program=read_program(source),
        summary={"plan_date": "2026-12-01", "seconds": 0.1},
        replace=replace,
        source=source,
        **other,  # type: ignore[arg-type]
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_plan_is_one_row_a_child_sorted_by_group_and_child(tmp_path: Path) -> None:
    write(tmp_path / "out")
    lines = (tmp_path / "out" / "placements.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "sibling_group_id,child_id,home_id,counsel_id,court_code,kin,shares_language,interpreter_needed,"
        "venue_change_needed,license_exception,cost_cents_per_day,distance_km",
        "g1,c1,h1,l1,BAL,false,true,false,true,,4500,0.5",
        "g1,c2,h1,l1,BAL,false,false,false,true,,4500,1000.5",
        "g2,c3,h1,,,false,true,false,true,needed,4500,0.5",
    ]


def test_every_file_of_the_format_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(
        out,
        extra={"plan.html": "<p>Peña</p>"},
        recruit=[{"kind": "home", "county_fips": "24033", "languages": ("spa",)}],
    )
    assert {path.name for path in out.iterdir()} == {
        "placements.csv",
        "unplaced.csv",
        "unrepresented.csv",
        "rejected.csv",
        "recruit.csv",
        "summary.json",
        "input",
        "plan.html",
    }
    assert rows(out / "unplaced.csv")[0]["next_step"] == "call, or open, a home"
    assert rows(out / "unrepresented.csv")[0]["court_code"] == ""
    assert rows(out / "recruit.csv")[0]["languages"] == "spa"
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["plan_date"] == "2026-12-01"
    assert (out / "plan.html").read_text(encoding="utf-8") == "<p>Peña</p>"
    assert (out / "rejected.csv").read_text(encoding="utf-8") == "file,row,field,found,wanted\n"
    assert read_program(out / "input").input_sha256 == read_program(COUNTY).input_sha256


def test_refused_rows_are_listed_and_no_country_reaches_the_output(tmp_path: Path) -> None:
    source = county(
        tmp_path, children=changed("children.csv", "2009-12-02,M,spa,HND", "2009-12-02,Q,spa,Honduras")
    )
    write(tmp_path / "out", source=source)
    listed = rows(tmp_path / "out" / "rejected.csv")
    assert {
        "file": "children.csv",
        "row": "4",
        "field": "sex",
        "found": "Q",
        "wanted": "one of F, M, X",
    } in listed
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    for country in (b"HND", b"GTM", b"SLV", b"Honduras"):
        assert country not in written


def test_an_output_that_is_there_is_refused_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out)
    (out / "mark").touch()
    with pytest.raises(OutExists, match="--replace"):
        write(out)
    assert (out / "mark").exists()
    write(out, replace=True)
    assert not (out / "mark").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_what_posada_did_not_write_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "letters"
    mine.mkdir()
    check_out(mine, source=COUNTY, replace=True)  # an empty folder may be
    (mine / "letter.txt").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(mine)
    for out in (mine, tmp_path / "file", tmp_path / "link"):
        with pytest.raises(OutNotReplaceable):
            write(out, replace=True)
    assert (mine / "letter.txt").exists()


def test_the_output_never_swallows_the_input(tmp_path: Path) -> None:
    source = county(tmp_path)
    for out in (source, tmp_path):
        with pytest.raises(OutNotReplaceable, match="input folder"):
            write(out, source=source, replace=True)
    write(source / "out", source=source)
    assert (source / "out" / "input" / "homes.csv").exists()
    assert not (source / "out" / "input" / "out").exists()


def test_a_disk_that_refuses_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutNotWritten, match="cannot be written"):
        write(tmp_path / "file" / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_keeps_the_old_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write(out)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutNotWritten, match="No space left on device"):
        write(out, replace=True)
    assert rows(out / "placements.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_program_written_back_reads_as_an_equal_program(tmp_path: Path) -> None:
    for name in ("county", "foreign"):
        program = read_program(FIXTURES / name)
        write_program(program, folder=tmp_path / name)
        again = read_program(tmp_path / name)
        assert again.input_sha256 == program.input_sha256
        for table in (
            "children",
            "homes",
            "kin",
            "counsel",
            "courts",
            "separations",
            "placements",
            "openings",
        ):
            assert getattr(again, table) == getattr(program, table)
    assert read_program(tmp_path / "county") == read_program(COUNTY)
    with pytest.raises(OutExists):
        write_program(read_program(COUNTY), folder=tmp_path / "county")


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)


@settings(max_examples=40, deadline=None)
@given(name=TEXT, reason=TEXT, relation=TEXT)
def test_any_text_survives_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, name: str, reason: str, relation: str
) -> None:
    whole = read_program(COUNTY)
    kin = tuple(
        sorted((replace(each, relationship=relation) for each in whole.kin), key=lambda k: k.sibling_group_id)
    )
    overrides = tuple(replace(each, reason=reason) for each in whole.overrides)
    folder = tmp_path_factory.mktemp("round") / "trip"
    write_program(replace(whole, name=name, kin=kin, overrides=overrides), folder=folder)
    again = read_program(folder)
    assert again.name == name
    assert {each.relationship for each in again.kin} == {relation if relation.strip() else ""}
    assert {each.reason for each in again.overrides} == ({reason} if reason.strip() else set())


def test_plan_files_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    program = read(tmp_path)
    one = plan_files(PLAN, program=program, summary={})
    assert one == plan_files(PLAN, program=program, summary={})
    assert csv_bytes(("a",), [[True], [("x", "y")], [None]]) == b'a\ntrue\nx;y\n""\n'
