"""Bytes of one CSV file to its header and records: strict UTF-8, commas, RFC 4180 quoting, within bounds.

Comes in: the bytes of a file. Goes out: a `Sheet` of `RawRecord`. A damaged record is marked and never
takes its neighbors with it; a file that is not comma-separated UTF-8 text at all raises `NotReadable`.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_read.py.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from posada.programme.printable import is_undecoded, shown

MAX_FILE_BYTES = 50_000_000
"""A national year (57,496 children) is under 6 MB; this still reads in seconds and bounded memory."""

MAX_RECORDS = 500_000
"""Bounds memory where a file is many empty lines: a record costs far more than its bytes."""

MAX_COLUMNS = 1_000
"""The widest table of a program folder has eighteen; a header beyond this is none."""

MAX_CELL_CHARACTERS = 10_000
"""Nothing that a person types into one cell is longer; a missing quote or a pasted document is."""

MAX_RECORD_LINES = 1_000
"""Lines that one quoted cell may run over before its missing quote is looked for no further."""

SAVE_AS = "save it as 'CSV UTF-8 (comma delimited)'"

_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet workbook or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What of one file is read at all: its lines, and the bytes of a line."""

    lines: int = MAX_RECORDS
    line_bytes: int = MAX_FILE_BYTES


ALONE = Bounds()
"""Bounds where nobody else waits for what reads the file."""


class NotReadable(Exception):  # noqa: N818
    """A whole file that cannot be read; the message says what was found and how to save it right."""


class Fault(NamedTuple):
    """Why a record cannot be read: the column's position, what was found, what was wanted."""

    column: int
    found: str
    wanted: str
    has_moved: bool  # the record's cells may stand under other columns than their own


class RawRecord(NamedTuple):
    """One record. `row` 1 is the first under the header; `cells` of a faulty record are a best guess."""

    row: int
    cells: list[str]
    source: str  # the record's own lines, without the last line end
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's header and its records, which can be gone through again and again."""

    header: tuple[str, ...]
    lines: tuple[str, ...]
    first: int  # index in `lines` of the first line under the header
    is_clean: bool  # no NUL and no byte that is not UTF-8 anywhere

    def records(self) -> Iterator[RawRecord]:
        """Each record in turn; empty lines are passed over and not counted."""
        width = len(self.header)
        at, row, total = self.first, 0, len(self.lines)
        while at < total:
            line = self.lines[at]
            if not line:
                at += 1
                continue
            if '"' not in line:
                row += 1
                at += 1
                yield self._checked(RawRecord(row, line.split(","), line, None), width=width)
                continue
            for cells, source, fault in _quoted(self.lines, at=at, width=width):
                row += 1
                at += source.count("\n") + 1
                yield self._checked(RawRecord(row, cells, source, fault), width=width)

    def _checked(self, record: RawRecord, *, width: int) -> RawRecord:
        if record.fault is not None:
            return record
        cells = record.cells
        if len(cells) != width:
            return record._replace(fault=_width_fault(cells, width=width))
        if self.is_clean and len(record.source) <= MAX_CELL_CHARACTERS:
            return record
        return record._replace(fault=_content_fault(cells))


