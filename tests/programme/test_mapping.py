"""Another system's names and codes."""

from datetime import date
from pathlib import Path

import pytest

from posada.programme import FolderUnreadable, read_program
from posada.programme.mapping import Mapping, TableMapping, read_mapping
from posada.programme.tables import CHILDREN, HOMES
from tests.programme.folders import FIXTURES, county, refused

FOREIGN = FIXTURES / "foreign"


def test_a_foreign_folder_is_read_through_its_mapping_file() -> None:
    program = read_program(FOREIGN)
    assert [(c.child_id, c.sibling_group_id, c.sex, c.languages, c.country) for c in program.children] == [
        ("M-1", "F-1", "F", ("mam", "spa"), "GTM"),
        ("M-2", "F-1", "M", ("spa",), "GTM"),
        ("M-3", "F-2", "X", ("quc",), "HND"),
    ]
    assert program.children[0].birth_date == date(2015, 3, 4)
    assert [(h.home_id, h.kind, h.accepts_sexes) for h in program.homes] == [
        ("P1", "foster", ("F", "M")),
        ("P2", "kin", ()),
    ]


def test_a_foreign_row_is_refused_under_the_names_that_its_file_uses() -> None:
    program = read_program(FOREIGN)
    assert refused(program) == [("minors.csv", 4, "Gender"), ("minors.csv", 4, "Nationality")]
    assert program.held_groups == {"F-3": "incomplete_group"}
    assert "Atlantis" not in repr(program.rejections)


def test_a_mapping_may_lie_outside_the_folder(tmp_path: Path) -> None:
    folder = county(tmp_path)
    (folder / "children.csv").rename(folder / "kids.csv")
    mapping = tmp_path / "ours.toml"
    mapping.write_text('["children.csv"]\nfile = "kids.csv"\n', encoding="utf-8")
    assert (
        read_program(folder, mapping=mapping).input_sha256 == read_program(FIXTURES / "county").input_sha256
    )


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_named(tmp_path: Path) -> None:
    folder = county(tmp_path)
    (folder / "mapping.toml").write_text(
        '["children.csv".columns]\nchild_id = "Case"\nneeds = "N"\n', encoding="utf-8"
    )
    with pytest.raises(FolderUnreadable, match="Case"):
        read_program(folder)
    (folder / "mapping.toml").write_text('["children.csv".columns]\nneeds = "N"\n', encoding="utf-8")
    warned = {(each.field, each.message) for each in read_program(folder).warnings}
    assert ("N", "the mapping names this column, but the file lacks it") in warned


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("=", "not readable"),
        ('["kids.csv"]\n', "no table 'kids.csv'"),
        ('["children.csv"]\nfile = "../x.csv"', "file must be"),
        ('["children.csv"]\nfile = "people.csv"', "file must be"),
        ('["children.csv"]\nfile = 3', "file must be"),
        ('["children.csv"]\nother = 3', "keys"),
        ('["children.csv"]\ncolumns = 3', "columns must be a table"),
        ('["children.csv".columns]\nname = "N"', "no column 'name'"),
        ('["children.csv".columns]\nsex = 3', "columns.sex must be text"),
        ('["children.csv".columns]\nsex = "A"\nneeds = "A"', "one foreign name"),
        ('["children.csv".values]\nsex = "A"', "values.sex must be text"),
        ('["children.csv".values.sex]\nGirl = 1', "values.sex must be text"),
    ],
)
def test_a_bad_mapping_file_is_refused_with_its_fault(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FolderUnreadable) as caught:
        read_mapping(path)
    assert says in str(caught.value)


def test_a_code_that_is_not_listed_is_left_as_it_is() -> None:
    mapping = TableMapping("x.csv", values={"sex": {"Girl": "F"}, "languages": {"Mam": "mam"}})
    sex, languages = CHILDREN.columns[3], CHILDREN.columns[4]
    assert mapping.translated(sex, "M") == "M"
    assert mapping.translated(languages, "Mam; spa") == "mam; spa"
    assert Mapping().of(HOMES) == TableMapping("homes.csv")
