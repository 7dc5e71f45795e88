"""`posada import`: a folder is taken, its bad rows named, and a kill leaves nothing behind."""

import json
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.office.intake.folders import csv, folder
from tests.served_office import POSADA, environment, posada


def written(where: Path, files: dict[str, bytes]) -> Path:
    """Files in a folder."""
    where.mkdir()
    for name, content in files.items():
        (where / name).write_bytes(content)
    return where


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty office."""
    found = tmp_path_factory.mktemp("import") / "office"
    made = posada("init", "--data", found, "--keys-beside")
    assert made.returncode == 0, made.stderr
    return found


def counted(data: Path) -> tuple[int, int]:
    """Children and entries of the log."""
    with sqlite3.connect(data / "office.sqlite3") as opened:
        return (
            opened.execute("SELECT COUNT(*) FROM intake_child").fetchone()[0],
            opened.execute("SELECT COUNT(*) FROM audit_entry").fetchone()[0],
        )


def test_a_folder_is_looked_at_taken_and_the_second_time_changes_nothing(data: Path, tmp_path: Path) -> None:
    program = written(tmp_path / "program", folder())
    looked = posada("import", program, "--data", data, "--look")
    assert (looked.returncode, counted(data)[0]) == (0, 0)
    taken = posada("import", program, "--data", data, "--json")
    assert taken.returncode == 0, taken.stderr
    told = json.loads(taken.stdout)
    assert told["accepted"]["children.csv"] == 3
    assert (told["rejected"], told["duplicates"]) == ([], [])
    before = counted(data)
    again = posada("import", program, "--data", data)
    assert again.returncode == 0
    assert "Nothing has changed" in again.stderr
    assert counted(data) == before


def test_bad_rows_are_named_and_good_ones_taken(data: Path, tmp_path: Path) -> None:
    rows = csv("child_id,sibling_group_id,birth_date,sex", "B1,BG1,2014-01-01,F", "B2,BG2,soon,F")
    ran = posada("import", written(tmp_path / "more", {"children.csv": rows}), "--data", data, "--json")
    assert ran.returncode == 1
    told = json.loads(ran.stdout)
    assert told["accepted"] == {"children.csv": 1}
    assert [(each["row"], each["field"], each["found"]) for each in told["rejected"]] == [
        (2, "birth_date", "soon")
    ]


def test_what_cannot_be_read_changes_nothing_and_says_why(data: Path, tmp_path: Path) -> None:
    before = counted(data)
    for number, files in enumerate(
        ({"children.csv": b"PK\x03\x04"}, {"readme.toml": b""}, {"children.csv": b"a\n"})
    ):
        ran = posada("import", written(tmp_path / str(number), files), "--data", data)
        assert ran.returncode == 2
        assert "Traceback" not in ran.stderr
    assert posada("import", tmp_path / "nowhere", "--data", data).returncode == 2
    assert posada("import", tmp_path / "0", "--data", tmp_path / "no office").returncode == 2
    assert counted(data) == before


def test_a_kill_in_the_middle_leaves_nothing_and_a_second_run_completes_it(
    data: Path, tmp_path: Path
) -> None:
    rows = [f"K{n},KG{n},2014-01-01,F" for n in range(4_000)]
    many = written(
        tmp_path / "many", {"children.csv": csv("child_id,sibling_group_id,birth_date,sex", *rows)}
    )
    before = counted(data)
    running = subprocess.Popen([*POSADA, "import", str(many), "--data", str(data)], env=environment())
    _wait_until_it_writes(data)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert counted(data) in (before, (before[0] + 4_000, before[1] + 1))
    assert posada("import", many, "--data", data).returncode == 0
    assert counted(data) == (before[0] + 4_000, before[1] + 1)


def _wait_until_it_writes(data: Path) -> None:
    wal = data / "office.sqlite3-wal"
    for _ in range(2_000):
        if wal.exists() and wal.stat().st_size > 100_000:
            return
        time.sleep(0.01)
