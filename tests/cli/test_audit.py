"""`posada audit verify`: how many entries the log has, or the first that was changed."""

import shutil
import sqlite3
from pathlib import Path

from tests.served_office import posada


def test_a_log_that_stands_gives_its_length(demonstration: Path) -> None:
    ran = posada("audit", "verify", "--data", demonstration)
    assert ran.returncode == 0
    assert int(ran.stdout) >= 1


def test_an_entry_that_was_changed_is_named(tmp_path: Path, demonstration: Path) -> None:
    shutil.copytree(demonstration, tmp_path / "demo")
    with sqlite3.connect(tmp_path / "demo" / "office.sqlite3") as database:
        database.execute("UPDATE audit_entry SET act = 'nothing' WHERE number = 1")
    database.close()
    ran = posada("audit", "verify", "--data", tmp_path / "demo")
    assert ran.returncode == 1
    assert ran.stdout.strip() == "1"
    assert "Entry 1" in ran.stderr
