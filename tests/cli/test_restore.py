"""`posada restore`: an identical office in a new folder."""

import shutil
from pathlib import Path

import pytest

from tests.served_office import posada


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
