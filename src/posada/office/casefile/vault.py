"""Sealed files on the disk: written whole or not at all, under names that say nothing, outside the web root.

Comes in: bytes. Goes out: an opaque name. Nothing here knows whom a file is about.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_vault.py.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from posada.down_to_disk import sync_folder
from posada.office.access.sealed_secret import open_bytes, seal_again, seal_bytes, sealed_by
from posada.office.refusals import Refusal

NAME = re.compile(r"[0-9a-f]{64}")
UNFINISHED = ".part"
_NOT_WRITTEN = _("The file could not be written: the disk is full or can’t be written to.")
_CANNOT_READ = _("This file can’t be read. Tell your administrator; nothing was changed.")


class FileUnreadable(Refusal):
    """The sealed file is gone, was changed, or its key is."""

    code = "file_unreadable"
    status = 503


class DiskFull(Refusal):
    """The file could not be written whole; nothing of it is kept."""

    code = "disk_full"
    status = 503


def folder() -> Path:
    """Where documents lie."""
    return Path(settings.MEDIA_ROOT)


def put_away(content: bytes) -> str:
    """Seal bytes and write them whole, down to the disk; returns the opaque name. Raises DiskFull."""
    name = secrets.token_hex(32)
    part = folder() / (name + UNFINISHED)
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(seal_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        part.rename(folder() / name)
        _sync_folder()
    except OSError:
        with suppress(OSError):  # the folder itself may be gone
            part.unlink(missing_ok=True)
        raise DiskFull(_NOT_WRITTEN) from None
    return name


def take_out(name: str) -> bytes:
    """The bytes under a name. Raises FileUnreadable."""
    try:
        return open_bytes(path_of(name).read_bytes())
    except (OSError, InvalidToken, ValueError):
        raise FileUnreadable(_CANNOT_READ) from None


def throw_out(name: str) -> None:
    """Take a file away that no row names; one that is being sealed again waits, and is not put back afterwards."""
    with _alone_with(path_of(name)):
        path_of(name).unlink(missing_ok=True)


def seal_file_again(name: str, *, newest: str) -> bool:
    """Seal a file with the newest key, whose number is given; put in place whole: readers have one or the other.

    Whether there was anything to do; a file that is gone meanwhile stays gone. Raises FileUnreadable, DiskFull.
    """
    path, part = path_of(name), folder() / (name + UNFINISHED)
    with _alone_with(path) as is_there:
        if not is_there:
            return False
        try:
            hidden = path.read_bytes()
            if sealed_by(hidden) == newest:
                return False
            again = seal_again(hidden)
        except (OSError, InvalidToken):
            raise FileUnreadable(_CANNOT_READ) from None
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(again)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
            _sync_folder()
        except OSError:
            part.unlink(missing_ok=True)
            raise DiskFull(_NOT_WRITTEN) from None
    return True


def sealed_by_key(name: str) -> str | None:
    """The number of the key that sealed a file; empty: none that is known. None: the file is gone."""
    try:
        return sealed_by(path_of(name).read_bytes())
    except OSError:
        return None


def path_of(name: str) -> Path:
    """Where a file lies. Raises ValueError for anything but a name that `put_away` gave."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a stored file")
    return folder() / name


def stored_names() -> Iterator[tuple[str, float]]:
    """Name and time of change (seconds since 1970) of every file, unfinished ones with their ending."""
    if not folder().is_dir():
        return
    with os.scandir(folder()) as found:
        for each in found:
            if NAME.fullmatch(each.name.removesuffix(UNFINISHED)) and each.is_file(follow_symlinks=False):
                yield each.name, each.stat(follow_symlinks=False).st_mtime


@contextmanager
def _alone_with(path: Path) -> Iterator[bool]:
    """Whoever puts another file under a name, or takes it away, does so alone. Gives whether it is there."""
    while True:
        try:
            opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            yield False
            return
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            if not _is_still(opened, path):  # another lies there since
                continue
            yield True
            return
        finally:
            os.close(opened)


def _is_still(opened: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(opened), path.lstat())
    except FileNotFoundError:
        return False


def _sync_folder() -> None:
    sync_folder(folder())
