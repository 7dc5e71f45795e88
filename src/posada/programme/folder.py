"""Read a program folder: every good row kept, every bad one named, nothing assumed.

Comes in: a folder as docs/reference/program-folder.md describes it, and perhaps a mapping file.
Goes out: `Program`. Nothing is written. people.csv and contacts.csv are never opened.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_folder.py.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from posada.programme.canonical import digest, in_order
from posada.programme.errors import FolderUnreadable
from posada.programme.holds import HoldingRow, holds
from posada.programme.holds import rows_that_hold as holding_rows
from posada.programme.mapping import MAPPING_FILE, Mapping, read_mapping
from posada.programme.notices import missing_table, warn_of_files, warn_of_rows
from posada.programme.read import NotReadable, read_bytes, read_sheet
from posada.programme.references import refuse_unknown
from posada.programme.settings import Settings, read_settings
from posada.programme.tables import (
    CHILDREN,
    COUNSEL,
    COURT_COUNTIES,
    COURTS,
    HEARINGS,
    HOMES,
    KIN,
    OPENINGS,
    OVERRIDES,
    PLACEMENTS,
    SEPARATIONS,
    SETTINGS_FILE,
    TABLES,
    Table,
)
from posada.programme.validate import Reading, validate
from posada.records import (
    Child,
    Counsel,
    Court,
    CourtCounty,
    Hearing,
    Home,
    KinLink,
    Opening,
    Override,
    Placement,
    Program,
    Rejection,
    Separation,
    Warn,
)

_Record = TypeVar(
    "_Record",
    Child,
    Counsel,
    Court,
    CourtCounty,
    Hearing,
    Home,
    KinLink,
    Opening,
    Override,
    Placement,
    Separation,
)


def read_program(folder: Path, *, mapping: Path | None = None) -> Program:
    """Read a program folder. Rows that are refused, and why, stand in the result.

    `mapping`: a mapping file; without it, `mapping.toml` in the folder is used if it is there.
    Raises FolderUnreadable where nothing can be planned: a required file or column is missing, a file cannot
    be read, the plan date is bad, or no valid child or home is left.
    """
    if not folder.is_dir():
        raise FolderUnreadable((f"{folder}: there is no such folder.",))
    settings, warnings = read_settings(folder)
    spelled = _mapping(folder, mapping=mapping)
    readings = _read_all(folder, mapping=spelled, settings=settings)
    refuse_unknown(readings)
    warn_of_rows(readings, plan_date=settings.plan_date)
    rejections = _rejections(readings.values())
    empty = [table for table in (CHILDREN, HOMES) if not readings[table.file].good]
    if empty:
        lines = (
            f"{spelled.of(table).file}: no valid row is left: nothing can be planned." for table in empty
        )
        raise FolderUnreadable(tuple(lines), rejections=rejections)
    warnings += warn_of_files(folder, readings=readings)
    return _program(settings, readings=readings, rejections=rejections, warnings=warnings)


def rows_that_hold(folder: Path, *, group: str) -> list[HoldingRow]:
    """The refused rows of a folder that hold a group back. Raises FolderUnreadable."""
    settings, _ = read_settings(folder)
    readings = _read_all(folder, mapping=_mapping(folder, mapping=None), settings=settings)
    refuse_unknown(readings)
    return holding_rows(readings, group=group)


def input_files(folder: Path, *, mapping: Path | None = None) -> list[Path]:
    """The files that `read_program` reads, in order; never people.csv or contacts.csv.

    Raises FolderUnreadable if the mapping file cannot be read.
    """
    spelled = _mapping(folder, mapping=mapping)
    names = [SETTINGS_FILE, *(spelled.of(table).file for table in TABLES.values())]
    found = [folder / name for name in names if os.path.lexists(folder / name)]
    own = folder / MAPPING_FILE
    if mapping is not None:
        return [*found, mapping]
    return [*found, own] if os.path.lexists(own) else found


def folder_mapping(folder: Path, *, mapping: Path | None = None) -> Mapping:
    """The mapping that `read_program` uses. Raises FolderUnreadable."""
    return _mapping(folder, mapping=mapping)


def _mapping(folder: Path, *, mapping: Path | None) -> Mapping:
    path = folder / MAPPING_FILE
    if mapping is not None:
        return read_mapping(mapping)
    return read_mapping(path, within=folder) if os.path.lexists(path) else Mapping()


def _read_all(folder: Path, *, mapping: Mapping, settings: Settings) -> dict[str, Reading]:
    """Each table's reading; an absent file reads as empty. Every unreadable file is named at once."""
    readings, messages = {}, []
    for table in TABLES.values():
        spelled = mapping.of(table)
        path = folder / spelled.file
        readings[table.file] = Reading(table, spelled)
        if not os.path.lexists(path):
            if table.must_exist:
                messages.append(f"{missing_table(table)}.")
            continue
        try:
            sheet = read_sheet(read_bytes(path, within=folder))
            readings[table.file] = validate(sheet, table=table, mapping=spelled, plan_date=settings.plan_date)
        except NotReadable as error:
            messages.append(f"{spelled.file}: {error}.")
    if messages:
        raise FolderUnreadable(tuple(messages), rejections=_rejections(readings.values()))
    return readings


def _rejections(readings: Iterable[Reading]) -> tuple[Rejection, ...]:
    return tuple(sorted(rejection for reading in readings for rejection in reading.rejections()))


def _sorted(readings: dict[str, Reading], table: Table, record: type[_Record]) -> tuple[_Record, ...]:
    rows = in_order((row for _, row in readings[table.file].good), table=table)
    return tuple(row for row in rows if isinstance(row, record))


def _program(
    settings: Settings,
    *,
    readings: dict[str, Reading],
    rejections: tuple[Rejection, ...],
    warnings: tuple[Warn, ...],
) -> Program:
    held_groups, closed_homes = holds(readings)
    noticed = [warning for reading in readings.values() for warning in reading.warnings]
    program = Program(
        plan_date=settings.plan_date,
        name=settings.name,
        state=settings.state,
        policy=settings.policy,
        seed=settings.seed,
        rule_changes=settings.rule_changes,
        children=_sorted(readings, CHILDREN, Child),
        homes=_sorted(readings, HOMES, Home),
        kin=_sorted(readings, KIN, KinLink),
        counsel=_sorted(readings, COUNSEL, Counsel),
        courts=_sorted(readings, COURTS, Court),
        court_counties=_sorted(readings, COURT_COUNTIES, CourtCounty),
        hearings=_sorted(readings, HEARINGS, Hearing),
        separations=_sorted(readings, SEPARATIONS, Separation),
        placements=_sorted(readings, PLACEMENTS, Placement),
        openings=_sorted(readings, OPENINGS, Opening),
        overrides=_sorted(readings, OVERRIDES, Override),
        rejections=rejections,
        warnings=tuple(sorted([*warnings, *noticed])),
        held_groups=held_groups,
        closed_homes=closed_homes,
    )
    return replace(program, input_sha256=digest(program))
