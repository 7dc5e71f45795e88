"""`posada restore`: an identical office in a new folder, or nothing."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served_office import POSADA, environment, posada


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    shutil.copytree(demonstration, folder / "demo")
    ran = posada("backup", "--data", folder / "demo", "--out", folder / "office.backup")
    assert ran.returncode == 0, ran.stderr
    return folder


def test_a_demonstration_comes_back_with_its_sign_ins(backed_up: Path, tmp_path: Path) -> None:
    ran = posada("restore", backed_up / "office.backup", "--data", tmp_path / "new")
    assert ran.returncode == 0, ran.stderr
    assert "muted" in ran.stderr
    assert "each compared: the same" in ran.stderr
    before = posada("accounts", "--demo", "--json", "--data", backed_up / "demo").stdout
    assert posada("accounts", "--demo", "--json", "--data", tmp_path / "new").stdout == before
    log = posada("audit", "verify", "--data", tmp_path / "new")
    assert (log.returncode, int(log.stdout) >= 3) == (0, True)
    again = posada("restore", backed_up / "office.backup", "--data", tmp_path / "new")
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_one_flipped_byte_is_refused_and_leaves_nothing(backed_up: Path, tmp_path: Path) -> None:
    content = bytearray((backed_up / "office.backup").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "damaged").write_bytes(content)
    shutil.copy(backed_up / "office.backup.keys", tmp_path / "damaged.keys")
    ran = posada("restore", tmp_path / "damaged", "--data", tmp_path / "new")
    assert ran.returncode == 2
    assert "damaged" in ran.stderr
    assert not (tmp_path / "new").exists()


def test_one_half_alone_opens_nothing(backed_up: Path, tmp_path: Path) -> None:
    half = tmp_path / "half"
    half.write_text((backed_up / "office.backup.keys").read_text().splitlines()[0])
    file = backed_up / "office.backup"
    for halves in (["--half", half], ["--half", half, "--half", half]):
        ran = posada("restore", file, "--data", tmp_path / "new", *halves)
        assert ran.returncode == 2
        assert not (tmp_path / "new").exists()


def test_the_first_process_of_a_restored_office_mutes_it(backed_up: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert posada("restore", backed_up / "office.backup", "--data", new).returncode == 0
    entries = int(posada("audit", "verify", "--data", new).stdout)
    assert (new / "muted").is_file()
    for _ in range(2):
        told = environment(POSADA_DATA=str(new))
        ran = subprocess.run([sys.executable, "-c", "import posada.web.wsgi"], env=told, check=False)
        assert ran.returncode == 0
    assert not (new / "muted").exists()
    assert int(posada("audit", "verify", "--data", new).stdout) == entries + 1
    with sqlite3.connect(new / "office.sqlite3") as opened:
        assert opened.execute("SELECT is_muted FROM intake_programsettings").fetchall() == [(1,)]
    opened.close()


@pytest.mark.parametrize("cut", [0.5, 0.999])
def test_a_file_that_was_cut_short_is_refused(backed_up: Path, tmp_path: Path, cut: float) -> None:
    content = (backed_up / "office.backup").read_bytes()
    (tmp_path / "short").write_bytes(content[: int(len(content) * cut)])
    shutil.copy(backed_up / "office.backup.keys", tmp_path / "short.keys")
    ran = posada("restore", tmp_path / "short", "--data", tmp_path / "new")
    assert ran.returncode == 2
    assert "damaged" in ran.stderr or "ends too early" in ran.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("room", [2_000, 300_000], ids=["no file fits", "no database fits"])
def test_a_full_disk_is_said_and_nothing_of_it_is_kept(backed_up: Path, tmp_path: Path, room: int) -> None:
    # A file may grow so far and no further: to a program, what a full disk is.
    ran = subprocess.run(
        [*POSADA, "restore", str(backed_up / "office.backup"), "--data", str(tmp_path / "new")],
        env=environment(POSADA_DATABASE_URL=""),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "nothing of it is kept" in ran.stderr, ran.stderr
    assert not (tmp_path / "new").exists()
