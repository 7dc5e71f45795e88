"""A spreadsheet's file gives the same rows as a plain one; what was recognized is told, and dates are asked for."""

import pytest

from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import read_brought
from tests.office.intake.folders import folder
from tests.office.people import TODAY

PEOPLE = folder()["people.csv"].decode()
HEARINGS = "sibling_group_id,court_code,hearing_date\nG1,BAL,03/04/2027\n"


def rows(files: dict[str, bytes]) -> list[object]:
    """The accepted names."""
    return [record for _, record in read_brought(files, on=TODAY).readings["people.csv"].good]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_encoding_and_delimiter_gives_the_same_rows(encoding: str, delimiter: str) -> None:
    content = PEOPLE.replace(",", delimiter).encode(encoding)
    opened, told = open_files(folder(people_csv=content), choices={})
    assert rows(opened) == rows(folder())
    found = next(each for each in told if each.file == "people.csv")
    assert (found.delimiter, found.fault) == (delimiter, "")
    assert found.is_plain == (encoding in ("utf-8", "utf-8-sig") and delimiter == ",")


def test_a_date_that_may_be_march_or_april_waits_for_a_person() -> None:
    files = folder(hearings_csv=HEARINGS.encode())
    opened, told = open_files(files, choices={})
    found = next(each for each in told if each.file == "hearings.csv")
    assert found.orders == ("day_first", "month_first")
    assert "03/04/2027" in found.fault
    refused = read_brought(opened, on=TODAY).rejections
    assert [(each.field, each.found) for each in refused] == [("hearing_date", "03/04/2027")]
    for order, month in (("day_first", 4), ("month_first", 3)):
        opened, _ = open_files(files, choices={"hearings.csv": {"order": order}})
        hearing = read_brought(opened, on=TODAY).readings["hearings.csv"].good[0][1]
        assert hearing.hearing_date.month == month  # type: ignore[union-attr]


def test_an_order_that_a_row_contradicts_is_refused_with_that_row() -> None:
    files = folder(hearings_csv=(HEARINGS + "G2,BAL,03/13/2027\n").encode())
    _, told = open_files(files, choices={"hearings.csv": {"order": "day_first"}})
    found = next(each for each in told if each.file == "hearings.csv")
    assert found.orders == ("month_first",)
    assert "Row 2" in found.fault
    assert ("day_first", 2, "hearing_date", "03/13/2027") in found.against


def test_what_a_spreadsheet_has_changed_is_named_and_not_mended() -> None:
    content = folder()["homes.csv"].replace(b"24005", b"1001")
    opened, told = open_files(folder(homes_csv=content), choices={})
    found = next(each for each in told if each.file == "homes.csv")
    assert found.changed == ((2, "county_fips", "1001", "leading_zero"),)
    assert opened["homes.csv"] == content


def test_a_file_that_is_no_table_goes_on_to_the_reader_as_it_is() -> None:
    opened, told = open_files({"children.csv": b"PK\x03\x04"}, choices={})
    assert opened == {"children.csv": b"PK\x03\x04"}
    assert "workbook" in told[0].fault
