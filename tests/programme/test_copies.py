"""The copies beside a plan: byte for byte, but for the country of every child."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from posada.programme import read_program
from posada.programme.copies import input_copies, without_countries
from posada.programme.mapping import TableMapping
from posada.programme.tables import TABLES
from tests.programme.folders import FIXTURES, county, text
from tests.programme.test_folder import DAMAGE, children_file

PLAIN = TableMapping("children.csv")


def put(folder: Path, copies: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in copies.items():
        (folder / name).write_bytes(content)
    return folder


def test_all_files_but_children_csv_are_copied_byte_for_byte(tmp_path: Path) -> None:
    folder = county(tmp_path, people="child_id\n")
    copies = input_copies(folder)
    assert set(copies) == {"programme.toml", *TABLES}
    for name, content in copies.items():
        if name != "children.csv":
            assert content == (folder / name).read_bytes()


def test_no_country_is_left_and_the_copies_read_the_same(tmp_path: Path) -> None:
    copies = input_copies(FIXTURES / "county")
    assert not any(country in b"".join(copies.values()) for country in (b"GTM", b"HND", b"SLV"))
    original, copy = read_program(FIXTURES / "county"), read_program(put(tmp_path / "copy", copies))
    assert copy.input_sha256 == original.input_sha256
    assert copy.homes == original.homes


def test_a_foreign_folder_is_copied_with_its_mapping_and_without_its_nationalities(tmp_path: Path) -> None:
    copies = input_copies(FIXTURES / "foreign")
    assert set(copies) == {"programme.toml", "mapping.toml", "minors.csv", "providers.csv"}
    assert b"Guatemala" not in copies["minors.csv"]
    original, copy = read_program(FIXTURES / "foreign"), read_program(put(tmp_path / "copy", copies))
    assert (copy.rejections, copy.input_sha256) == (original.rejections, original.input_sha256)


def test_a_mapping_from_outside_is_kept_under_its_usual_name(tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    mapping.write_text('["children.csv".columns]\ncountry = "sex"\nsex = "country"\n', encoding="utf-8")
    children = (
        text("children.csv").replace(",sex,", ",X,").replace(",country,", ",sex,").replace(",X,", ",country,")
    )
    folder = county(tmp_path, children=children)
    copies = input_copies(folder, mapping=mapping)
    assert "mapping.toml" in copies
    assert b"GTM" not in copies["children.csv"]
    assert (
        read_program(put(tmp_path / "copy", copies)).input_sha256
        == read_program(folder, mapping=mapping).input_sha256
    )


def test_a_file_without_countries_is_left_as_it_is() -> None:
    content = b"\xef\xbb\xbfchild_id,sex\r\nc1,F\r\n"
    assert without_countries(content, mapping=PLAIN) == content


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 39), st.sampled_from(sorted(DAMAGE)), max_size=12))
def test_the_copy_of_a_damaged_file_refuses_the_same_rows_and_shows_no_country(
    damaged: dict[int, str],
) -> None:
    content = children_file(damaged)
    copied = without_countries(content, mapping=PLAIN)
    assert b"GTM" not in copied or any(kind in ("semicolons", "tabs") for kind in damaged.values())
    with tempfile.TemporaryDirectory() as place:
        folder = county(Path(place))
        for file in TABLES:
            if not TABLES[file].must_exist:
                (folder / file).unlink()
        (folder / "children.csv").write_bytes(content)
        original = read_program(folder)
        (folder / "children.csv").write_bytes(copied)
        copy = read_program(folder)
    assert [(e.row, e.field) for e in copy.rejections] == [(e.row, e.field) for e in original.rejections]
    assert (copy.held_groups, copy.input_sha256) == (original.held_groups, original.input_sha256)
