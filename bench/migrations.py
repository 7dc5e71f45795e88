"""How long each change of tables takes on a national office, and for how long nobody else could use which table.

    bench/migrations.py --children 60000                    on SQLite
    python tests/postgresql.py bench/migrations.py …        the same on a private PostgreSQL

The office is the one of bench/backup.py. Its copy is taken back to the release before (nothing is released yet, so to
the first whole state of the tables, as tests/web/test_migrations_with_rows.py does) and brought up again, one change
after the other. On SQLite a change holds the whole file for writing as long as it runs; on PostgreSQL the locks that
keep readers or writers away from a table that was there before are looked at fifty times a second. Rows go to
bench/work/rows.jsonl as part `migrations`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NATIONAL, AIM = 60_000, 300.0  # seconds for all changes together
LOOK_EVERY = 0.02  # seconds
ASKED = """
SELECT l.relation::regclass::text FROM pg_locks l
WHERE l.pid = %s AND l.granted AND l.relation IS NOT NULL
AND l.mode IN ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock')
"""


def main() -> None:
    """Measure and keep rows. Status 1: all together took longer than the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--children", type=int, default=NATIONAL)
    parser.add_argument("--record", type=Path, default=None, help="the file that rows are added to")
    asked = parser.parse_args()
    from machine import circumstances
    from results import ROWS, append

    folder = _copied(asked.children)
    base = {
        "part": "migrations",
        "instance": "postgresql" if _url() else "sqlite",
        "children": asked.children,
    }
    whole = 0.0
    for row in _measured(folder):
        whole += row["seconds"]
        row |= base | {"load": round(os.getloadavg()[0], 1)}
        print(json.dumps(row), flush=True)
        append(asked.record or ROWS, row | {"at": circumstances()})
    print(f"{whole:.1f} s together; the aim is {AIM:.0f} s")
    sys.exit(whole > AIM)


def _url() -> str:
    return os.environ.get("POSADA_DATABASE_URL", "")


def _copied(children: int) -> Path:
    """A copy of the office, on the database of the run."""
    import office

    made = office.WORK / f"office-sqlite-{children}"
    if not (made / "accounts.json").exists():
        for row in office._made(made, children=children, more={}):
            print(json.dumps(row), flush=True)
    folder = office.WORK / f"migrated-{children}"
    shutil.rmtree(folder, ignore_errors=True)
    if not _url():
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns("static", "plans"))
        return folder
    from tests.served_office import POSADA, environment

    backup = office.WORK / f"migrated-{children}.backup"
    backup.unlink(missing_ok=True)
    Path(f"{backup}.keys").unlink(missing_ok=True)
    for words in (("backup", "--data", made, "--out", backup), ("restore", backup, "--data", folder)):
        more = {"POSADA_DATABASE_URL": _url()} if words[0] == "restore" else {}
        subprocess.run([*POSADA, *map(str, words)], env=environment(**more), check=True)
    return folder


def _measured(folder: Path) -> Iterator[dict[str, Any]]:
    from posada.cli.office_start import start_office

    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    start_office(folder)
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from tests.web.test_migrations_with_rows import FIRST, LATER

    started = time.perf_counter()
    for targets in (LATER, FIRST):
        MigrationExecutor(connection).migrate(list(targets))
    print(f"taken back in {time.perf_counter() - started:.1f} s", flush=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor._create_project_state(with_applied_migrations=True)
    for migration, _ in plan:
        with _Locks() as locks:
            started = time.perf_counter()
            state = executor.apply_migration(state, migration)
            seconds = time.perf_counter() - started
        row = {"name": f"{migration.app_label}.{migration.name}", "seconds": round(seconds, 3)}
        yield row | locks.longest()


class _Locks:
    """Looks at the locks of Django's own connection while a change runs."""

    def __init__(self) -> None:
        self.held: dict[str, list[float]] = {}
        self.ended = threading.Event()

    def __enter__(self) -> "_Locks":
        from django.db import connection

        self.thread = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            process = connection.connection.info.backend_pid
            self.thread = threading.Thread(target=self._look, args=(process,))
            self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        if self.thread is not None:
            self.thread.join()

    def _look(self, process: int) -> None:
        import psycopg

        with psycopg.connect(_url(), autocommit=True) as opened:
            while not self.ended.wait(LOOK_EVERY):
                now = time.perf_counter()
                for (table,) in opened.execute(ASKED, [process]).fetchall():
                    if table.isdecimal():  # nobody else can see it yet
                        continue
                    self.held.setdefault(table, [now, now])[1] = now

    def longest(self) -> dict[str, Any]:
        """The table that was kept from others for longest, and for how many seconds; of PostgreSQL alone."""
        if self.thread is None:
            return {}
        table, (since, until) = max(
            self.held.items(), key=lambda each: each[1][1] - each[1][0], default=("", (0.0, 0.0))
        )
        return {"locked": table, "locked_seconds": round(until - since, 2)}


if __name__ == "__main__":
    main()