def read_bytes(path: Path, *, within: Path | None = None) -> bytes:
    """A file's bytes. Raises NotReadable if it is too large, is no plain file or may not be read.

    `within`: the folder that came with it, out of which no link in its place may lead.
    """
    try:
        if not path.is_file():
            raise NotReadable("this is not a plain file")
        if within is not None and not path.resolve().is_relative_to(within.resolve()):
            raise NotReadable("a link leads out of the folder; put a copy of the file in its place")
        with path.open("rb") as stream:
            found = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise NotReadable(f"it cannot be opened ({error.strerror or 'no reason given'})") from error
    if len(found) > MAX_FILE_BYTES:
        raise NotReadable(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB; split or shorten it")
    return found


def read_sheet(content: bytes, *, bounds: Bounds = ALONE) -> Sheet:
    """The header and records of a CSV file. Raises NotReadable, in words that follow the file's name.

    >>> [record.cells for record in read_sheet(b"a,b\\n1,2\\n").records()]
    [['1', '2']]
    """
    check_shape(content, bounds=bounds)
    text = _decoded(content)
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    del text
    start = next((index for index, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise NotReadable("it is empty: not even the header row is there")
    cells, source, fault = next(_quoted(lines, at=start, width=None))
    if fault is not None:
        raise NotReadable(f"its header row has an unbalanced quote: {shown(source)}")
    if len(cells) > MAX_COLUMNS:
        raise NotReadable(f"its header row has {len(cells):,} columns; {MAX_COLUMNS:,} is the most")
    is_clean = not any("\x00" in line or is_undecoded(line) for line in lines)
    return Sheet(tuple(cell.strip() for cell in cells), lines, start + source.count("\n") + 1, is_clean)


def check_shape(content: bytes, *, bounds: Bounds = ALONE) -> None:
    """Whether bytes may be lines of a table, before anything is decoded. Raises NotReadable."""
    end = b"\n" if b"\n" in content else b"\r"
    if content.count(end) > bounds.lines:
        raise NotReadable(f"it has more than {bounds.lines:,} lines; split it")
    at, line = 0, 1
    while len(content) - at > bounds.line_bytes:
        found = content.find(end, at, at + bounds.line_bytes + 1)
        if found < 0:
            wanted = f"at most {bounds.line_bytes:,} bytes are wanted"
            raise NotReadable(f"its line {line:,} has no end: {wanted}")
        at, line = found + 1, line + 1


def other_separator(header: tuple[str, ...]) -> str | None:
    """The separator that a header seems to use instead of commas, in words; None if it looks right.

    >>> other_separator(("child_id;sex",))
    'semicolons'
    """
    if len(header) > 2:
        return None
    found = ((", ".join(header)).count(mark) for mark in _SEPARATORS)
    most, mark = max(zip(found, _SEPARATORS, strict=True))
    return _SEPARATORS[mark] if most else None


def _decoded(content: bytes) -> str:
    for start, kind in _NOT_TEXT:
        if content.startswith(start):
            raise NotReadable(f"it is {kind}, not UTF-8 text; {SAVE_AS}")
    head = content[:4096]
    if head.count(0) > len(head) // 5:
        raise NotReadable(f"it is UTF-16 text or not text at all; {SAVE_AS}")
    # Bytes that are not UTF-8 are kept as marks, so that only the records that hold them are refused.
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="surrogateescape")


def _parsed(text: str) -> list[str] | None:
    """The cells of one record, or None if its quoting is broken."""
    try:
        found = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


_Span = tuple[list[str], str, Fault | None]


def _quoted(lines: tuple[str, ...], *, at: int, width: int | None) -> Iterator[_Span]:
    """The record that starts at a line with quotes - or, where it cannot be told apart, each line of it.

    A cell may run over lines. If the quotes never close, or close in a way that RFC 4180 does not allow,
    the line alone is refused and the next line starts afresh, so that one stray quote swallows nothing.
    """
    line = lines[at]
    cells = _parsed(line)
    if cells is not None:
        yield cells, line, None
        return
    # An even number of quotes cannot leave a cell open, unless some of them are literal: that is refused.
    end = _closing_line(lines, at=at) if line.count('"') % 2 else None
    whole = "\n".join(lines[at : end + 1]) if end is not None else line
    cells = _parsed(whole) if end is not None and len(whole) <= MAX_CELL_CHARACTERS * 10 else None
    if end is None or cells is None:
        yield _broken(line, width=width)
        return
    inner = lines[at + 1 : end]
    if width is None or not any(_looks_whole(each, width=width) for each in inner):
        yield cells, whole, None
        return
    # A quoted cell that holds what looks like whole records: either two stray quotes, or text made to
    # pass for rows. Nothing in it is believed.
    for each in lines[at : end + 1]:
        yield _broken(each, width=width)


def _closing_line(lines: tuple[str, ...], *, at: int) -> int | None:
    last = min(len(lines), at + MAX_RECORD_LINES)
    return next((index for index in range(at + 1, last) if lines[index].count('"') % 2), None)


def _looks_whole(line: str, *, width: int) -> bool:
    if width == 1:
        return False
    cells = _parsed(line) if '"' in line else line.split(",")
    return cells is not None and len(cells) == width


def _broken(line: str, *, width: int | None) -> _Span:
    pieces = line.split(",")
    column = next((index for index, piece in enumerate(pieces) if '"' in piece), 0)
    wanted = "quotes in pairs around a cell, doubled inside it"
    if len(line) > csv.field_size_limit():
        wanted = f"at most {MAX_CELL_CHARACTERS:,} characters in a cell"
    fault = Fault(min(column, width - 1) if width else 0, pieces[column], wanted, True)
    return [piece.strip('"') for piece in pieces], line, fault


def _width_fault(cells: list[str], *, width: int) -> Fault:
    # The cells themselves are not shown: they may have moved, and a country must reach no output.
    wanted = f"{width} cells, as in the header; a cell with a comma needs quotes around it"
    return Fault(min(len(cells), width - 1), f"{len(cells)} cells", wanted, True)


def _content_fault(cells: list[str]) -> Fault | None:
    for column, cell in enumerate(cells):
        if len(cell) > MAX_CELL_CHARACTERS:
            return Fault(column, cell, f"at most {MAX_CELL_CHARACTERS:,} characters", False)
        if "\x00" in cell:
            return Fault(column, cell, "text without NUL characters", False)
        if is_undecoded(cell):
            wanted = f"UTF-8 text; this looks like Windows-1252 or Latin-1: {SAVE_AS}"
            return Fault(column, cell, wanted, False)
    return None
