"""A table as an office saved it – any of four encodings and three delimiters – to the CSV that `programme` reads.

Comes in: bytes of one file, bounded before they are parsed. Goes out: `Table`: what was recognized, for a
person to confirm, and the rows. Quoting is judged by the same reader as a program folder's: delimiter and comma
change places, the file is read, and they change back.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_spreadsheet.py.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from posada.intake.dates import DateCell, DateOrder, as_iso, check_order
from posada.programme.read import (
    ALONE,
    MAX_FILE_BYTES,
    Bounds,
    NotReadable,
    RawRecord,
    Sheet,
    check_shape,
    read_sheet,
)
from posada.programme.tables import TABLES, Kind


class Encoding(StrEnum):
    """How text is written as bytes."""

    UTF_8 = "utf-8"
    UTF_8_BOM = "utf-8-sig"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS_1252 = "windows-1252"


class Delimiter(StrEnum):
    """What stands between cells."""

    COMMA = ","
    SEMICOLON = ";"
    TAB = "\t"


class TableRefused(ValueError):  # noqa: N818
    """A file that cannot be read as a table; the message says what was found and how to save it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was recognized."""

    file: str  # the name in a program folder, such as children.csv
    encoding: Encoding
    delimiter: Delimiter
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # the cells of each record; of a damaged one, a best guess
    sheet: Sheet  # with delimiter and comma in each other's place
    stand_in: str  # the character that stands for a comma in `sheet`


_DATE_KINDS = (Kind.DATE, Kind.BIRTH_DATE, Kind.OWN_BIRTH_DATES)
_BOMS = (
    (b"\xef\xbb\xbf", Encoding.UTF_8_BOM),
    (b"\xff\xfe", Encoding.UTF_16_LE),
    (b"\xfe\xff", Encoding.UTF_16_BE),
)
_NO_TABLES = (
    (b"PK\x03\x04", "a spreadsheet workbook or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
)
_STAND_INS = ("\ue000", "\ue001", "\ue002", "\uf8ff")
_TWO_BYTES = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_HOW_TO_SAVE = "save it again as 'CSV UTF-8 (comma delimited)'"


def read_table(
    content: bytes,
    *,
    file: str,
    encoding: Encoding | None = None,
    delimiter: Delimiter | None = None,
    max_bytes: int = MAX_FILE_BYTES,
    bounds: Bounds = ALONE,
) -> Table:
    """Recognize and read one file. `encoding`, `delimiter`: what the person said instead. Raises TableRefused."""
    if len(content) > max_bytes:
        raise TableRefused(f"{file}: it is larger than {max_bytes / 1_000_000:g} MB; split or shorten it.")
    workbook = next((what for start, what in _NO_TABLES if content.startswith(start)), None)
    if workbook is not None:
        raise TableRefused(f"{file}: it is {workbook}, not a table of text; {_HOW_TO_SAVE}.")
    try:
        check_shape(content, bounds=bounds)
    except NotReadable as error:
        raise TableRefused(f"{file}: {error}.") from error
    is_as = encoding or recognize_encoding(content, file=file)
    text = _decoded(content, encoding=is_as, file=file)
    between = delimiter or recognize_delimiter(text)
    stand_in = next((mark for mark in _STAND_INS if mark not in text), None)
    if stand_in is None:
        raise TableRefused(f"{file}: it is full of characters that no text has; {_HOW_TO_SAVE}.")
    try:
        sheet = read_sheet(_swapped(text, between, stand_in).encode("utf-8"))
    except NotReadable as error:
        raise TableRefused(f"{file}: {error}.") from error
    header = tuple(_back(cell, between, stand_in) for cell in sheet.header)
    rows = tuple(tuple(_back(cell, between, stand_in) for cell in record.cells) for record in sheet.records())
    return Table(file, is_as, between, header, rows, sheet, stand_in)


def recognize_encoding(content: bytes, *, file: str) -> Encoding:
    """The encoding that the bytes show. Raises TableRefused where they are of two kinds, or no text.

    >>> recognize_encoding("Peña".encode("windows-1252"), file="people.csv").value
    'windows-1252'
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark) and not content.startswith(b"\xff\xfe\x00\x00"):
            return encoding
    odd, even = content[1:4096:2], content[0:4096:2]
    if odd.count(0) > len(odd) // 2:
        return Encoding.UTF_16_LE
    if even.count(0) > len(even) // 2:
        return Encoding.UTF_16_BE
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _has_utf_8_letters(content):
            line = content.count(b"\n", 0, error.start) + 1
            raise TableRefused(
                f"{file}: line {line} is Windows-1252 in a file of UTF-8; two files were put together. "
                f"Open it, look at the letters with accents, and {_HOW_TO_SAVE}."
            ) from error
        return Encoding.WINDOWS_1252
    return Encoding.UTF_8


