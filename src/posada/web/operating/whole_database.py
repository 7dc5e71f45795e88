"""One whole database in a backup: the office's or the newsroom's, on SQLite or on PostgreSQL, and back on either.

From SQLite every table goes as it is stored (stored_rows.py): brought back on SQLite it is the same to the byte of
each value; brought to PostgreSQL it is first brought back on SQLite beside it, and moved from there row by row. From
PostgreSQL rows go as values (rows.py), which both databases take. Everything that was brought back is compared.
Docs: docs/how-to/back-up-and-restore.md.
Tests: tests/web/operating/test_restore.py, tests/promises/test_12_a_backup_brings_back_the_same.py.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from posada.web.operating import rows, stored_rows
from posada.web.operating.entries import write_entry

DATABASE, ROWS = "database", "rows"
"""Names of entries: what the database is, and, before a table's name, its rows."""
SQLITE = "sqlite"
BESIDE = "moved"
"""Django's alias of a database of SQLite that is being moved to PostgreSQL."""
Manifest = dict[str, Any]


class NotTheSame(Exception):
    """What was brought back is not what was backed up."""


class OtherTables(Exception):
    """The backup's tables are not those of this version."""


def tell_shape(write: Callable[[bytes], None]) -> stored_rows.Schema:
    """Write the entry that says what the database is. It comes first of all."""
    schema = stored_rows.schema_of(connection) if connection.vendor == SQLITE else {}
    told = {"database": connection.vendor, "schema": schema}
    write_entry(write, DATABASE, [json.dumps(told).encode()])
    return schema


def tell_rows(
    write: Callable[[bytes], None], schema: stored_rows.Schema, *, tell: Callable[[str], None]
) -> Manifest:
    """Write every table as it is at one instant. Returns what a manifest says of it."""
    tables: dict[str, Any] = {}
    with rows.one_instant():
        for name, lines in _tables(schema):
            tell(f"Writing {name}")
            tally = rows.Tally()
            write_entry(write, f"{ROWS}/{name}", rows.blocks_of(lines, tally))
            tables[name] = tally.told
        return {"tables": tables, "migrations": _applied(), "counters": rows.counters()}


def _tables(schema: stored_rows.Schema) -> Iterator[tuple[str, Iterator[bytes]]]:
    if schema:
        for table, shape in schema["tables"].items():
            yield table, stored_rows.stored_lines(connection, table, shape)
        return
    for model in rows.kept_models():
        yield model._meta.label_lower, rows.lines_of(model)


def _applied() -> list[str]:
    """Which changes of tables the database has, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def must_be_of_this_version(migrations: Iterable[str]) -> None:
    """Raises OtherTables unless these changes of tables are the ones that the code knows."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if set(migrations) != {f"{app}.{name}" for app, name in known}:
        raise OtherTables


class Filling:
    """A database that is being filled: `take` each `ROWS` entry, then `compare` with the manifest."""

    def __init__(self, told: dict[str, Any], *, is_moved: bool) -> None:
        self.schema: stored_rows.Schema = told["schema"]
        self.is_moved = is_moved
        self.models = {model._meta.label_lower: model for model in rows.kept_models()}
        if self.schema:
            stored_rows.make_tables(self._stored, self.schema)
        if not self._is_stored:
            rows.empty_tables()

    @property
    def _stored(self) -> Any:
        return connections[BESIDE if self.is_moved else DEFAULT_DB_ALIAS]

    @property
    def _is_stored(self) -> bool:
        """Whether the office's own tables come as SQLite stored them."""
        return bool(self.schema) and not self.is_moved

    def take(self, table: str, blocks: Iterable[bytes]) -> None:
        """Write the rows of one table."""
        if self.schema:
            stored_rows.write_stored(self._stored, table, self.schema["tables"][table], blocks)
        else:
            rows.write_rows(self.models[table], blocks)

    def compare(self, manifest: Manifest) -> None:
        """Finish, move where that is asked for, and compare every row. Raises NotTheSame."""
        if self.schema:
            stored_rows.finish(self._stored, self.schema)
            _must_be_equal(stored_rows.stored_tallies(self._stored), manifest["tables"])
        if self.is_moved:
            for model in self.models.values():
                rows.write_rows(model, rows.blocks_of(rows.lines_of(model, using=BESIDE), rows.Tally()))
            _must_be_equal(rows.tallies(), rows.tallies(using=BESIDE))
        elif not self.schema:
            _must_be_equal(rows.tallies(), manifest["tables"])
        if not self._is_stored:
            rows.reset_counters()
            rows.set_counters(manifest["counters"])
        ContentType.objects.clear_cache()


@contextmanager
def filling(told: bytes, *, beside: Path) -> Iterator[Filling]:
    """One transaction in which a database is filled; where it fails, no row is in it.

    `told`: the entry `DATABASE`. `beside`: a file that is made, and taken away again, where SQLite is moved.
    """
    said = json.loads(told)
    is_moved = said["database"] == SQLITE != connection.vendor
    if not said["schema"] or is_moved:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    try:
        if is_moved:
            _name_beside(beside)
        with _without_foreign_keys(), transaction.atomic(), rows.keys_held_back():
            yield Filling(said, is_moved=is_moved)
    finally:
        if is_moved:
            _forget_beside(beside)


@contextmanager
def _without_foreign_keys() -> Iterator[None]:
    """On SQLite tables are made and filled with foreign keys off, which has to be said outside of a transaction."""
    if connection.vendor != SQLITE:
        yield
        return
    with connection.constraint_checks_disabled():
        yield


def _name_beside(file: Path) -> None:
    """A database that is never committed: it goes with its connection."""
    described = dict(connections.settings[DEFAULT_DB_ALIAS])
    described |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {}}
    connections.settings[BESIDE] = described
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with connections[BESIDE].cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("BEGIN")


def _forget_beside(file: Path) -> None:
    connections[BESIDE].close()
    del connections[BESIDE]
    del connections.settings[BESIDE]
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink(missing_ok=True)


def _must_be_equal(found: dict[str, Any], told: dict[str, Any]) -> None:
    other = sorted(name for name in found.keys() | told.keys() if found.get(name) != told.get(name))
    if other:
        raise NotTheSame(f"what was restored is not what was backed up: {', '.join(other[:5])}")
