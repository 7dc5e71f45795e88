"""The file that holds a deployment's keys: looked at again when it changes, and given another list of sealing keys.

Comes in: the path of a key file (TOML, mode 0600). Goes out: its sealing keys as they are now, so that a process that
runs knows a new key before anything is sealed with it; and the same file with another list, put in place whole.
Docs: docs/how-to/change-keys.md. Tests: tests/web/test_key_file.py.
"""

import contextlib
import os
import re
import tomllib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

from posada.down_to_disk import sync_folder

SEALING = "sealing_keys"
KEY_BYTES = 32
_LINE = re.compile(rf"^{SEALING}[ \t]*=[ \t]*(\[.*?\]|\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE | re.DOTALL)
_Stamp = tuple[int, int, int]


class KeysNotWritten(Exception):
    """The key file stays as it was; the message says why, and what to do by hand."""


class KeyFile:
    """A key file as a running process knows it.

    A key that was taken out of the file goes on opening here until the process ends: what was read a moment before
    is never lost to a reader. It seals nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: tuple[bytes, ...] = ()
        self._stamp = _stamp(path)

    def sealing(self, at_start: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """The sealing keys, newest first. `at_start`: what this process read when it began.

        A file that is gone or cannot be understood at this moment changes nothing.
        """
        known, stamp = self._known or at_start, _stamp(self.path)
        if stamp is None or stamp == self._stamp:
            return known
        try:
            fresh = sealing_in(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return known
        now = (*fresh, *(key for key in known if key not in fresh))
        self._known, self._stamp = (
            now,
            stamp,
        )  # of two threads the later may bring the older back; its stamp tells
        return now


def decoded(text: str) -> bytes:
    """A key of 32 bytes from base64. Raises ValueError."""
    read = urlsafe_b64decode(text.encode())
    if len(read) != KEY_BYTES:
        raise ValueError(f"not {KEY_BYTES} bytes")
    return read


def encoded(key: bytes) -> str:
    """A key in base64, as key files and the environment have it."""
    return urlsafe_b64encode(key).decode()


def sealing_in(text: str) -> tuple[bytes, ...]:
    """The sealing keys of a key file, newest first. Raises ValueError where there is none, or one is no key."""
    said = tomllib.loads(text).get(SEALING)
    keys = tuple(decoded(str(each)) for each in (said if isinstance(said, list) else [said or ""]))
    if not keys:
        raise ValueError("no sealing key")
    return keys


def with_sealing(text: str, keys: Sequence[bytes]) -> str:
    """The text of a key file with another list of sealing keys; all else stays. Raises KeysNotWritten."""
    listed = ", ".join(f'"{encoded(key)}"' for key in keys)
    changed, count = _LINE.subn(lambda _: f"{SEALING} = [{listed}]", text)
    try:
        before, after = tomllib.loads(text), tomllib.loads(changed)
        is_right = count == 1 and sealing_in(changed) == tuple(keys)
    except ValueError:
        is_right = False
    if not is_right or {**before, SEALING: None} != {**after, SEALING: None}:
        raise KeysNotWritten("The list of sealing keys was not found in the key file: change it by hand.")
    return changed


def replace_sealing(path: Path, keys: Sequence[bytes]) -> None:
    """Put a key file with another list in the place of this one, whole, of the same owner, mode 0600.

    Raises KeysNotWritten; then the file is as it was.
    """
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        text, owner = with_sealing(path.read_text(encoding="utf-8"), keys), path.stat()
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            if os.geteuid() == 0:
                os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)
        raise KeysNotWritten(
            f"{path} could not be written ({error.strerror}). Run this as who may write it and its folder."
        ) from None


def write_apart(path: Path, text: str) -> None:
    """A new file of mode 0600, down to the disk. Raises KeysNotWritten where one is there or it cannot be written."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise KeysNotWritten(
            f"{path} could not be written ({error.strerror}). Choose another file."
        ) from None


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
