"""Files that somebody brought, as rows to take and rows refused: the same reader as `posada check`.

Comes in: name → bytes of a program folder or a part of one. Goes out: `Brought`. A row may name what stands in the
office already, so that tonight's children come without a file of homes. Nothing is written.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_reading.py.
"""

import tempfile
from collections.abc import Mapping as Files
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from posada.office.intake.office_rules import refuse_by_office, refuse_sealed
from posada.office.intake.sealed_tables import NOT_SHOWN, SEALED_TABLES
from posada.office.intake.standing_ids import StandingIds
from posada.office.refusals import Refusal
from posada.programme.errors import FolderUnreadable
from posada.programme.holds import holds
from posada.programme.mapping import MAPPING_FILE, Mapping, TableMapping, read_mapping
from posada.programme.notices import warn_of_rows
from posada.programme.read import ALONE, Bounds, NotReadable, read_sheet
from posada.programme.references import refuse_unknown
from posada.programme.settings import Settings, read_settings
from posada.programme.tables import CHILDREN, COUNSEL, COURTS, HOMES, SETTINGS_FILE, TABLES, Table
from posada.programme.validate import Reading, validate
from posada.records import Child, Counsel, Court, Home, Rejection, Warn

ALL_TABLES: dict[str, Table] = {**TABLES, **SEALED_TABLES}
PROTECTIVE = ("children.csv", "separations.csv", "placements.csv", "overrides.csv")
"""Files whose refused rows hold groups back or close homes."""
WAITED_FOR = Bounds(lines=100_000, line_bytes=5_000_000)
"""What a worker reads while others wait for it; the largest table of the national program has 60,000 lines. A program
folder that is loaded on the server itself may have more."""


class FilesUnreadable(Refusal):
    """A file cannot be read at all. `lines`: one for each fault; `rejections`: rows refused so far."""

    code = "files_unreadable"

    def __init__(self, lines: tuple[str, ...], *, rejections: tuple[Rejection, ...] = ()) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines
        self.rejections = rejections


@dataclass(frozen=True, slots=True)
class Brought:
    """What the files say. `readings`: by file; `columns`: file → those it has; `held`: group → reason;
    `closed`: homes that take nobody new."""

    readings: dict[str, Reading]
    settings: Settings | None
    on: date
    warnings: tuple[Warn, ...] = ()
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()

    @property
    def accepted(self) -> dict[str, int]:
        """File → rows to take, of the files that were brought."""
        return {
            reading.mapping.file: len(reading.good)
            for reading in self.readings.values()
            if reading.is_present
        }

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """Every bad cell; of names and addresses only where it stands, never what."""
        found: list[Rejection] = []
        for file, reading in self.readings.items():
            rows = reading.rejections()
            if file in SEALED_TABLES:
                rows = [
                    Rejection(each.file, each.row, each.field, NOT_SHOWN, each.wanted)
                    if each.found and not each.field.endswith("_id")
                    else each
                    for each in rows
                ]
            found += rows
        return tuple(sorted(found))

    @property
    def notices(self) -> tuple[Warn, ...]:
        """What is kept but worth a look."""
        noticed = [each for reading in self.readings.values() for each in reading.warnings]
        return tuple(sorted([*self.warnings, *noticed]))