def recognize_delimiter(text: str) -> Delimiter:
    """What stands between the cells of the header; a comma where nothing tells."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    counts = {each: outside.count(each.value) for each in Delimiter}
    return max(counts, key=counts.__getitem__)


def date_cells(table: Table) -> tuple[DateCell, ...]:
    """The filled cells of the columns that hold dates, for `dates.date_orders`."""
    columns = _date_columns(table)
    return tuple(
        DateCell(row, table.header[at], cells[at])
        for row, cells in enumerate(table.rows, 1)
        for at in columns
        if at < len(cells) and cells[at].strip()
    )


def as_program_csv(table: Table, *, order: DateOrder) -> bytes:
    """The same rows as UTF-8, comma-separated CSV with ISO dates, for `posada.programme` to read and judge.

    A damaged record stays damaged, and what is no date stays as it is. Raises `dates.OrderContradicted`.
    """
    check_order(date_cells(table), order=order)
    columns = _date_columns(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    for record, cells in zip(table.sheet.records(), table.rows, strict=True):
        if _has_broken_quotes(record, table):
            out.write(record.source.replace(table.stand_in, ",") + "\n")
            continue
        row = [as_iso(cell, order=order) if at in columns else cell for at, cell in enumerate(cells)]
        # One empty cell alone would be an empty line, which readers pass over.
        out.write('""\n') if row == [""] else writer.writerow(row)
    return out.getvalue().encode("utf-8")


def _decoded(content: bytes, *, encoding: Encoding, file: str) -> str:
    try:
        text = content.decode("cp1252" if encoding is Encoding.WINDOWS_1252 else encoding.value)
    except UnicodeDecodeError as error:
        raise TableRefused(f"{file}: it is not {encoding.value} text; {_HOW_TO_SAVE}.") from error
    return text.removeprefix("\ufeff")


def _has_utf_8_letters(content: bytes) -> bool:
    """Whether some bytes are letters in UTF-8: next to bytes that are not, the file is of two kinds."""
    for found in _TWO_BYTES.finditer(content):
        try:
            if found[0].decode("utf-8").isalpha():
                return True
        except UnicodeDecodeError:
            continue
    return False


def _swapped(text: str, delimiter: Delimiter, stand_in: str) -> str:
    if delimiter is Delimiter.COMMA:
        return text
    return text.replace(",", stand_in).replace(delimiter.value, ",")


def _back(text: str, delimiter: Delimiter, stand_in: str) -> str:
    if delimiter is Delimiter.COMMA:
        return text
    return text.replace(",", delimiter.value).replace(stand_in, ",")


def _has_broken_quotes(record: RawRecord, table: Table) -> bool:
    """Whether the record is damaged in a way that writing its cells anew would hide."""
    fault = record.fault
    return fault is not None and len(record.cells) == len(table.header) and fault.has_moved


def _date_columns(table: Table) -> tuple[int, ...]:
    known = TABLES.get(table.file)
    names = {column.name for column in known.columns if column.kind in _DATE_KINDS} if known else set()
    return tuple(at for at, name in enumerate(table.header) if name in names)


def by_column(table: Table) -> Iterator[tuple[int, str, str]]:
    """Row number, column name and cell of every cell that stands under a column."""
    for row, cells in enumerate(table.rows, 1):
        for name, cell in zip(table.header, cells, strict=False):
            yield row, name, cell
