"""recruit.csv is put in place whole, alone, and only beside the plan that it is about."""

from pathlib import Path

import pytest

from posada.cli.planning import Wishes, make_and_write
from posada.programme import OutNotWritten, PlanFolder, read_plan, write_program
from posada.programme.recruit_file import write_recruit
from tests.placement.test_recruit_wanted import short_of_homes

ROW = {"kind": "home", "county_fips": "24510", "languages": ("spa", "mam"), "beds": 2, "children_gained": 2}


@pytest.fixture
def opened(tmp_path: Path) -> PlanFolder:
    write_program(short_of_homes(), folder=tmp_path / "program")
    make_and_write(tmp_path / "program", wishes=Wishes(out=tmp_path / "plan"), progress=lambda _: None)
    return read_plan(tmp_path / "plan")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_the_file_is_written_anew(opened: PlanFolder) -> None:
    before = contents(opened.folder)
    path = write_recruit(opened, [ROW])
    after = contents(opened.folder)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "kind,county_fips,court_code,languages,beds,max_siblings,children_gained",
        "home,24510,,spa;mam,2,,2",
    ]
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"recruit.csv"}
    assert read_plan(opened.folder).plan == opened.plan


def test_beside_another_plan_it_is_not_written(opened: PlanFolder) -> None:
    summary = opened.folder / "summary.json"
    summary.write_text(
        summary.read_text(encoding="utf-8").replace("2014-08-01", "2014-08-02"), encoding="utf-8"
    )
    before = contents(opened.folder)
    with pytest.raises(OutNotWritten, match="another plan was put here meanwhile"):
        write_recruit(opened, [ROW])
    summary.unlink()
    with pytest.raises(OutNotWritten):
        write_recruit(opened, [ROW])
    assert contents(opened.folder) == {name: text for name, text in before.items() if name != "summary.json"}


def test_a_disk_that_refuses_is_told_in_one_line_and_nothing_is_left(opened: PlanFolder) -> None:
    (opened.folder / "recruit.csv").unlink()
    (opened.folder / "recruit.csv").mkdir()
    with pytest.raises(OutNotWritten, match=r"recruit\.csv: cannot be written: "):
        write_recruit(opened, [ROW])
    assert not [path for path in opened.folder.iterdir() if path.name.startswith(".")]
