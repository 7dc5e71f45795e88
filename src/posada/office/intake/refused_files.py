"""The refused rows of an import as a file of the same shape, with a reason: to mend, and to load again.

Comes in: an import that is not over, and a file's name. Goes out: bytes of CSV, plain or for spreadsheets.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_refused_files.py.
"""

from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.intake import uploads
from posada.office.intake.models import Import
from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import ALL_TABLES, WAITED_FOR, read_brought
from posada.office.intake.sealed_tables import SEALED_TABLES
from posada.office.intake.spreadsheet_guard import for_spreadsheets
from posada.office.refusals import NotThere
from posada.programme.read import read_sheet
from posada.programme.tables import Column, Kind
from posada.programme.write import csv_bytes

REASON = "reason"


def refused_rows(found: Import, file: str, *, actor: Actor, for_excel: bool) -> bytes:
    """The refused rows. Names and addresses go back only to the person who brought them. Raises NotThere."""
    if found.sealed is None or (file in SEALED_TABLES and found.by_id != actor.user_id):
        raise NotThere
    files, _ = open_files(uploads.unsealed(found.sealed), choices=found.choices.get("opened", {}))
    brought = read_brought(files, on=today(), bounds=WAITED_FOR)
    reading = next((each for each in brought.readings.values() if each.mapping.file == file), None)
    if reading is None or file not in files:
        raise NotThere
    reasons = {
        bad.row: "; ".join(
            f"{reading.mapping.foreign(name)}: {wanted}" for name, (_, wanted) in bad.faults.items()
        )
        for bad in reading.bad
    }
    sheet = read_sheet(files[file])
    place = (
        sheet.header.index(REASON) if REASON in sheet.header and REASON not in reading.table.names else None
    )
    header = [name for at, name in enumerate(sheet.header) if at != place]
    rows = []
    for record in sheet.records():
        if record.row in reasons:
            cells = [cell for at, cell in enumerate(record.cells) if at != place]
            cells = (cells + [""] * len(header))[: len(header)]
            rows.append([*map(_clean, cells), reasons[record.row]])
    name = REASON if REASON not in header else "reason_refused"
    if not for_excel:
        return csv_bytes([*header, name], rows)
    kinds = {reading.mapping.foreign(each.name): each.kind for each in ALL_TABLES[reading.table.file].columns}
    columns = [Column(each, kinds.get(each, Kind.TEXT)) for each in (*header, name)]
    return for_spreadsheets(columns, rows)


def _clean(cell: str) -> str:
    return cell.encode("utf-8", errors="replace").decode("utf-8")
