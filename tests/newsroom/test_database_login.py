"""The public site's database: its own, and a login that can read no table of the office."""

import sqlite3

import pytest
from django.db import connection

from tests.newsroom.newsroom_site import Site


def test_the_newsrooms_own_database_has_no_table_of_the_office(site: Site) -> None:
    with sqlite3.connect(site.folder / "newsroom.sqlite3") as opened:
        tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rooms = ("access_", "audit_", "intake_", "licensing_", "placement_", "counsel_", "casefile_", "docket_")
    assert "newsroom_articlepage" in tables
    assert not [each for each in tables if each.startswith(rooms)]
    assert not list(site.folder.rglob("office.sqlite3*"))


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_its_login_can_read_no_table_of_the_office() -> None:
    import psycopg

    told = connection.get_connection_params()
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS newsroom_of_a_test")
        cursor.execute("CREATE ROLE newsroom_of_a_test LOGIN PASSWORD 'only-in-this-test'")
        tables = connection.introspection.table_names(cursor)
    assert "intake_child" in tables
    try:
        login = {**told, "user": "newsroom_of_a_test", "password": "only-in-this-test"}
        kept = {
            name: login[name] for name in ("host", "port", "dbname", "user", "password") if login.get(name)
        }
        with psycopg.connect(**kept, autocommit=True) as opened:
            for table in tables:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    opened.execute(f'SELECT * FROM "{table}" LIMIT 1')
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE newsroom_of_a_test")
