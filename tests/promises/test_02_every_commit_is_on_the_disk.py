"""Promise 2: what is acknowledged is on the disk, so far as a program can see to it: every connection syncs.

A power cut is not simulated here. On PostgreSQL the session asks for it itself, whatever the server's default is;
whether the server syncs at all (`fsync`) is looked at by `posada doctor`.
"""

import threading

import pytest
from django.db import connection, connections

from posada.web.settings.office import database

pytestmark = pytest.mark.django_db
FULL = 2


def _told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


def test_every_connection_waits_for_the_disk() -> None:
    wanted = str(FULL) if connection.vendor == "sqlite" else "on"
    found = [_told()]

    def look() -> None:
        found.append(_told())
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [wanted] * 4


@pytest.mark.parametrize(
    "url", ["sqlite:////somewhere/office.sqlite3", "postgresql://posada@localhost/posada"]
)
def test_a_real_office_asks_for_it_on_both_databases(url: str) -> None:
    options = database(url)["OPTIONS"]
    told = options.get("init_command", "") + options.get("options", "")
    assert "synchronous=FULL" in told or "synchronous_commit=on" in told
