"""SQLite's tables exactly as they are stored, and back: every value in its own kind and text, every row in its place.

Comes in: a database of SQLite. Goes out: its schema, and each row as a line of JSON with its rowid; in the other
direction a database in which every `SELECT *` gives the same, indexes of a full-text search and counters too. Nothing
passes through Django's fields, which would write the same value in another way.
Source: https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key (rowids).
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_stored_rows.py.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from posada.web.operating.rows import Tally

LAST = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""SQLite's own tables: filled when all others are, because filling those changes these."""
BYTES = "bytes"
ROWS_AT_ONCE = 2_000
Schema = dict[str, Any]
"""`objects`: [kind, name, SQL] as they were made; `tables`: name → [its columns, whether its rows have numbers of
their own that no column holds]."""


def schema_of(database: BaseDatabaseWrapper) -> Schema:
    """What there is, in the order in which it was made. JSON can hold it."""
    made = _raw(database).execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
    tables = [(name, sql) for kind, name, sql in made if kind == "table" and not _is_virtual(sql)]
    tables.sort(key=lambda each: LAST.index(each[0]) if each[0] in LAST else -1)
    return {
        "objects": [[kind, name, sql] for kind, name, sql in made if sql and name not in LAST],
        "tables": {name: _shape(database, name, sql) for name, sql in tables},
    }


def stored_lines(database: BaseDatabaseWrapper, table: str, shape: list[Any]) -> Iterator[bytes]:
    """One line for each row, in the order of the rows' numbers. Raises sqlite3.Error."""
    columns, is_numbered = shape
    # A plus before a column changes nothing, and keeps Python from making dates of what is stored as text.
    asked = [*(["rowid"] if is_numbered else []), *(f"+{_quoted(name)}" for name in columns)]
    order = "" if is_numbered is None else " ORDER BY rowid"
    for row in _raw(database).execute(f"SELECT {', '.join(asked)} FROM {_quoted(table)}{order}"):  # noqa: S608
        yield json.dumps(row, default=_spelled, ensure_ascii=False, separators=(",", ":")).encode()


def make_tables(database: BaseDatabaseWrapper, schema: Schema) -> None:
    """Take away whatever tables there are, and make those of the schema, empty; indexes come with `finish`.

    The caller's transaction holds all of it, with foreign keys off.
    """
    raw = _raw(database)
    there = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, _ in sorted(
        there, key=lambda each: not _is_virtual(each[1])
    ):  # a virtual one takes others along
        if not name.startswith("sqlite_"):
            raw.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")
    tables = [(name, sql) for kind, name, sql in schema["objects"] if kind == "table"]
    for name, sql in tables:  # those that a virtual one brings along come behind it
        if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone():
            raw.execute(sql)
    if any(name in LAST[:2] for name in schema["tables"]):
        raw.execute("ANALYZE sqlite_schema")
    for name in schema["tables"]:
        raw.execute(f"DELETE FROM {_quoted(name)}")  # noqa: S608  what making a table has put into it


def write_stored(
    database: BaseDatabaseWrapper, table: str, shape: list[Any], blocks: Iterable[bytes]
) -> None:
    """Write the rows of one table as they were stored."""
    columns, is_numbered = shape
    named = ", ".join([*(["rowid"] if is_numbered else []), *map(_quoted, columns)])
    places = ", ".join("?" for _ in range(len(columns) + bool(is_numbered)))
    raw = _raw(database)
    if table == LAST[-1]:
        raw.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608
    statement = f"INSERT INTO {_quoted(table)} ({named}) VALUES ({places})"  # noqa: S608
    for block in blocks:
        raw.executemany(statement, (_read(line) for line in block.split(b"\n")))


def finish(database: BaseDatabaseWrapper, schema: Schema) -> None:
    """Make what stands on the tables, when they are full: indexes, triggers, views."""
    for kind, _, sql in schema["objects"]:
        if kind != "table":
            _raw(database).execute(sql)


def stored_tallies(database: BaseDatabaseWrapper) -> dict[str, list[Any]]:
    """Table → [count, digest] of every table as it stands now."""
    found = {}
    for table, shape in schema_of(database)["tables"].items():
        tally = Tally()
        for line in stored_lines(database, table, shape):
            tally.add(line)
        found[table] = tally.told
    return found


def _raw(database: BaseDatabaseWrapper) -> Any:
    database.ensure_connection()
    return database.connection


def _is_virtual(sql: str | None) -> bool:
    return bool(sql) and bool(re.match(r"\s*CREATE\s+VIRTUAL", str(sql), re.IGNORECASE))


def _shape(database: BaseDatabaseWrapper, table: str, sql: str) -> list[Any]:
    """Its columns; and True: rows have numbers beside them, False: a column is the number, None: they have none."""
    found = _raw(database).execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
    columns = [name for _, name, _, _, _, _, hidden in found if not hidden]
    if re.search(r"\)\s*WITHOUT\s+ROWID\s*$", sql, re.IGNORECASE):
        return [columns, None]
    keys = [kind.upper() for _, _, kind, _, _, is_key, _ in found if is_key]
    return [columns, keys != ["INTEGER"]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _spelled(value: Any) -> dict[str, str]:
    if isinstance(value, bytes):
        return {BYTES: b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def _read(line: bytes) -> list[Any]:
    return [b64decode(each[BYTES]) if isinstance(each, dict) else each for each in json.loads(line)]
