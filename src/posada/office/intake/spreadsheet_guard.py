"""CSV that a spreadsheet opens without running or changing it, and the way back, cell for cell.

An apostrophe goes before a cell that a spreadsheet would take for a formula or, in a column of ids, for a number, and
after a separator within it. `without_guard` takes away exactly what `guarded` put there.
Docs: docs/how-to/export-a-program.md. Tests: tests/office/intake/test_spreadsheet_guard.py.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from posada.programme.read import NotReadable, read_sheet
from posada.programme.tables import Column, Kind, Table
from posada.reference.formula_signs import MARK, inert, not_inert

_AS_TEXT = frozenset({Kind.ID, Kind.COUNTY})


def guarded(cell: str, *, is_id: bool) -> str:
    """The cell as it is safe to open.

    >>> guarded("=1+1", is_id=False), guarded("06037", is_id=True), guarded("2014-05-01", is_id=False)
    ("'=1+1", "'06037", '2014-05-01')
    """
    return inert(cell, marked=is_id and not cell[:1].isalpha())


def unguarded(cell: str, *, is_id: bool) -> str:
    """What the cell was before `guarded`; a cell that it would not have made stays as it is."""
    if MARK not in cell:
        return cell
    bare = not_inert(cell)
    for found in (bare[1:], bare) if cell[0] == MARK else (bare,):
        if guarded(found, is_id=is_id) == cell:
            return found
    return cell


def for_spreadsheets(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file for a spreadsheet: byte-order mark, guarded cells, CRLF line ends. Dates stay ISO."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    ids = [column.kind in _AS_TEXT for column in columns]
    for row in rows:
        writer.writerow([guarded(cell, is_id=is_id) for cell, is_id in zip(row, ids, strict=True)])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def without_guard(content: bytes, *, table: Table) -> bytes:
    """A file of one table without guards; records that are damaged stay as they are."""
    try:
        sheet = read_sheet(content)
    except NotReadable:
        return content
    kinds = {column.name: column.kind for column in table.columns}
    ids = [kinds.get(name) in _AS_TEXT for name in sheet.header]
    lines = list(sheet.lines[: sheet.first])
    for record in sheet.records():
        if record.fault is not None or MARK not in record.source:
            lines.append(record.source)
            continue
        bare = [unguarded(cell, is_id=is_id) for cell, is_id in zip(record.cells, ids, strict=True)]
        lines.append(record.source if bare == record.cells else _line(bare))
    return ("\n".join(lines) + "\n").encode("utf-8", errors="surrogateescape")


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
