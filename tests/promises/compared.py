"""Two places compared as a stranger would: every `SELECT *` of every table, and the digest of every file.

Nothing of Posada is used here: sqlite3, psycopg and hashlib alone. `postgresql_rows` gives PostgreSQL's values as
SQLite stores them, so that one can be held against the other.
"""

import hashlib
import json
import sqlite3
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

Tables = dict[str, list[str]]
OF_SQLITE_ALONE = ("sqlite_", "wagtailsearch_")


def sqlite_tables(file: Path) -> Tables:
    """Table → each of its rows, its number too where it has one, in their order."""
    found = {}
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as opened:
        for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            try:
                rows = opened.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid').fetchall()
            except sqlite3.OperationalError:  # a table whose rows have no numbers
                rows = opened.execute(f'SELECT * FROM "{table}"').fetchall()
            found[table] = [repr(row) for row in rows]
        made = opened.execute(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, rowid"
        ).fetchall()
    opened.close()
    return {**found, "the schema itself": [repr(row) for row in made]}


def files(folder: Path) -> dict[str, str]:
    """Name → digest of each file, but the databases'."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".sqlite3" not in path.name
    }


def differing(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """What is not the same in both."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def plain_rows(file: Path, like: dict[str, dict[str, str]]) -> Tables:
    """SQLite's rows in an order of their own; `like`: table → column → PostgreSQL's kind of it."""
    found = {}
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as opened:
        for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table.startswith(OF_SQLITE_ALONE):
                continue
            kinds = like.get(table, {})
            columns = ", ".join(f'"{name}"' for name in sorted(kinds)) or "*"
            rows = opened.execute(f'SELECT {columns} FROM "{table}"').fetchall()
            shown = [
                [_of_sqlite(v, kinds[n]) for n, v in zip(sorted(kinds), row, strict=True)] for row in rows
            ]
            found[table] = sorted(map(repr, shown))
    opened.close()
    return found


def postgresql_rows(url: str) -> tuple[Tables, dict[str, dict[str, str]], dict[str, Any]]:
    """PostgreSQL's rows as SQLite stores them; table → column → kind; and counter → its last number."""
    import psycopg

    found: Tables = {}
    with psycopg.connect(url) as opened:
        asked = (
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
        kinds: dict[str, dict[str, str]] = {}
        for table, column, kind in opened.execute(asked).fetchall():
            if not table.startswith(OF_SQLITE_ALONE):
                kinds.setdefault(table, {})[column] = kind
        for table, columns in kinds.items():
            named = ", ".join(f'"{name}"' for name in sorted(columns))
            rows = opened.execute(f'SELECT {named} FROM "{table}"'.encode()).fetchall()
            found[table] = sorted(repr([_of_postgresql(value) for value in row]) for row in rows)
        counters = dict(opened.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall())
    return found, kinds, counters


def _of_postgresql(value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case UUID():
            return value.hex
        case datetime():
            return value.timestamp()
        case timedelta():
            return round(value.total_seconds() * 1e6)
        case date() | time():
            return value.isoformat()
        case Decimal():
            return float(value)
        case dict() | list():
            return json.dumps(value, sort_keys=True)
        case memoryview():
            return bytes(value)
    return value if not hasattr(value, "compressed") else str(value)


def _of_sqlite(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "timestamp with time zone":
        return datetime.fromisoformat(value + "+00:00").timestamp()
    if kind == "jsonb":
        read = json.loads(value)
        return json.dumps(read, sort_keys=True) if isinstance(read, dict | list) else _of_postgresql(read)
    if kind == "numeric":
        return float(value)
    return value
