"""An office whose tables are as they first were, with a row in each, has every row whole once it is migrated.

Down and up again the tables are the same as before: each column, index and constraint.

Nothing has been released yet: the first whole state of the tables stands for the release before. With the first
release its own state takes the place of `FIRST`, and rooms that came later are added.
"""

import itertools
import uuid
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.migrations]
FIRST = (
    *(("access", "0002_initial"), ("audit", "0001_initial"), ("casefile", "0002_initial")),
    *(("counsel", "0002_initial"), ("desk", "0002_initial"), ("intake", "0002_initial")),
    *(("licensing", "0001_initial"), ("placement", "0001_initial")),
)
LATER = tuple((room, None) for room in ("ledger", "preparation", "packets", "docket"))
"""Rooms that had no table then."""
ASKED_FOR = {("casefile.Document", "child")}
"""Relations that may be empty by their column and not by a constraint of their table."""
_numbers = itertools.count(1)


@pytest.fixture
def as_it_first_was() -> Iterator[Any]:
    """The tables of then; at the end those of now, empty, and as they were."""
    before = _schema()
    _migrate([each for each in LATER if each[0] in MigrationExecutor(connection).loader.migrated_apps])
    yield _migrate(list(FIRST))
    call_command("migrate", verbosity=0)
    assert _schema() == before
    call_command("flush", interactive=False, verbosity=0)


def _schema() -> dict[str, Any]:
    """Table → its columns, indexes and constraints, whatever their order."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            made = connection.introspection.get_constraints(cursor, table)
            found[table] = (sorted(map(repr, columns)), {name: repr(made[name]) for name in sorted(made)})
    assert len(found) > 80
    return found


def _migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    named = [each for each in targets if each[1] is not None]
    return MigrationExecutor(connection).loader.project_state(named).apps


def test_every_row_of_the_first_tables_is_whole_after_all_migrations(as_it_first_was: Any) -> None:
    rooms = {room for room, _ in FIRST}
    made: dict[str, models.Model] = {}
    for model in as_it_first_was.get_models():
        if model._meta.app_label in rooms:
            _row_of(model, made)
    before = {label: _values(row) for label, row in made.items()}
    assert len(before) >= 40
    call_command("migrate", verbosity=0)
    for label, values in before.items():
        row = apps.get_model(label)._base_manager.get(pk=made[label].pk)
        after = _values(row)
        kept = {name: value for name, value in values.items() if name in after}
        assert {name: after[name] for name in kept} == kept, label
    for model in apps.get_models():
        if model._meta.app_label in rooms:
            list(model._base_manager.all())


def _row_of(model: Any, made: dict[str, models.Model]) -> models.Model:
    """One saved row with something in every column that asks for it, and in each that may have something."""
    label = model._meta.label
    if label not in made:
        values = {}
        for field in model._meta.concrete_fields:
            is_left_out = field.null and field.is_relation and (label, field.name) not in ASKED_FOR
            if not (field.has_default() or field.auto_created or is_left_out):
                values[field.name] = _value(field, made)
        made[label] = model._base_manager.create(**values)
        made[label].refresh_from_db()
    return made[label]


def _value(field: Any, made: dict[str, models.Model]) -> Any:
    if isinstance(field, models.ForeignKey):
        return _row_of(field.related_model, made)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.BinaryField):
        return b"sealed"
    if isinstance(field, models.IntegerField):
        return next(_numbers)
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.JSONField):
        return ["kept"]
    if isinstance(field, models.FloatField):
        return 39.5
    if isinstance(field, models.TimeField):
        return time(8, 30)
    if isinstance(field, models.GenericIPAddressField):
        return "192.0.2.1"
    if field.choices:
        return field.choices[0][0]
    return f"x{next(_numbers)}"[: field.max_length]


def _values(row: models.Model) -> dict[str, Any]:
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in found.items()}
