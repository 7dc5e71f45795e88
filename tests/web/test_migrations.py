"""Tables: no model has a change that no migration makes, and migrations run from empty on both databases."""

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.migrations]


def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_tables_of_every_room_are_there() -> None:
    tables = set(connection.introspection.table_names())
    for named in ("access_user", "intake_child", "licensing_home", "placement_planrun", "audit_entry"):
        assert named in tables
