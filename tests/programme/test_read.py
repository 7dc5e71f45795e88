"""Bytes to records: what is text, where a record ends, and that damage stays where it is."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.programme import read
from posada.programme.read import (
    MAX_CELL_CHARACTERS,
    Bounds,
    NotReadable,
    RawRecord,
    other_separator,
    read_bytes,
    read_sheet,
)


def records(content: bytes) -> list[RawRecord]:
    return list(read_sheet(content).records())


def good(content: bytes) -> list[list[str]]:
    return [record.cells for record in records(content) if record.fault is None]


def test_a_byte_order_mark_crlf_and_a_missing_last_line_end_change_nothing() -> None:
    plain = good(b"a,b\n1,2\n3,4\n")
    assert plain == [["1", "2"], ["3", "4"]]
    assert good(b"\xef\xbb\xbfa,b\r\n1,2\r\n3,4") == plain
    assert good(b"a,b\r1,2\r3,4\r") == plain
    assert read_sheet(b"\xef\xbb\xbfa,b\n").header == ("a", "b")


def test_quoted_commas_quotes_and_line_breaks_belong_to_their_cell() -> None:
    assert good(b'a,b\n"1,5","say ""no"""\n"two\nlines",x\n') == [["1,5", 'say "no"'], ["two\nlines", "x"]]


def test_rows_are_counted_in_records_and_empty_lines_are_not_counted() -> None:
    found = records(b'a,b\n\n"two\nlines",x\n\n3,4\n')
    assert [(each.row, each.cells[1]) for each in found] == [(1, "x"), (2, "4")]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=3, max_size=3),
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]], end: str) -> None:
    written = io.StringIO()
    # Three columns, and no cell with a whole row in it: such a cell is refused on purpose.
    rows = [[cell.replace(",", ";") for cell in row] for row in rows]
    csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    assert good(written.getvalue().encode("utf-8")) == rows


def test_too_few_and_too_many_cells_are_refused_alone() -> None:
    found = records(b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n")
    assert [each.fault is None for each in found] == [False, True, False]
    assert [each.fault.found for each in found if each.fault] == ["2 cells", "4 cells"]


def test_a_stray_quote_swallows_nothing() -> None:
    found = records(b'a,b\n1,"2\n3,4\n5,6\n')
    assert [(each.row, each.fault is None) for each in found] == [(1, False), (2, True), (3, True)]
    assert good(b'a,b\n1,"2"x\n3,4\n') == [["3", "4"]]
    assert good(b'a,b\n1,"2\n3,4\n5,"6\n7,8\n') == [["3", "4"], ["7", "8"]]


def test_a_cell_that_holds_what_looks_like_whole_rows_is_not_believed_at_all() -> None:
    content = b'id,note\nh1,"as said\nh9,planted\nuntil"\nh2,fine\n'
    assert good(content) == [["h2", "fine"]]
    assert len(records(content)) == 4


def test_a_nul_a_long_cell_and_bytes_that_are_not_utf_8_are_refused_alone() -> None:
    long = b"x" * (MAX_CELL_CHARACTERS + 1)
    found = records(b"a,b\n1,2\n1,\x00\n" + long + b",2\n1,Pe\xf1a\n1," + "Peña".encode() + b"\n")
    assert [each.fault is None for each in found] == [True, False, False, False, True]
    assert [each.fault.column for each in found if each.fault] == [1, 0, 1]
    assert "Windows-1252" in (found[3].fault or pytest.fail()).wanted
    quoted = records(b'a,b\n"' + b"x" * 1_000_000 + b'",2\n3,4\n')
    assert [each.fault is None for each in quoted] == [False, True]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b'a,"b\n', "unbalanced quote"),
    ],
)
def test_a_file_that_is_no_csv_text_is_refused_whole_and_says_what_it_is(content: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        read_sheet(content)


def test_a_file_too_large_or_with_too_many_lines_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MAX_FILE_BYTES", 1_000_000)
    path = tmp_path / "x.csv"
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(NotReadable, match="larger than 1 MB"):
        read_bytes(path)
    with pytest.raises(NotReadable, match="more than 10 lines"):
        read_sheet(b"a\n" * 12, bounds=Bounds(lines=10))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_line_that_is_no_row_and_a_header_without_end_are_refused(end: bytes) -> None:
    bounds = Bounds(line_bytes=1_000)
    with pytest.raises(NotReadable, match="its line 3 has no end: at most 1,000 bytes"):
        read_sheet(end.join([b"a,b", b"1,2", b"x" * 1_001, b"1,2"]), bounds=bounds)
    just = end.join([b"a,b", b"1," + b"x" * 997, b"1,2"])
    assert len(list(read_sheet(just, bounds=bounds).records())) == 2
    with pytest.raises(NotReadable, match="its header row has 2,001 columns"):
        read_sheet(b"," * 2_000 + end + b"1,2" + end)


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not a plain file"):
        read_bytes(tmp_path)
    with pytest.raises(NotReadable, match="not a plain file"):
        read_bytes(tmp_path / "missing")


def test_other_separators_are_named() -> None:
    assert other_separator(("a;b;c",)) == "semicolons"
    assert other_separator(("a\tb",)) == "tabs"
    assert other_separator(("a", "b", "c")) is None
    assert other_separator(("a",)) is None


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_one_refusal(content: bytes) -> None:
    try:
        sheet = read_sheet(b"a,b\n" + content)
    except NotReadable:
        return
    for number, record in enumerate(sheet.records(), start=1):
        assert record.row == number
        assert record.fault is not None or len(record.cells) == 2
        assert record.fault is None or record.fault.column in (0, 1)