def read_brought(
    files: Files[str, bytes],
    *,
    on: date,
    standing: StandingIds | None = None,
    bounds: Bounds = ALONE,
) -> Brought:
    """Read the files. `on`: the office's day, for files that bring no plan date of their own.

    `standing`: what rows may name beside what is brought; everything in the office if None. `bounds`: of each
    file, and its lines of the refused rows of all of them.
    Raises FilesUnreadable where a file cannot be read at all; one bad row never does that.
    """
    settings, mapping, warnings = _described(files)
    day = settings.plan_date if settings else on
    readings, columns = _read_all(files, mapping=mapping, day=day, bounds=bounds)
    warn_of_rows(readings, plan_date=day)
    standing = StandingIds.of_office(readings.values()) if standing is None else standing
    refuse_by_office(readings, standing=standing)
    added = _with_standing(readings, standing=standing)
    try:
        refuse_unknown(readings)
        refuse_sealed(readings)
        held, closed = holds(readings)
    finally:
        for file in added:
            readings[file].good = [pair for pair in readings[file].good if pair[0] > 0]
    known = {mapping.of(table).file for table in ALL_TABLES.values()} | {SETTINGS_FILE, MAPPING_FILE}
    unknown = tuple(
        Warn(name[:80], 0, "", "no table has this name: the file was not read")
        for name in sorted(set(files) - known)
        if name.lower().endswith(".csv")
    )
    return Brought(readings, settings, day, (*warnings, *unknown), columns, held, closed)


def _described(files: Files[str, bytes]) -> tuple[Settings | None, Mapping, tuple[Warn, ...]]:
    """Settings and mapping. Their readers take paths: the copies name no person and are gone when read."""
    with tempfile.TemporaryDirectory(prefix="posada-") as name:
        folder = Path(name)
        for each in (SETTINGS_FILE, MAPPING_FILE):
            if each in files:
                (folder / each).write_bytes(files[each])
        try:
            mapping = read_mapping(folder / MAPPING_FILE) if MAPPING_FILE in files else Mapping()
            settings, warnings = read_settings(folder) if SETTINGS_FILE in files else (None, ())
        except FolderUnreadable as error:
            raise FilesUnreadable(error.messages) from error
    if settings is not None and settings.rule_changes:
        told = Warn(SETTINGS_FILE, 0, "rule_changes", "changes of rules are read by plans of folders only")
        warnings = (*warnings, told)
    return settings, mapping, warnings


def _read_all(
    files: Files[str, bytes], *, mapping: Mapping, day: date, bounds: Bounds
) -> tuple[dict[str, Reading], dict[str, frozenset[str]]]:
    readings: dict[str, Reading] = {}
    columns: dict[str, frozenset[str]] = {}
    lines: list[str] = []
    refused_rows = 0
    for table in ALL_TABLES.values():
        spelled = mapping.of(table) if table.file in TABLES else TableMapping(table.file)
        readings[table.file] = Reading(table, spelled)
        if spelled.file not in files:
            continue
        try:
            sheet = read_sheet(files[spelled.file], bounds=bounds)
            readings[table.file] = validate(sheet, table=table, mapping=spelled, plan_date=day)
            columns[table.file] = frozenset(n for n in table.names if spelled.foreign(n) in sheet.header)
            refused_rows += len(readings[table.file].bad)
            if refused_rows > bounds.lines:
                raise NotReadable(
                    f"more than {bounds.lines:,} rows cannot be read, counted with the files before it"
                )
        except NotReadable as error:
            lines.append(f"{spelled.file}: {error}.")
    if lines:
        refused = sorted(each for reading in readings.values() for each in reading.rejections())
        kept = tuple(each for each in refused if each.file not in SEALED_TABLES)
        raise FilesUnreadable(tuple(lines), rejections=kept)
    return readings, columns


def _with_standing(readings: dict[str, Reading], *, standing: StandingIds) -> tuple[str, ...]:
    """Stand-ins (row 0) for what the office has, so that rows may refer to it; the caller takes them out."""
    day = date(2000, 1, 1)
    here: dict[str, list[Any]] = {
        CHILDREN.file: [Child(child, group, day, "X") for child, group in standing.children.items()],
        HOMES.file: [Home(home, "foster", "", 0, None, None, None, 0, 0, 0) for home in standing.homes],
        COUNSEL.file: [Counsel(each, (), 0) for each in standing.counsel],
        COURTS.file: [Court(each) for each in standing.courts],
    }
    for file, records in here.items():
        readings[file].good = [*readings[file].good, *((0, record) for record in records)]
    return tuple(here)
