"""Which files of a data folder go into a backup: all, but what is made anew, what is a secret, and what is a backup.

Comes in: a folder. Goes out: names and paths, and what was left out by name, so that a person is told. Written back
with the rights of their owner alone.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_kept_files.py.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from posada.programme.printable import shown

MADE_ANEW = ("static",)
"""Folders whose files the same version makes again, byte for byte."""
COUNTED = "run/metrics/"
"""Into these files a running process counts; they change at every moment."""
DATABASES = re.compile(r"^(office|newsroom)\.sqlite3(-wal|-shm|-journal)?$")
"""At the top of a folder: their rows are in the backup."""
PASSING = frozenset({"run/worker.alive", "run/backup.made", "muted"})
"""A running process says by them that it lives; a backup, that it was made; a copy, that it is one."""
SECRETS = frozenset({"keys.toml", "push.toml"})
"""At the top of a folder: kept elsewhere, unless all of it is a demonstration."""
UNFINISHED = re.compile(r"^(documents|shared)/[0-9a-f]+\.part$")
OUR_BACKUP = b'"format": "posada-backup '
READ_BYTES = 1 << 20


class OutsideItsPlace(Exception):
    """A backup names a file outside of the folder."""


def files_of(folder: Path, *, without: Iterable[str], with_secrets: bool) -> list[tuple[str, Path]]:
    """Name and path of each file that is kept, by name. `without`: folders at the top that others look after."""
    passed_over = {*MADE_ANEW, *without}
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.partition("/")[0] in passed_over or path.is_symlink() or not path.is_file():
            continue
        if DATABASES.match(name) or name in PASSING or COUNTED in name or _is_half_written(name):
            continue
        if (name in SECRETS and not with_secrets) or is_backup(path):
            continue
        found.append((name, path))
    return found


def secrets_beside(folder: Path) -> list[str]:
    """The secrets that stand in a folder, by name."""
    return sorted(name for name in SECRETS if (folder / name).is_file())


def is_backup(path: Path) -> bool:
    """Whether a file is a backup, or holds the halves of a demonstration's key beside one."""
    if path.suffix == ".keys" and path.with_suffix("").is_file():
        path = path.with_suffix("")
    try:
        with path.open("rb") as file:
            return OUR_BACKUP in file.readline(2_000)
    except OSError:
        return False


def blocks_of_file(file: BinaryIO, digest: Any) -> Iterator[bytes]:
    """A file in pieces of at most 1 MiB, told to a digest on their way."""
    while block := file.read(READ_BYTES):
        digest.update(block)
        yield block


def write_file(folder: Path, name: str, blocks: Iterable[bytes], *, replace: bool = False) -> None:
    """Write one file for its owner's eyes only. Raises OutsideItsPlace, OSError."""
    path = _within(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    how = os.O_TRUNC if replace else os.O_EXCL
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        for block in blocks:
            file.write(block)


def other_files(folder: Path, told: dict[str, str]) -> list[str]:
    """Names of files that are not as the manifest says. All of them are on the disk then. Raises OutsideItsPlace."""
    paths = {name: _within(folder, name) for name in told}
    os.sync()
    return [name for name, wanted in told.items() if _digest(paths[name]) != wanted]


def _within(folder: Path, name: str) -> Path:
    """The path of a name that a backup gives. Links in it are the operator's own: a backup brings none."""
    if "\0" in name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise OutsideItsPlace(shown(name))
    return folder / name


def _is_half_written(name: str) -> bool:
    """Whether it has not been put in its place yet: figures and letters, documents and shared archives."""
    last = name.rpartition("/")[2]
    return bool(re.match(r"^\..*\.\d+$", last)) or bool(UNFINISHED.match(name))


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
