"""What is kept but worth a look: homes that fit nobody, lapsed licenses, files that no table knows.

Comes in: the readings. Goes out: warnings added to them. Nothing here refuses a row.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_notices.py.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from posada.programme.cells import ADULT_AGE
from posada.programme.mapping import MAPPING_FILE
from posada.programme.printable import shown
from posada.programme.tables import HOMES, OPENINGS, PLACEMENTS, SEALED_FILES, Table
from posada.programme.validate import Reading
from posada.records import Home, Opening, Placement, Warn
from posada.records.people import age_on


def warn_of_rows(readings: dict[str, Reading], *, plan_date: date) -> None:
    """Add the warnings about single rows of homes.csv, placements.csv and openings.csv."""
    homes = readings[HOMES.file]
    for row, record in homes.good:
        if isinstance(record, Home):
            for column, message in home_notices(record, plan_date=plan_date):
                homes.warn(row, column, message)
    for table, start, end in ((PLACEMENTS, "from_date", "to_date"), (OPENINGS, "opens_on", "closes_on")):
        for row, record in readings[table.file].good:
            if isinstance(record, Placement | Opening):
                ends = getattr(record, end)
                if ends is not None and ends < getattr(record, start):
                    readings[table.file].warn(row, end, f"{end} lies before {start}")


def home_notices(home: Home, *, plan_date: date) -> Iterator[tuple[str, str]]:
    """Column and message for everything about a home that is worth a look."""
    if home.age_min is not None and home.age_max is not None and home.age_min > home.age_max:
        yield "age_min", "age_min is above age_max: this home fits nobody"
    beds = home.beds_girls + home.beds_boys + home.beds_any
    if beds != home.licensed_capacity:
        yield "licensed_capacity", f"{beds} beds, but a licensed capacity of {home.licensed_capacity}"
    grown = sum(age_on(born, plan_date) >= ADULT_AGE for born in home.own_children_birth_dates)
    if grown:
        yield "own_children_birth_dates", f"own children of {ADULT_AGE} or more are not counted: {grown}"
    if home.kind != "kin" and home.license_to is not None and home.license_to < plan_date:
        yield "license_to", f"the license lapsed on {home.license_to}"


def warn_of_files(folder: Path, *, readings: dict[str, Reading]) -> tuple[Warn, ...]:
    """CSV files in the folder that no table knows: perhaps a misspelled name, so that nothing was read."""
    known = {reading.mapping.file for reading in readings.values()} | {MAPPING_FILE, *SEALED_FILES}
    found = sorted(path.name for path in folder.iterdir() if path.suffix.lower() == ".csv")
    return tuple(
        Warn(shown(name), 0, "", "no table has this name: the file was not read")
        for name in found
        if name not in known
    )


def missing_table(table: Table) -> str:
    """The message for a required file that is not there."""
    return f"{table.file}: this file is missing"
