"""Whole folders: the order of rows changes nothing, damage harms only its own row, nothing but a plain
refusal ever comes out of garbage."""

import csv
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.programme import FolderUnreadable, input_files, read_program
from posada.programme.tables import TABLES
from tests.programme.folders import FIXTURES, county, text

COUNTY = FIXTURES / "county"
HEADER = "child_id,sibling_group_id,birth_date,sex,languages,country,arrived_on,needs,location_fips,note"
PLACES = HEADER.split(",")


def child_row(index: int) -> list[str]:
    """One of 40 good rows, two children a group."""
    return [
        f"c{index:02}",
        f"g{index // 2:02}",
        f"20{10 + index % 15}-0{1 + index % 9}-1{index % 10}",
        "FMX"[index % 3],
        ["", "spa", "mam;spa"][index % 3],
        ["", "GTM"][index % 2],
        ["", "2026-11-20"][index % 2],
        ["", "medical"][index % 2],
        ["", "24033"][index % 2],
        ["", "a, quoted; note"][index % 2],
    ]


def line(cells: list[str]) -> str:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def at(column: str, value: str) -> Callable[[list[str]], str]:
    return lambda cells: line(
        [value if name == column else cell for name, cell in zip(PLACES, cells, strict=True)]
    )


def swap(one: int, other: int) -> Callable[[list[str]], str]:
    def damage(cells: list[str]) -> str:
        cells[one], cells[other] = cells[other], cells[one]
        return line(cells)

    return damage


BAD_CELLS = {
    "child_id": ["", " ", "1.2E+10", "\x00", "x" * 20_000],
    "sibling_group_id": ["", "\t"],
    "birth_date": [
        "",
        "2026-02-30",
        "03/04/2015",
        "2027-01-01",
        "2008-12-01",
        "45261",
        "NaN",
        "=TODAY()",
        "2015-1-1",
    ],
    "sex": ["", "f", "male", "F;M", "=A1", "-"],
    "languages": ["es", "SPA", "spa;", "español", "spa|mam", "zzz", "None"],
    "country": ["HN", "honduras", "=HND", "ZZZ"],
    "arrived_on": ["20/11/2026", "2026-11-31", "yesterday", "1e5", "2026-11-20T08:00"],
    "needs": [";", "medical;;school", "a\x00b"],
    "location_fips": ["1001", "24033.0", "2.4E+04", "99999", "Prince George's", "024033", "٢٤٠٣٣"],
    "note": ["\x00", "y" * 1_000_000, "\udcf1"],
}
DAMAGE: dict[str, Callable[[list[str]], str]] = {
    f"{column}={value[:12]!r}": at(column, value) for column, values in BAD_CELLS.items() for value in values
}
DAMAGE |= {
    "one cell too few": lambda cells: line(cells[:-1]),
    "one cell too many": lambda cells: line([*cells, ""]),
    "only an id": lambda cells: cells[0],
    "only commas": lambda cells: "," * (len(cells) - 1),
    "semicolons": lambda cells: ";".join(cells),
    "tabs": lambda cells: "\t".join(cells),
    "a quote that never closes": lambda cells: line([*cells[:2], '"' + cells[2], *cells[3:]]),
    "text after a closing quote": lambda cells: line([*cells[:2], f'"{cells[2]}"x', *cells[3:]]),
    "a quote inside a date": lambda cells: line([*cells[:2], cells[2][:3] + '"' + cells[2][3:], *cells[3:]]),
    "the header again": lambda _: HEADER,
    "group and date swapped": swap(1, 2),
    "date and sex swapped": swap(2, 3),
    "a language for a sex": at("sex", "spa"),
}


def children_file(damaged: dict[int, str]) -> bytes:
    rows = [HEADER]
    for index in range(40):
        cells = child_row(index)
        rows.append(DAMAGE[damaged[index]](cells) if index in damaged else line(cells))
    return ("\n".join(rows) + "\n").encode("utf-8", errors="surrogateescape")


