"""Records back to text: the one spelling of each row, which sorting, the digest and writing share.

Comes in: records. Goes out: rows of cells in the order of the table's columns.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_canonical.py.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from operator import attrgetter

from posada.programme.tables import CHILDREN, COUNSEL, COURTS, HOMES, TABLES, Row, Table
from posada.records import Program

_BY_KEY = {
    CHILDREN.file: attrgetter("sibling_group_id", "child_id"),
    HOMES.file: attrgetter("home_id"),
    COUNSEL.file: attrgetter("counsel_id"),
    COURTS.file: attrgetter("court_code"),
}
_ATTRIBUTES = {
    "children.csv": "children",
    "homes.csv": "homes",
    "kin.csv": "kin",
    "counsel.csv": "counsel",
    "courts.csv": "courts",
    "court_counties.csv": "court_counties",
    "hearings.csv": "hearings",
    "separations.csv": "separations",
    "placements.csv": "placements",
    "openings.csv": "openings",
    "overrides.csv": "overrides",
}
UNREAD_BY_PLANS = frozenset({"country"})
"""Columns left out of the digest: no plan reads them, and no output may let anyone work them out."""


def rows_of(program: Program, table: Table) -> Sequence[Row]:
    """The accepted rows of one table of a program."""
    found: Sequence[Row] = getattr(program, _ATTRIBUTES[table.file])
    return found


def texts(row: Row, *, names: Sequence[str]) -> list[str]:
    """The cells of one record, as they are written to a file.

    >>> from posada.records import CourtCounty
    >>> texts(CourtCounty("24510", "BAL"), names=("court_code", "county_fips"))
    ['BAL', '24510']
    """
    return _cells(attrgetter(*names)(row), count=len(names))


def in_order(rows: Iterable[Row], *, table: Table) -> list[Row]:
    """Rows sorted by id - children by group, then id - or, where a table has none, by all their cells."""
    key = _BY_KEY.get(table.file)
    if key is not None:
        return sorted(rows, key=key)
    read, count = attrgetter(*table.names), len(table.names)
    return sorted(rows, key=lambda row: _cells(read(row), count=count))


def digest(program: Program) -> str:
    """SHA-256 over programme.toml's values and every accepted row, sorted, as hexadecimal text.

    Neither the order of rows or columns nor an unknown column changes it, nor does a country.
    """
    settings = [program.plan_date.isoformat(), program.name, program.state, program.policy, program.seed]
    changes = [[each.rule, each.value, each.from_date.isoformat()] for each in program.rule_changes]
    found = hashlib.sha256(json.dumps(settings + ([changes] if changes else [])).encode("ascii"))
    for table in TABLES.values():
        read = attrgetter(*(name for name in table.names if name not in UNREAD_BY_PLANS))
        rows = [table.file, [read(row) for row in rows_of(program, table)]]
        found.update(json.dumps(rows, default=str).encode("ascii"))  # only dates are unknown to JSON
    return found.hexdigest()


def _cells(values: tuple[object, ...] | object, *, count: int) -> list[str]:
    # attrgetter gives a bare value where only one name is asked for.
    each = values if count > 1 and isinstance(values, tuple) else (values,)
    return [value if isinstance(value, str) else _text(value) for value in each]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return str(value)
