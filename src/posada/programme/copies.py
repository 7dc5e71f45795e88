"""Copies of the files that were read, for OUT/input - without the country of any child.

Comes in: the folder. Goes out: name -> bytes. Every file is copied byte for byte, but the country column of
children.csv is emptied, so that nationality and place never meet in a file that leaves. Row numbers, and
which rows are refused and why, stay the same.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_copies.py.
"""

import csv
import io
from pathlib import Path

from posada.programme.codes import countries
from posada.programme.folder import folder_mapping, input_files
from posada.programme.mapping import MAPPING_FILE, TableMapping
from posada.programme.read import RawRecord, read_bytes, read_sheet
from posada.programme.tables import CHILDREN, Kind

_COUNTRY = next(column for column in CHILDREN.columns if column.kind is Kind.COUNTRY)
_FILLER = "?"
"""Stands for each character of a country that is no code, so that its row is refused in the copy too."""


def input_copies(folder: Path, *, mapping: Path | None = None) -> dict[str, bytes]:
    """The files to keep beside a plan, by name. Raises FolderUnreadable, NotReadable."""
    spelled = folder_mapping(folder, mapping=mapping).of(CHILDREN)
    copies = {}
    for path in input_files(folder, mapping=mapping):
        content = read_bytes(path, within=None if path == mapping else folder)
        if path.name == spelled.file and path != mapping:
            content = without_countries(content, mapping=spelled)
        copies[MAPPING_FILE if path == mapping else path.name] = content
    return copies


def without_countries(content: bytes, *, mapping: TableMapping) -> bytes:
    """The bytes of children.csv with every country emptied. Raises NotReadable.

    >>> without_countries(b"child_id,country\\nc1,HND\\n", mapping=TableMapping("children.csv"))
    b'child_id,country\\nc1,\\n'
    """
    sheet = read_sheet(content)
    if mapping.foreign(_COUNTRY.name) not in sheet.header:
        return content
    place = sheet.header.index(mapping.foreign(_COUNTRY.name))
    lines = list(sheet.lines[: sheet.first])
    lines += [_emptied(record, place=place, mapping=mapping) for record in sheet.records()]
    return ("\n".join(lines) + "\n").encode("utf-8", errors="surrogateescape")


def _emptied(record: RawRecord, *, place: int, mapping: TableMapping) -> str:
    """The record's source without its country, and as whole or as broken as it was."""
    if record.fault is not None and record.fault.has_moved:
        # The country may stand in another cell; the commas, quotes and lengths that broke the record stay.
        pieces = record.source.split(",")
        return ",".join(
            _filled(piece) if index == place or piece.strip('" \n') in countries() else piece
            for index, piece in enumerate(pieces)
        )
    cells = record.cells
    if not cells[place].strip():
        return record.source
    is_code = mapping.translated(_COUNTRY, cells[place]) in countries()
    return _line([*cells[:place], "" if is_code else _filled(cells[place]), *cells[place + 1 :]])


def _filled(text: str) -> str:
    return "".join(_FILLER if each.isprintable() and each != '"' else each for each in text)


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
