"""Every row of every table as lines of JSON, and back: the same on SQLite and on PostgreSQL.

Values keep every digit (instants to the microsecond); what is computed at saving is not computed anew. The digest of
a table does not depend on the order of its rows, so that two databases can be compared row for row. This is the form
of a backup of PostgreSQL, and the way from one database to the other; SQLite to SQLite goes by stored_rows.py.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_rows.py.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

LEFT_OUT = frozenset({"wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry"})
"""Indexes of the public site: each database has its own kind, made anew from the pages."""
ROWS_A_BLOCK = 500


@dataclass(slots=True)
class Tally:
    """How many rows a table has, and a digest over them whatever their order."""

    count: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one row."""
        self.count += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest(), "big")) % (1 << 256)

    @property
    def told(self) -> list[Any]:
        """As it stands in a manifest."""
        return [self.count, f"{self.total:064x}"]


class Cached(models.Model):
    """A row of the cache's table, which also says what is due by the clock: Django makes it without a model."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField()

    class Meta:
        apps = Apps()
        app_label = "cache"
        db_table = "office_cache"


def kept_models() -> list[type[models.Model]]:
    """The tables, by label: every model's, which migrations were made, and the cache's where it is a table."""
    found = apps.get_models(include_auto_created=True)
    tables = [each for each in found if each._meta.managed and not each._meta.proxy]
    kept = [each for each in tables if each._meta.label_lower not in LEFT_OUT]
    kept.append(MigrationRecorder.Migration)
    if settings.CACHES["default"].get("LOCATION") == Cached._meta.db_table:
        kept.append(Cached)
    return sorted(kept, key=lambda each: each._meta.label_lower)


def lines_of(model: type[models.Model], *, using: str = DEFAULT_DB_ALIAS) -> Iterator[bytes]:
    """One line for each row: a JSON list in the order of the model's columns. `using`: of which database."""
    fields = model._meta.local_concrete_fields
    streams = [place for place, field in enumerate(fields) if hasattr(field, "stream_block")]
    ordered = model._base_manager.using(using).order_by("pk")
    rows = ordered.values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=2_000):
        told = list(row)
        for place in streams:  # blocks of a page of the public site
            told[place] = fields[place].get_prep_value(told[place])
        yield json.dumps(
            told, default=_spelled, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


def blocks_of(lines: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    """Lines, several hundred a block, counted on their way."""
    waiting: list[bytes] = []
    for line in lines:
        tally.add(line)
        waiting.append(line)
        if len(waiting) == ROWS_A_BLOCK:
            yield b"\n".join(waiting)
            waiting = []
    if waiting:
        yield b"\n".join(waiting)


@contextmanager
def one_instant() -> Iterator[None]:
    """All rows as of one instant, without holding anybody up: SQLite's and PostgreSQL's snapshots."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def keys_held_back() -> Iterator[None]:
    """Foreign keys are looked at when everything is there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    yield
    connection.check_constraints()


def empty_tables() -> None:
    """Take away what making the tables has put into them, so that only what is restored is there."""
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def write_rows(model: type[models.Model], blocks: Iterable[bytes]) -> None:
    """Write the rows of one table, as they stand. The caller's transaction holds back foreign keys."""
    fields = list(model._meta.local_concrete_fields)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join("%s" for _ in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  names of our own columns
    with connection.cursor() as cursor:
        for block in blocks:
            rows = [json.loads(line) for line in block.split(b"\n")]
            cursor.executemany(statement, [_stored(fields, row) for row in rows])


def reset_counters() -> None:
    """Let the numbers of new rows begin behind those that were restored."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def counters() -> dict[str, int]:
    """On PostgreSQL, the number that each counter gave last; one that gave none is left out."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences"
            " WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return dict(cursor.fetchall())


def set_counters(told: dict[str, int]) -> None:
    """Let the counters of PostgreSQL go on where others were: a number whose row is gone is not given again."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, last in told.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [connection.ops.quote_name(name), last])


def tallies(*, using: str = DEFAULT_DB_ALIAS) -> dict[str, list[Any]]:
    """Label → [count, digest] of every table as it stands now."""
    found = {}
    for model in kept_models():
        tally = Tally()
        for line in lines_of(model, using=using):
            tally.add(line)
        found[model._meta.label_lower] = tally.told
    return found


def tables_of(using: str) -> set[str]:
    """The names of the tables that are there."""
    return set(connections[using].introspection.table_names())


def _stored(fields: "list[models.Field]", row: list[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(_read(field, value), connection)
        for field, value in zip(fields, row, strict=True)
    ]


def _read(field: "models.Field", value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def _spelled(value: Any) -> str:
    if isinstance(value, bytes | memoryview | bytearray):
        return b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | timedelta):
        return str(value)
    raise TypeError(type(value).__name__)