def test_the_kinds_of_damage_are_many() -> None:
    assert len(DAMAGE) >= 50


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 39), st.sampled_from(sorted(DAMAGE)), min_size=1, max_size=12))
def test_damage_is_named_and_harms_no_other_row(damaged: dict[int, str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "programme.toml").write_text("plan_date = 2026-12-01\n", encoding="utf-8")
        (folder / "homes.csv").write_text(text("homes.csv"), encoding="utf-8")
        (folder / "children.csv").write_bytes(children_file(damaged))
        program = read_program(folder)
    assert {c.child_id for c in program.children} == {f"c{i:02}" for i in range(40) if i not in damaged}
    assert {each.row for each in program.rejections} == {index + 1 for index in damaged}
    for each in program.rejections:
        assert each.file == "children.csv"
        assert each.field in PLACES
        assert each.wanted
        assert each.found.isprintable()
    # A group keeps nobody who could be planned as if it were complete.
    readable_group = [
        i for i, kind in damaged.items() if not kind.startswith(("sibling_group_id", "only", "tabs", "semi"))
    ]
    for index in readable_group:
        if DAMAGE[damaged[index]](child_row(index)) == HEADER or "swapped" in damaged[index]:
            continue
        assert program.held_groups.get(f"g{index // 2:02}") == "incomplete_group"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_and_columns_and_unknown_columns_change_nothing(
    order: random.Random, crlf: bool
) -> None:
    whole = read_program(COUNTY)
    with tempfile.TemporaryDirectory() as place:
        folder = county(Path(place))
        for file in TABLES:
            if file == "separations.csv":
                continue  # it has a cell over two lines
            rows = list(csv.reader(text(file).splitlines()))
            columns = list(range(len(rows[0])))
            order.shuffle(columns)
            body = rows[1:]
            order.shuffle(body)
            with (folder / file).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\r\n" if crlf else "\n")
                writer.writerows([[*(row[c] for c in columns), "x"] for row in [rows[0], *body]])
        shuffled = read_program(folder)
    for name in ("children", "homes", "kin", "counsel", "courts", "hearings", "overrides", "placements"):
        assert getattr(shuffled, name) == getattr(whole, name)
    assert shuffled.input_sha256 == whole.input_sha256
    assert {each.field for each in shuffled.warnings} == {"x"}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["programme.toml", "mapping.toml", *TABLES]), st.binary(max_size=400), st.data())
def test_garbage_is_read_or_refused_and_never_anything_else(
    file: str, garbage: bytes, data: st.DataObject
) -> None:
    content = (COUNTY / file).read_bytes() if (COUNTY / file).exists() else b""
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    with tempfile.TemporaryDirectory() as place:
        folder = county(Path(place))
        (folder / file).write_bytes(content[:start] + garbage + content[end:])
        try:
            program = read_program(folder)
        except FolderUnreadable as refused:
            assert refused.messages
            assert all("\n" not in message for message in refused.messages)
        else:
            assert program.children
            assert all(each.found.isprintable() for each in program.rejections)


def test_tables_are_sorted_and_children_by_group(tmp_path: Path) -> None:
    folder = county(tmp_path, children=text("children.csv").replace("c1,g1", "z1,g1"))
    program = read_program(folder)
    assert [child.child_id for child in program.children][:2] == ["c2", "z1"]
    assert [home.home_id for home in program.homes] == ["h1", "h2", "h3"]


def test_no_valid_child_or_home_stops_everything_and_says_which_rows(tmp_path: Path) -> None:
    header, *_ = text("homes.csv").splitlines()
    with pytest.raises(FolderUnreadable, match=r"homes\.csv: no valid row is left") as caught:
        read_program(county(tmp_path, homes=f"{header}\nh1,tent" + "," * 16 + "\n"))
    assert {each.file for each in caught.value.rejections} >= {"homes.csv"}


def test_a_folder_that_is_not_there_or_is_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderUnreadable, match="no such folder"):
        read_program(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnreadable, match="no such folder"):
        read_program(tmp_path / "file")


def test_a_broken_link_in_place_of_a_protective_file_is_not_passed_over(tmp_path: Path) -> None:
    folder = county(tmp_path, separations=None)
    (folder / "separations.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(FolderUnreadable, match=r"separations\.csv: this is not a plain file"):
        read_program(folder)


def test_sealed_files_are_never_among_the_files_read(tmp_path: Path) -> None:
    folder = county(tmp_path, people="child_id\n", contacts="home_id\n", openings=None)
    names = [path.name for path in input_files(folder)]
    assert names[0] == "programme.toml"
    assert set(names) == {"programme.toml", *TABLES} - {"openings.csv"}
    (folder / "people.csv").unlink()
    (folder / "people.csv").mkdir()  # whoever opened it would stumble
    assert read_program(folder).children


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = county(tmp_path / "folder", separations=None)
    (tmp_path / "elsewhere.csv").write_text("somebody's own words\n")
    for name in ("separations.csv", "mapping.toml", "programme.toml"):
        kept = (folder / name).read_bytes() if (folder / name).exists() else None
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(tmp_path / "elsewhere.csv")
        with pytest.raises(FolderUnreadable, match="a link leads out of the folder") as caught:
            read_program(folder)
        assert "somebody" not in str(caught.value.messages)
        (folder / name).unlink()
        if kept is not None:
            (folder / name).write_bytes(kept)


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = county(tmp_path)
    (folder / "children.csv").rename(folder / "of today.csv")
    (folder / "children.csv").symlink_to("of today.csv")
    assert read_program(folder).children
