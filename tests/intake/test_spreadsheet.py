"""Tables as offices save them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.dates import DateOrder, OrderContradicted, date_orders
from posada.intake.spreadsheet import (
    Delimiter,
    Encoding,
    TableRefused,
    as_program_csv,
    date_cells,
    read_table,
)
from posada.programme.read import read_sheet

HEADER = ("child_id", "sibling_group_id", "birth_date", "sex", "languages", "note")
ROWS = (
    ("c1", "g1", "2012-04-03", "F", "mam;spa", 'Peña, "Ñ"'),
    ("c2", "g1", "2014-12-13", "M", "", "two\nlines; and\ttab"),
    ("0003", "g2", "2015-01-01", "X", "spa", ""),
)
ENCODINGS = {
    Encoding.UTF_8: "utf-8",
    Encoding.UTF_8_BOM: "utf-8-sig",
    Encoding.UTF_16_LE: "utf-16-le",
    Encoding.UTF_16_BE: "utf-16-be",
    Encoding.WINDOWS_1252: "cp1252",
}


def written(rows: object, *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(HEADER)
    writer.writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


def records(content: bytes) -> list[tuple[str, ...]]:
    """What the strict reader of a program folder makes of it."""
    sheet = read_sheet(content)
    found = list(sheet.records())
    assert all(record.fault is None for record in found)
    return [sheet.header, *(tuple(record.cells) for record in found)]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("delimiter", Delimiter)
@pytest.mark.parametrize("mark", [b"", b"bom"])
def test_a_file_of_any_kind_gives_the_same_rows(
    encoding: Encoding, delimiter: Delimiter, mark: bytes
) -> None:
    content = written(ROWS, delimiter=delimiter.value, encoding=ENCODINGS[encoding])
    if mark and encoding in (Encoding.UTF_16_LE, Encoding.UTF_16_BE):
        content = "\ufeff".encode(ENCODINGS[encoding]) + content
    table = read_table(content, file="children.csv")
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert table.header == HEADER
    assert table.rows == ROWS
    assert records(as_program_csv(table, order=DateOrder.ISO)) == [HEADER, *ROWS]


def test_what_the_person_says_comes_before_what_was_recognized() -> None:
    content = written(ROWS, encoding="cp1252")
    table = read_table(
        content, file="children.csv", delimiter=Delimiter.SEMICOLON, encoding=Encoding.WINDOWS_1252
    )
    assert len(table.header) == 1
    with pytest.raises(TableRefused, match=r"children\.csv: it is not utf-8 text"):
        read_table(content, file="children.csv", encoding=Encoding.UTF_8)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(range(256)), "workbook or zip"),
        (b"%PDF-1.7 \xff", "a PDF"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "not text"),
        ("a,b\nPeña,1\n".encode() + b"Mu\xf1oz,2\n", "line 3 is Windows-1252 in a file of UTF-8"),
        (b"a,b\n\x81\x8d,1\n", "not windows-1252 text"),
        (b'a,"b\n1,2\n', "unbalanced quote"),
        (b"x" * 101, "larger than"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(TableRefused, match=said) as refused:
        read_table(content, file="children.csv", max_bytes=300 if said.startswith("workbook") else 100)
    assert str(refused.value).startswith("children.csv: ")
    assert "\n" not in str(refused.value)


def test_dates_are_turned_by_the_order_that_the_person_chose() -> None:
    rows = [(*ROWS[0][:2], "3/4/2012", *ROWS[0][3:]), (*ROWS[1][:2], "13/12/2014", *ROWS[1][3:])]
    table = read_table(written(rows, delimiter=";"), file="children.csv")
    orders = date_orders(date_cells(table))
    assert [order for order, cell in orders.items() if cell is None] == [DateOrder.DAY_FIRST]
    found = records(as_program_csv(table, order=DateOrder.DAY_FIRST))
    assert [row[2] for row in found[1:]] == ["2012-04-03", "2014-12-13"]
    with pytest.raises(OrderContradicted, match="Row 2, birth_date"):
        as_program_csv(table, order=DateOrder.MONTH_FIRST)


def test_only_columns_that_hold_dates_are_turned_and_lists_of_dates_too() -> None:
    content = (
        b'home_id;license_from;own_children_birth_dates;remark\nh1;1/2/2020;"1/2/2010;13/2/2012";1/2/2020\n'
    )
    table = read_table(content, file="homes.csv")
    found = as_program_csv(table, order=DateOrder.DAY_FIRST).decode().splitlines()[1]
    assert found == "h1,2020-02-01,2010-02-01;2012-02-13,1/2/2020"


@pytest.mark.parametrize(
    "damaged",
    ['c1;g1;2012-04-03;"F;mam;x', "c1;g1;2012-04-03", "c1;g1;2012-04-03;F;mam;x;y", 'c"1;g1;"2012;F;m;x'],
)
def test_a_damaged_record_stays_damaged_and_takes_no_neighbor_with_it(damaged: str) -> None:
    content = ";".join(HEADER) + f"\n{damaged}\n" + ";".join(ROWS[2]) + "\n"
    table = read_table(content.encode(), file="children.csv")
    found = list(read_sheet(as_program_csv(table, order=DateOrder.ISO)).records())
    assert [record.fault is not None for record in found] == [True, False]
    assert tuple(found[1].cells) == ROWS[2]


CELLS = st.text(st.sampled_from('añ,;\t" \n1/-é'), max_size=8).map(str.strip)
TABLES = st.lists(st.tuples(st.sampled_from(["c1", "c2"]), *[CELLS] * 5), max_size=5)


@given(TABLES, st.sampled_from(Delimiter), st.sampled_from(list(ENCODINGS)))
def test_rows_do_not_hang_on_delimiter_and_encoding(rows, delimiter: Delimiter, encoding: Encoding) -> None:
    content = written(rows, delimiter=delimiter.value, encoding=ENCODINGS[encoding], end="\n")
    plain = read_table(written(rows, end="\n"), file="children.csv")
    table = read_table(content, file="children.csv", encoding=encoding, delimiter=delimiter)
    assert table.rows == plain.rows == tuple(rows)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_line_and_never_crash(content: bytes) -> None:
    try:
        table = read_table(content, file="children.csv")
        as_program_csv(table, order=DateOrder.ISO)
    except (TableRefused, OrderContradicted) as refused:
        assert "\n" not in str(refused)
