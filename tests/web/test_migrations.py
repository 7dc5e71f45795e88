"""Tables: no model has a change that no migration makes, and migrations run from empty on both databases."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.migrations]


def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_tables_of_every_room_are_there() -> None:
    tables = set(connection.introspection.table_names())
    for named in ("access_user", "intake_child", "licensing_home", "placement_planrun", "audit_entry"):
        assert named in tables


def test_every_index_and_constraint_that_a_model_names_is_in_the_database() -> None:
    looked_at = 0
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model._meta.managed or model._meta.proxy:
                continue
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            named = {each.name for each in (*model._meta.constraints, *model._meta.indexes)}
            assert named <= there.keys(), model._meta.label
            looked_at += len(named)
    assert looked_at > 50
