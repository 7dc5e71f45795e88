"""Rows that name something that is not there."""

from pathlib import Path

import pytest

from tests.programme.folders import changed, read, refused, text


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "field"),
    [
        ("kin.csv", "g4,h2", "g99,h2", 2, "sibling_group_id"),
        ("kin.csv", "g4,h2", "g4,h99", 2, "home_id"),
        ("hearings.csv", "g1,BAL,2027-03-15", "g99,BAL,2027-03-15", 2, "sibling_group_id"),
        ("hearings.csv", "g1,BAL,2027-03-15", "g1,XXX,2027-03-15", 2, "court_code"),
        ("court_counties.csv", "24510,BAL", "24510,XXX", 2, "court_code"),
        ("separations.csv", "g1,g2", "g1,g99", 1, "other_group_id"),
        ("separations.csv", "g3,,,l1", "g3,,,l9", 3, "counsel_id"),
        ("placements.csv", "c6,h3", "c99,h3", 1, "child_id"),
        ("placements.csv", "c6,h3", "c6,h99", 1, "home_id"),
        ("openings.csv", "h1,2026", "h99,2026", 1, "home_id"),
        ("overrides.csv", "pin,g1,h2", "pin,g1,h9", 1, "home_id"),
        ("overrides.csv", "forbid,g2,,l1", "forbid,g2,,l9", 2, "counsel_id"),
    ],
)
def test_a_reference_to_nothing_is_refused(
    tmp_path: Path, file: str, old: str, new: str, row: int, field: str
) -> None:
    program = read(tmp_path, **{file.removesuffix(".csv"): changed(file, old, new)})
    assert refused(program) == [(file, row, field)]


def test_court_codes_are_checked_only_where_courts_csv_is_there(tmp_path: Path) -> None:
    program = read(tmp_path, courts=None)
    assert refused(program) == []
    assert len(program.hearings) == 2


def test_the_court_list_of_a_counsel_is_exempt(tmp_path: Path) -> None:
    program = read(tmp_path, counsel=changed("counsel.csv", "BAL;HYA", "BAL;ELSEWHERE"))
    assert refused(program) == []


def test_a_row_that_names_a_refused_row_says_so(tmp_path: Path) -> None:
    program = read(tmp_path, homes=changed("homes.csv", "h2,kin,24031", "h2,kin,99999"))
    by_file = {(each.file, each.row): each.wanted for each in program.rejections}
    assert "were refused" in by_file["kin.csv", 1]
    assert "were refused" in by_file["overrides.csv", 1]


def test_every_bad_field_of_a_row_is_named(tmp_path: Path) -> None:
    program = read(tmp_path, kin=text("kin.csv") + "g99,h99,4,\n")
    assert refused(program) == [
        ("kin.csv", 3, "home_id"),
        ("kin.csv", 3, "sibling_group_id"),
        ("kin.csv", 3, "sponsor_category"),
    ]
