"""Find a file that packet.toml names: inside the folder, a plain file, not empty, not too large.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

import ntpath
import os
import posixpath
import stat
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

from posada.packets.packet import Source

LARGEST_FILE_BYTES = 1_000_000_000
"""Of one file of an exhibit."""


class NotUsable(Exception):  # noqa: N818
    """A file cannot be used; the message is the reason, to be read after the file's name."""

    def __init__(self, reason: str, *, page: int | None = None) -> None:
        self.reason, self.page = reason, page
        super().__init__(reason)


def located(folder: Path, name: str) -> Source:
    """The file of this name. Raises NotUsable if it is missing, outside of the folder, or no plain file.

    Names are compared as people see them: an accent may be one character on one system and two on another.
    """
    pure, windows = PurePosixPath(posixpath.normpath(name)), PureWindowsPath(ntpath.normpath(name))
    leads_out = ".." in pure.parts or ".." in windows.parts
    if "\0" in name or leads_out or pure.is_absolute() or windows.drive or windows.root:
        raise NotUsable("it lies outside the packet's folder; put the file into the folder")
    try:
        path = _as_seen(folder, pure)
        inside = path.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotUsable("there is no such file in the packet's folder") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise NotUsable(f"it cannot be read ({getattr(error, 'strerror', None) or 'bad name'})") from None
    if not inside:
        raise NotUsable(
            "it lies outside the packet's folder (a link leads there); put a copy into the folder"
        )
    if not stat.S_ISREG(facts.st_mode):
        raise NotUsable("it is a folder or a device, not a file")
    if facts.st_size == 0:
        raise NotUsable("it is empty (0 bytes)")
    if facts.st_size > LARGEST_FILE_BYTES:
        raise NotUsable(f"it is larger than {LARGEST_FILE_BYTES // 1_000_000:,} MB")
    if not os.access(path, os.R_OK):
        raise NotUsable("it cannot be read (permission denied)")
    return Source(name, path)


def _as_seen(folder: Path, pure: PurePosixPath) -> Path:
    path = folder
    for part in pure.parts:
        exact = path / part
        if not os.path.lexists(exact):
            wanted = unicodedata.normalize("NFC", part)
            alike = sorted(each.name for each in path.iterdir() if _nfc(each.name) == wanted)
            exact = path / alike[0] if alike else exact
        path = exact
    return path


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
