"""Rows of one file: all bad cells of a row are named, repeated ids refuse each other, headers are strict."""

from pathlib import Path

import pytest

from tests.programme.folders import changed, read, refused, text, unreadable


def test_every_bad_cell_of_a_row_is_named_with_what_was_found_and_wanted(tmp_path: Path) -> None:
    program = read(
        tmp_path,
        children=changed("children.csv", "c3,g2,2012-02-29,X,,,,,", "c3,,2011-02-29,F/M,es,Peru,soon,,1001"),
    )
    found = {each.field: (each.row, each.found, each.wanted) for each in program.rejections if each.row == 3}
    assert set(found) == {
        "sibling_group_id",
        "birth_date",
        "sex",
        "languages",
        "country",
        "arrived_on",
        "location_fips",
    }
    assert found["birth_date"] == (3, "2011-02-29", "a date that exists, written YYYY-MM-DD")
    assert "changed by a spreadsheet" in found["location_fips"][2]
    assert found["country"][1] == "(not shown)"


def test_a_country_is_shown_nowhere_even_where_columns_were_swapped(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "2009-12-02,M,spa,HND", "2009-12-02,HND,spa,M"))
    found = {each.field: each.found for each in program.rejections if each.file == "children.csv"}
    assert found == {"sex": "(not shown)", "country": "(not shown)"}


def test_a_repeated_id_refuses_every_row_that_has_it_even_a_bad_one(tmp_path: Path) -> None:
    again = "h1,foster,24033,4,2025-01-01,2027-06-30,2027-01-31,1,1,-2,,,,,,,,\n"
    program = read(tmp_path, homes=text("homes.csv") + again)
    assert [home.home_id for home in program.homes] == ["h2", "h3"]
    assert [each for each in refused(program) if each[0] == "homes.csv"] == [
        ("homes.csv", 1, "home_id"),
        ("homes.csv", 4, "beds_any"),
        ("homes.csv", 4, "home_id"),
    ]
    assert "rows 1, 4 have this one" in next(e.wanted for e in program.rejections if e.file == "homes.csv")


@pytest.mark.parametrize("file", ["counsel.csv", "courts.csv"])
def test_ids_of_counsel_and_courts_are_unique_too(tmp_path: Path, file: str) -> None:
    lines = text(file).splitlines()
    program = read(tmp_path, **{file.removesuffix(".csv"): "\n".join([*lines, lines[1]])})
    assert {(file, 1), (file, 3)} <= {(each.file, each.row) for each in program.rejections}


def test_a_county_with_two_courts_has_neither(tmp_path: Path) -> None:
    program = read(tmp_path, court_counties=text("court_counties.csv") + "24033,BAL\n")
    assert refused(program) == [
        ("court_counties.csv", 1, "county_fips"),
        ("court_counties.csv", 3, "county_fips"),
    ]
    assert [row.county_fips for row in program.court_counties] == ["24510"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("g1,g2,h1,,r", "home_id"),
        ("g1,,,,r", "other_group_id"),
        ("g1,,h1,l1,r", "counsel_id"),
        ("g1,g1,,,r", "other_group_id"),
    ],
)
def test_a_separation_names_exactly_one_other_and_never_itself(tmp_path: Path, row: str, field: str) -> None:
    program = read(tmp_path, separations=text("separations.csv") + row + "\n")
    assert refused(program) == [("separations.csv", 4, field)]


@pytest.mark.parametrize("row", ["pin,g1,h1,l1,r,b", "pin,g1,,,r,b"])
def test_an_override_names_exactly_one_of_home_and_counsel(tmp_path: Path, row: str) -> None:
    program = read(tmp_path, overrides=text("overrides.csv") + row + "\n")
    assert [(each.row, each.wanted) for each in program.rejections] == [
        (3, "exactly one of home_id, counsel_id")
    ]


def test_an_empty_row_is_one_rejection(tmp_path: Path) -> None:
    program = read(tmp_path, homes=text("homes.csv") + "," * 17 + "\n")
    assert refused(program) == [("homes.csv", 4, "home_id")]


def test_the_license_and_check_columns_must_be_there_but_may_be_empty(tmp_path: Path) -> None:
    program = read(
        tmp_path,
        homes=changed(
            "homes.csv", "h1,foster,24033,4,2025-01-01,2027-06-30,2027-01-31", "h1,foster,24033,4,,,"
        ),
    )
    assert program.rejections == ()
    assert program.homes[0].license_from is None


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"homes": None}, "homes.csv: this file is missing"),
        ({"children": ""}, "children.csv: it is empty"),
        ({"children": "child_id;sibling_group_id;birth_date;sex\nc1;g1;2015-01-01;F\n"}, "semicolons"),
        ({"children": "child_id\tsibling_group_id\nc1\tg1\n"}, "tabs"),
        ({"children": "child_id,sibling_group_id,birth_date\nc1,g1,2015-01-01\n"}, "required: sex"),
        ({"kin": "sibling_group_id,home_id\n"}, "required: sponsor_category"),
        ({"kin": "sibling_group_id,home_id,home_id,sponsor_category\n"}, "home_id is there 2 times"),
        ({"separations": "g1,g2".encode("utf-16")}, "separations.csv: it is UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_stops_everything_with_one_line(
    tmp_path: Path, files: dict[str, str | bytes | None], says: str
) -> None:
    message = unreadable(tmp_path, **files)
    assert says in message
    assert message.count("\n") == 0


def test_every_unreadable_file_is_named_at_once(tmp_path: Path) -> None:
    message = unreadable(tmp_path, homes=None, kin="", courts="x\n")
    assert [line.split(":")[0] for line in message.splitlines()] == ["homes.csv", "kin.csv", "courts.csv"]


def test_a_windows_file_keeps_the_rows_that_are_the_same_in_both_encodings(tmp_path: Path) -> None:
    kin = text("kin.csv").replace("aunt", "tía").encode("cp1252")
    program = read(tmp_path, kin=kin)
    assert refused(program) == [("kin.csv", 1, "relationship")]
    assert "Windows-1252" in program.rejections[0].wanted
    assert program.rejections[0].found == "t\\xeda"
