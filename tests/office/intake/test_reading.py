"""The office reads files as the command line does, and lets rows name what stands already."""

from pathlib import Path

import pytest

from posada.office.access.actor import machine
from posada.office.intake.reading import FilesUnreadable, read_brought
from posada.office.intake.sealed_tables import SEALED_TABLES
from posada.office.intake.services import take_folder
from posada.office.intake.standing_ids import StandingIds
from posada.programme import read_program
from posada.programme.read import Bounds
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.people import TODAY


def test_form_file_and_command_refuse_the_same(tmp_path: Path) -> None:
    files = spoiled(folder(), "children.csv", "2015-07-08", "2015-02-30")
    files = spoiled(files, "homes.csv", "24005", "1001")
    where = tmp_path / "program"
    where.mkdir()
    for name, content in files.items():
        (where / name).write_bytes(content)
    told = read_brought(files, on=TODAY).rejections
    assert [each for each in told if each.file not in SEALED_TABLES] == list(read_program(where).rejections)


def test_every_bad_row_is_named_and_every_good_one_kept() -> None:
    files = spoiled(folder(), "children.csv", "2015-07-08,M", "soon,Q")
    brought = read_brought(files, on=TODAY)
    assert brought.accepted["children.csv"] == 2
    fields = [(each.file, each.row, each.field) for each in brought.rejections if each.file == "children.csv"]
    assert fields == [("children.csv", 2, "birth_date"), ("children.csv", 2, "sex")]
    assert brought.held == {"G1": "incomplete_group"}


def test_what_stood_in_names_and_addresses_is_never_repeated() -> None:
    files = spoiled(folder(), "contacts.csv", "1 Example Street", '"1 Example\nStreet"')
    files = spoiled(files, "people.csv", "C3,Ana", "C9,Ana")
    told = read_brought(files, on=TODAY).rejections
    assert {(each.file, each.field, each.found) for each in told} == {
        ("contacts.csv", "street", "(not shown)"),
        ("people.csv", "child_id", "C9"),
    }


def test_a_file_that_cannot_be_read_at_all_is_named_in_a_line() -> None:
    with pytest.raises(FilesUnreadable) as refused:
        read_brought(folder(children_csv=b"PK\x03\x04 a workbook"), on=TODAY)
    assert refused.value.lines[0].startswith("children.csv: it is a spreadsheet workbook")
    with pytest.raises(FilesUnreadable):
        read_brought(folder(programme_toml=b"plan_date = soon"), on=TODAY)


def test_a_worker_reads_no_more_than_others_can_wait_for() -> None:
    rows = [f"C{number},G{number},2026-02-30,F,spa" for number in range(6)]
    head = "child_id,sibling_group_id,birth_date,sex,languages"
    files = {"children.csv": "\n".join([head, *rows]).encode()}
    assert len(read_brought(files, on=TODAY, bounds=Bounds(lines=6)).rejections) == 6
    with pytest.raises(FilesUnreadable, match="more than 5 lines"):
        read_brought(
            {**files, "children.csv": files["children.csv"] + b"\n"}, on=TODAY, bounds=Bounds(lines=5)
        )
    homes = "home_id,kind,county_fips,licensed_capacity,license_from,license_to,checks_clear_until"
    homes += ",beds_girls,beds_boys,beds_any\n" + "".join(f"H{n},foster,1,2,,,,,,\n" for n in range(5))
    with pytest.raises(FilesUnreadable, match="more than 6 rows cannot be read"):
        read_brought({**files, "homes.csv": homes.encode()}, on=TODAY, bounds=Bounds(lines=6))


def test_rows_may_name_what_the_office_has() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    standing = StandingIds.of_office()
    assert standing.children == {"C1": "G1", "C2": "G1", "C3": "G2"}
    kin = {"kin.csv": csv("sibling_group_id,home_id,sponsor_category", "G2,H1,3", "G3,H1,3")}
    brought = read_brought(kin, on=TODAY)
    assert brought.accepted == {"kin.csv": 1}
    assert [(each.row, each.found) for each in brought.rejections] == [(2, "G3")]


def test_a_file_of_another_system_is_read_through_its_mapping() -> None:
    mapping = b'["children.csv"]\nfile = "minors.csv"\ncolumns = { child_id = "Case" }\n'
    minors = folder()["children.csv"].replace(b"child_id", b"Case")
    brought = read_brought(folder(children_csv=None, minors_csv=minors, mapping_toml=mapping), on=TODAY)
    assert brought.accepted["minors.csv"] == 3


def test_a_file_that_no_table_knows_is_told() -> None:
    brought = read_brought(folder(childrens_csv=b"a,b\n1,2\n"), on=TODAY)
    assert "childrens.csv" in {each.file for each in brought.notices}
