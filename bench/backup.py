"""Backup and restore of a whole program: seconds, size, memory; and whether what came back is identical.

    bench/backup.py --children 60000                       SQLite to SQLite
    python tests/postgresql.py bench/backup.py …           also SQLite to PostgreSQL, and PostgreSQL to PostgreSQL

The office is made as bench/office.py makes it, and used again where it is there. It is compared as
tests/promises/compared.py does: every row of every table, every file. Rows go to bench/work/rows.jsonl as part
`backup`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import office  # noqa: E402
from machine import circumstances  # noqa: E402
from results import ROWS, append  # noqa: E402

from tests.promises.compared import (  # noqa: E402
    differing,
    files,
    plain_rows,
    postgresql_rows,
    sqlite_tables,
)
from tests.served_office import POSADA, environment  # noqa: E402

NATIONAL = 60_000
APART = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Between us and the command: the system counts the memory of who starts a process as the process's own."""


def main() -> None:
    """Measure and keep rows. Status 1: something did not come back as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--children", type=int, default=NATIONAL)
    parser.add_argument("--record", type=Path, default=ROWS, help="the file that rows are added to")
    asked = parser.parse_args()
    folder = office.WORK / f"office-sqlite-{asked.children}"
    if not (folder / "accounts.json").exists():
        for row in office._made(folder, children=asked.children, more={}):
            print(json.dumps(row), flush=True)
    kept = [dict(row) for row in _measured(folder, office.WORK / f"backup-{asked.children}")]
    for row in kept:
        row |= {"part": "backup", "children": asked.children, "load": round(os.getloadavg()[0], 1)}
        append(asked.record, row | {"at": circumstances()})
    sys.exit(any(row.get("differing") for row in kept))


def _measured(folder: Path, room: Path) -> Any:
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    yield _run("backup on sqlite", "backup", "--data", folder, "--out", room / "first")
    row = _run("restore sqlite to sqlite", "restore", room / "first", "--data", room / "one")
    other = differing(
        sqlite_tables(folder / "office.sqlite3"), sqlite_tables(room / "one" / "office.sqlite3")
    )
    yield row | {"differing": sorted(other | differing(files(folder), files(room / "one")) - {"muted"})}
    url = os.environ.get("POSADA_DATABASE_URL", "")
    if not url:
        return
    one, two = (_database(url, name) for name in ("moved", "again"))
    row = _run("restore sqlite to postgresql", "restore", room / "first", "--data", room / "two", url=one)
    rows, kinds, _ = postgresql_rows(one)
    yield row | {"differing": sorted(differing(plain_rows(folder / "office.sqlite3", kinds), rows))}
    yield _run("backup on postgresql", "backup", "--data", room / "two", "--out", room / "second", url=one)
    told = postgresql_rows(one)
    row = _run(
        "restore postgresql to postgresql", "restore", room / "second", "--data", room / "three", url=two
    )
    yield row | {"differing": sorted(differing(told[0], postgresql_rows(two)[0]))}


def _run(name: str, *words: str | Path, url: str = "") -> dict[str, Any]:
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", APART, *POSADA, *map(str, words)],
        env=environment(**({"POSADA_DATABASE_URL": url} if url else {})),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds = round(time.perf_counter() - started, 1)
    status, processor, kibibytes = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0, name
    row = {"name": name, "seconds": seconds, "processor_seconds": round(processor, 1)}
    row |= {"rss_mib": round(kibibytes / 1024)}
    if words[0] == "backup":
        row["mib"] = round(Path(words[-1]).stat().st_size / 2**20, 1)
    print(json.dumps(row), flush=True)
    return row


def _database(url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}".encode())
    return f"{url.rpartition('/')[0]}/{name}"


if __name__ == "__main__":
    main()
