"""Promise 12: a backup brings back the same office, row for row and file for file; one flipped byte is refused.

The backup is of a demonstration on SQLite. It is brought back on SQLite, where every `SELECT *` and every file must
be the same; and on a run on PostgreSQL also there and from there on another PostgreSQL, where every value must be the
same. What compares knows nothing of Posada (compared.py). `POSADA_FLIPS` flips more bytes, and goes back to SQLite.
"""

import json
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from posada.web.operating.backup_keys import WrongKeys
from posada.web.operating.entries import read_entries
from posada.web.operating.sealed_file import NotWhole, read_sealed
from tests.promises.compared import differing, files, plain_rows, postgresql_rows, sqlite_tables
from tests.served_office import posada

FLIPS, IS_LONG = int(os.environ.get("POSADA_FLIPS", "10")), "POSADA_FLIPS" in os.environ
ADDED = {"muted"}
"""The one file that says that this is a copy."""
DESCRIBES_THE_DATABASE = {"deployment.toml"}
HARD = (
    "INSERT INTO django_session VALUES ('key', 'what was signed in', '2026-11-26 08:00:00')",
    """INSERT INTO office_cache VALUES ('due', 'gASVBQAAAAAAAABLAS4=', '2026-11-26 08:00:00')""",
    "INSERT INTO django_content_type (id, app_label, model) VALUES (9999, 'gone', 'gone')",
    "DELETE FROM django_content_type WHERE id = 9999",
    """UPDATE intake_programsettings SET rule_changes = '[{"b": 1,  "a": [true, null, 1e3], "é": "\\u00e9"}]'""",
    "DELETE FROM docket_docketevent WHERE rowid = 2",
)
"""What an office has that has lived: sessions, the cache, numbers whose rows are gone, texts in another spelling."""


def halves_of(file: Path) -> tuple[str, str]:
    first, second = Path(f"{file}.keys").read_text().splitlines()[:2]
    return first, second


def ran(*words: str | Path, **more: str) -> None:
    done = posada(*words, **more)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    """A demonstration in which something has happened."""
    folder = tmp_path_factory.mktemp("promise") / "demo"
    shutil.copytree(demonstration, folder)
    with sqlite3.connect(folder / "office.sqlite3") as opened:
        for statement in HARD:
            opened.execute(statement)
    opened.close()
    for name in ("exchange/from_public/one.letter", "imports/one.json", "documents/deep/paper", "mine.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode() * 100)
    return folder


@pytest.fixture(scope="module")
def backed_up(lived: Path) -> Path:
    ran("backup", "--data", lived, "--out", lived.parent / "first")
    return lived.parent / "first"


def test_every_table_and_every_file_is_identical_on_sqlite(
    lived: Path, backed_up: Path, tmp_path: Path
) -> None:
    before, kept = sqlite_tables(lived / "office.sqlite3"), files(lived)
    moved = tmp_path / "elsewhere"
    lived.rename(moved)  # as on a fresh machine: nothing of the old place is to be had
    try:
        ran("restore", backed_up, "--data", lived)
        after = sqlite_tables(lived / "office.sqlite3")
        assert differing(before, after) == set()
        assert differing(kept, files(lived)) == ADDED
    finally:
        shutil.rmtree(lived, ignore_errors=True)
        moved.rename(lived)
    rows = sum(map(len, before.values()))
    print(f"{rows} rows of {len(before)} tables and {len(kept)} files came back the same")
    assert rows > 2_000 and len(kept) > 20
    assert len(before["django_session"]) == len(before["office_cache"]) == 1


@pytest.mark.postgresql_only
def test_every_value_is_the_same_on_postgresql_and_back(lived: Path, backed_up: Path, tmp_path: Path) -> None:
    one, two = (a_database(name) for name in ("one", "two"))
    ran("restore", backed_up, "--data", tmp_path / "one", POSADA_DATABASE_URL=one)
    rows, kinds, _ = postgresql_rows(one)
    assert len(rows) > 90
    assert differing(plain_rows(lived / "office.sqlite3", kinds), rows) == set()
    assert differing(files(lived), files(tmp_path / "one")) <= ADDED | DESCRIBES_THE_DATABASE
    log = posada("audit", "verify", "--data", tmp_path / "one", POSADA_DATABASE_URL=one)
    assert log.returncode == 0, log.stderr
    ran("backup", "--data", tmp_path / "one", "--out", tmp_path / "second", POSADA_DATABASE_URL=one)
    told = postgresql_rows(one)
    ran("restore", tmp_path / "second", "--data", tmp_path / "two", POSADA_DATABASE_URL=two)
    assert postgresql_rows(two) == told
    print(f"{sum(map(len, rows.values()))} rows came to PostgreSQL and to another the same")
    if not IS_LONG:
        return
    ran("restore", tmp_path / "second", "--data", tmp_path / "back")
    assert differing(plain_rows(tmp_path / "back" / "office.sqlite3", told[1]), told[0]) == set()
    print(f"{sum(map(len, rows.values()))} rows came back to SQLite the same")


def a_database(name: str) -> str:
    """The address of an empty one."""
    import psycopg

    url, named = os.environ["POSADA_DATABASE_URL"], f"restored_{name}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {named}".encode())
    return f"{url.rpartition('/')[0]}/{named}"


def test_one_flipped_byte_anywhere_is_refused(backed_up: Path, tmp_path: Path) -> None:
    content, chance, refused = backed_up.read_bytes(), random.Random(12), 0
    halves = halves_of(backed_up)
    for _ in range(FLIPS):
        spoiled = bytearray(content)
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        (tmp_path / "spoiled").write_bytes(spoiled)
        with (tmp_path / "spoiled").open("rb") as opened, pytest.raises((NotWhole, WrongKeys)):
            for _name, blocks in read_entries(read_sealed(opened, halves=halves)):
                for _block in blocks:
                    pass
        refused += 1
    print(f"{refused} of {FLIPS} flipped bytes refused")
    assert refused == FLIPS > 0


def test_what_is_in_it_is_named_by_its_manifest(backed_up: Path) -> None:
    found, told = set(), {}
    with backed_up.open("rb") as opened:
        for name, blocks in read_entries(read_sealed(opened, halves=halves_of(backed_up))):
            found.add(name)
            if name == "manifest":
                told = json.loads(b"".join(blocks))
    assert {f"rows/{table}" for table in told["tables"]} | {
        f"file/{name}" for name in told["files"]
    } == found - {
        "manifest",
        "database",
    }
