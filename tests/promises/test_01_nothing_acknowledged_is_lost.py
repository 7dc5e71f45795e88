"""Promise 1: nothing that was acknowledged is lost when the process is killed, and nothing stands by halves.

Twenty kills here, on both databases; `POSADA_KILLS=500` in the long run, each twenty in an office of its own. What
was acknowledged is written outside the office by the process that is killed. Killing says nothing of a power cut:
that is the next promise. On SQLite its own check of the whole file runs after every kill.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.promises.killed_office import TEMPLATE
from tests.served_office import environment

KILLS, IN_ONE_OFFICE = int(os.environ.get("POSADA_KILLS", "20")), 20
pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent
STEPS = {"edit", "import", "plan_asked", "accept", "close", "backup"}
"""What twenty lives acknowledge in any case; a plan and a packet may take longer than a life."""


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """A database with all tables and no rows; gives what the environment has to say of it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / TEMPLATE)])
        yield {}
        return
    import psycopg

    address, _, _ = os.environ["POSADA_DATABASE_URL"].rpartition("/")
    template = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(f"{address}/postgres", autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    yield {"POSADA_DATABASE_URL": f"{address}/{name}"}
    with psycopg.connect(f"{address}/postgres", autocommit=True) as opened:
        opened.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_nothing_acknowledged_is_lost_and_nothing_stands_by_halves(tmp_path: Path) -> None:
    acks, faults, kills, seed = Counter[str](), [], 0, 0
    while kills < KILLS:
        seed, now = seed + 1, min(IN_ONE_OFFICE, KILLS - kills)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with own_database(folder, f"killed_{os.getpid()}_{seed}") as told:
            words = [str(folder), str(now), str(seed)]
            ran = subprocess.run(
                [sys.executable, "-m", "tests.promises.killed_office", *words],
                cwd=ROOT,
                env=environment(**told),
                capture_output=True,
                text=True,
                check=False,
            )
        assert ran.returncode == 0, ran.stderr
        found = json.loads(ran.stdout)
        acks.update(found["acks"])
        faults += found["faults"]
        kills += found["kills"]
    print(f"{kills} kills, {sum(acks.values())} acknowledged, {len(faults)} faults; {dict(acks)}")
    assert faults == []
    assert acks
    assert kills <= IN_ONE_OFFICE or set(acks) >= STEPS  # few kills on a busy machine may not reach each act
    assert kills == KILLS > 0
