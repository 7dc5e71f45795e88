"""Promise 1: nothing that was acknowledged is lost when the process is killed, and nothing stands by halves.

Twenty kills here, on both databases; `POSADA_KILLS=500` in the long run, each twenty in an office of its own, with
lives that are long enough for every act (`POSADA_LONGEST_LIFE`). With `POSADA_KILLS_KEPT=FOLDER` each twenty are kept
there until the run is whole, and one that was ended goes on. What was acknowledged is written outside the
office by the process that is killed. Killing says nothing of a power cut: that is the next promise. On SQLite its own
check of the whole file runs after every kill.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.promises.killed_office import TEMPLATE
from tests.served_office import environment

KILLS, IN_ONE_OFFICE = int(os.environ.get("POSADA_KILLS", "20")), 20
pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent
STEPS = {"edit", "import", "plan_asked", "accept", "close", "backup", "paper"}
"""What many short lives acknowledge in any case; a plan and a packet take longer than a life."""
LONG_STEPS = STEPS | {"plan_ready", "approve", "build_asked", "build_done"}
KEPT, ROOM_OF_LIFE = os.environ.get("POSADA_KILLS_KEPT", ""), "POSADA_LONGEST_LIFE"


def kept_in() -> Path:
    """The file of this database: two may be killed at once."""
    return Path(KEPT) / f"kills-{connection.vendor}.jsonl"


def kept_before() -> list[dict[str, Any]]:
    """What an earlier run that was ended has found on this database, each twenty kills one."""
    if not KEPT or not kept_in().is_file():
        return []
    return [json.loads(line) for line in kept_in().read_text().splitlines()]


def keep(found: dict[str, Any]) -> None:
    """Let a run that is ended after this go on from here."""
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        with kept_in().open("a") as file:
            file.write(json.dumps(found) + "\n")


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


def killed(folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """An office of its own that is killed so many times."""
    folder.mkdir()
    longer = {name: value for name, value in os.environ.items() if name == ROOM_OF_LIFE}
    with own_database(folder, f"killed_{os.getpid()}_{seed}") as told:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.promises.killed_office", str(folder), str(kills), str(seed)],
            cwd=ROOT,
            env=environment(**told, **longer),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def test_nothing_acknowledged_is_lost_and_nothing_stands_by_halves(tmp_path: Path) -> None:
    parts = kept_before()
    while (kills := sum(part["kills"] for part in parts)) < KILLS:
        seed = 1 + len(parts)
        parts.append(killed(tmp_path / str(seed), kills=min(IN_ONE_OFFICE, KILLS - kills), seed=seed))
        keep(parts[-1])
    if KEPT:
        kept_in().unlink()
    acks = sum((Counter(part["acks"]) for part in parts), Counter[str]())
    faults = [fault for part in parts for fault in part["faults"]]
    print(f"{kills} kills, {sum(acks.values())} acknowledged, {len(faults)} faults; {dict(acks)}")
    assert faults == []
    assert acks
    # Few kills on a busy machine may not reach each act.
    assert kills <= IN_ONE_OFFICE or set(acks) >= (LONG_STEPS if ROOM_OF_LIFE in os.environ else STEPS)
    assert kills >= KILLS > 0
