"""Every row of every table as lines of JSON, and back: the same on SQLite and on PostgreSQL.

Values keep every digit (instants to the microsecond); what is computed at saving is not computed anew. The digest of
a table does not depend on the order of its rows, so that two databases can be compared row for row.
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
from django.core.management.color import no_style
from django.db import connection, models, transaction

LEFT_OUT = frozenset(
    {
        *("sessions.session", "usersessions.usersession", "django_tasks_db.dbtaskresult"),
        *("wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry", "wagtailadmin.editingsession"),
    }
)
"""Sessions, because everybody signs in again; tasks, because a restored place does nothing by itself; indexes of the
public site, because they are made anew."""
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


def kept_models() -> list[type[models.Model]]:
    """The tables of the office, by label."""
    found = apps.get_models(include_auto_created=True)
    tables = [each for each in found if each._meta.managed and not each._meta.proxy]
    kept = [each for each in tables if each._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda each: each._meta.label_lower)


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """One line for each row: a JSON list in the order of the model's columns."""
    fields = model._meta.local_concrete_fields
    streams = [place for place, field in enumerate(fields) if hasattr(field, "stream_block")]
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=2_000):
        told = list(row)
        for place in streams:  # blocks of a page of the public site
            told[place] = fields[place].get_prep_value(told[place])
        yield json.dumps(
            told, default=_spelled, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


def blocks_of(model: type[models.Model], tally: Tally) -> Iterator[bytes]:
    """The lines of a table, several hundred a block, counted on their way."""
    waiting: list[bytes] = []
    for line in lines_of(model):
        tally.add(line)
        waiting.append(line)
        if len(waiting) == ROWS_A_BLOCK:
            yield b"\n".join(waiting)
            waiting = []
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


def tallies() -> dict[str, list[Any]]:
    """Label → [count, digest] of every table as it stands now."""
    found = {}
    for model in kept_models():
        tally = Tally()
        for line in lines_of(model):
            tally.add(line)
        found[model._meta.label_lower] = tally.told
    return found


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
