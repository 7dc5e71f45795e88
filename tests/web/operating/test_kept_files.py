"""Which files are kept: all of a folder but what is made anew, secret, half written, or a backup itself."""

import hashlib
from pathlib import Path

import pytest

from posada.web.operating.kept_files import (
    OutsideItsPlace,
    files_of,
    other_files,
    secrets_beside,
    write_file,
)

KEPT = ("accounts.json", "documents/ab", "exchange/to_public/figures.json", "my notes.txt", "run/serve.lock")
PASSED_OVER = (
    *("static/page.css", "newsroom/media/clip", "office.sqlite3", "office.sqlite3-wal", "run/worker.alive"),
    *("exchange/to_public/.figures.json.123", "documents/cd.part", "muted"),
    *("run/backup.made", "run/metrics/histogram_1.db"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*KEPT, *PASSED_OVER, "keys.toml", "push.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "old.backup").write_bytes(b'{"demonstration": true, "format": "posada-backup 2"}\n\x00\x01')
    (tmp_path / "old.backup.keys").write_text("two halves")
    (tmp_path / "elsewhere").symlink_to("/etc/hostname")
    return tmp_path


def named(folder: Path, *, with_secrets: bool) -> list[str]:
    return [name for name, _ in files_of(folder, without=("newsroom",), with_secrets=with_secrets)]


def test_everything_else_is_kept_by_name(folder: Path) -> None:
    assert named(folder, with_secrets=False) == sorted(KEPT)
    assert named(folder, with_secrets=True) == sorted([*KEPT, "keys.toml", "push.toml"])
    assert secrets_beside(folder) == ["keys.toml", "push.toml"]


def test_a_file_is_written_for_its_owner_alone_and_never_outside(tmp_path: Path) -> None:
    write_file(tmp_path, "deep/paper", [b"one", b"two"])
    assert (tmp_path / "deep" / "paper").read_bytes() == b"onetwo"
    assert (tmp_path / "deep" / "paper").stat().st_mode & 0o177 == 0
    with pytest.raises(FileExistsError):
        write_file(tmp_path, "deep/paper", [b"other"])
    for name in ("../outside", "/etc/outside", "deep/../../outside"):
        with pytest.raises(OutsideItsPlace):
            write_file(tmp_path, name, [b""])


def test_a_changed_or_missing_file_is_found(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    told = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("a", "b", "c")}
    assert other_files(tmp_path, told) == []
    (tmp_path / "b").write_text("B")
    (tmp_path / "c").unlink()
    assert other_files(tmp_path, told) == ["b", "c"]


def test_no_name_of_a_manifest_is_looked_up_outside(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("x")
    (tmp_path / "place").mkdir()
    for name in ("../outside", str(tmp_path / "outside"), "a/../../outside", "a\0b"):
        with pytest.raises(OutsideItsPlace):
            other_files(tmp_path / "place", {name: hashlib.sha256(b"x").hexdigest()})
        with pytest.raises(OutsideItsPlace):
            write_file(tmp_path / "place", name, [b""])
