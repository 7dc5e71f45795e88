"""Promise 12: a backup brings back the same office, row for row and file for file; one flipped byte is refused.

The backup is of a demonstration on SQLite; it is brought back on the database of the run, so that on PostgreSQL this
is also the way from SQLite to PostgreSQL. What restoring itself compares is compared here once more, by another
backup of what came back. `POSADA_FLIPS` flips more bytes.
"""

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from posada.web.operating.backup_keys import WrongKeys
from posada.web.operating.entries import read_entries
from posada.web.operating.sealed_file import NotWhole, read_sealed
from tests.served_office import posada

FLIPS = int(os.environ.get("POSADA_FLIPS", "10"))
ADDED = {"audit.entry", "audit.head", "desk.mail", "intake.programsettings"}
"""What making and restoring a backup write themselves: the log of it, and that the office is muted."""


def halves_of(file: Path) -> tuple[str, str]:
    first, second = Path(f"{file}.keys").read_text().splitlines()[:2]
    return first, second


def manifest_of(file: Path) -> dict[str, Any]:
    """What a backup says that it holds, once it was read to its end."""
    found: dict[str, Any] = {}
    with file.open("rb") as opened:
        for name, blocks in read_entries(read_sealed(opened, halves=halves_of(file))):
            content = b"".join(blocks)
            if name == "manifest":
                found = json.loads(content)
    return found


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    folder = tmp_path_factory.mktemp("promise")
    shutil.copytree(demonstration, folder / "demo")
    ran = posada("backup", "--data", folder / "demo", "--out", folder / "first")
    assert ran.returncode == 0, ran.stderr
    return folder / "first"


@pytest.fixture
def database() -> dict[str, str]:
    url = os.environ.get("POSADA_DATABASE_URL", "")
    if not url:
        return {}
    import psycopg

    name = f"restored_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return {"POSADA_DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}


def test_every_row_and_file_comes_back(backed_up: Path, tmp_path: Path, database: dict[str, str]) -> None:
    ran = posada("restore", backed_up, "--data", tmp_path / "new", **database)
    assert ran.returncode == 0, ran.stderr
    ran = posada("backup", "--data", tmp_path / "new", "--out", tmp_path / "second", **database)
    assert ran.returncode == 0, ran.stderr
    before, after = manifest_of(backed_up), manifest_of(tmp_path / "second")
    assert before["tables"].keys() == after["tables"].keys()
    other = {label for label, told in before["tables"].items() if after["tables"][label] != told}
    assert other <= ADDED
    assert before["files"] == after["files"]
    rows = sum(count for count, _ in before["tables"].values())
    print(f"{rows} rows and {len(before['files'])} files came back the same")
    assert rows > 500 and len(before["files"]) > 5
    log = posada("audit", "verify", "--data", tmp_path / "new", **database)
    assert log.returncode == 0, log.stderr


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
