"""What is kept with a warning."""

from pathlib import Path

import pytest

from posada.programme import read_program
from tests.programme.folders import FIXTURES, changed, county, read, text


def test_the_made_up_county_has_nothing_to_warn_of() -> None:
    program = read_program(FIXTURES / "county")
    assert (program.warnings, program.rejections) == ((), ())


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("homes.csv", "1,1,2,0,17", "1,1,2,17,0", "age_min"),
        ("homes.csv", "1,1,2,0,17", "1,1,1,0,17", "licensed_capacity"),
        ("homes.csv", "2014-05-05;2014-05-05", "2008-12-01;2008-12-02", "own_children_birth_dates"),
        ("homes.csv", "2027-06-30", "2026-11-30", "license_to"),
        ("placements.csv", "2026-10-01,", "2026-10-01,2026-09-01", "to_date"),
        ("openings.csv", "2027-06-30", "2026-11-30", "closes_on"),
    ],
)
def test_an_odd_row_is_kept_and_warned_of(tmp_path: Path, file: str, old: str, new: str, field: str) -> None:
    program = read(tmp_path, **{file.removesuffix(".csv"): changed(file, old, new)})
    assert [(each.file, each.row, each.field) for each in program.warnings] == [(file, 1, field)]
    assert program.rejections == ()


def test_a_lapsed_license_of_a_kin_home_is_no_matter(tmp_path: Path) -> None:
    program = read(tmp_path, homes=changed("homes.csv", "24031,3,,,", "24031,3,2020-01-01,2021-01-01,"))
    assert program.warnings == ()


def test_a_file_with_a_header_only_and_an_unknown_column_are_warned_of(tmp_path: Path) -> None:
    program = read(
        tmp_path,
        kin="sibling_group_id,home_id,sponsor_category\n",
        courts=text("courts.csv").replace("lat,lon", "lat,phone"),
    )
    assert [(each.file, each.field) for each in program.warnings] == [
        ("courts.csv", "phone"),
        ("kin.csv", ""),
    ]
    assert program.kin == ()


def test_a_csv_file_that_no_table_knows_is_warned_of_and_sealed_files_are_not(tmp_path: Path) -> None:
    folder = county(tmp_path, seperations="x\n", people="child_id\n", contacts="home_id\n")
    assert [each.file for each in read_program(folder).warnings] == ["seperations.csv"]


def test_a_row_that_says_the_same_twice_is_counted_once(tmp_path: Path) -> None:
    program = read(tmp_path, kin=text("kin.csv") + "g1,h2,2A,aunt\n")
    assert len(program.kin) == 2
    assert [(each.file, each.row) for each in program.warnings] == [("kin.csv", 3)]
