"""A new name, a changed one and one that was taken away stand on the disk once their folder was synced, not before.

Comes in: a folder, or a text and its place. Without it a power cut may bring back what was taken away, and lose the
name of a file that was itself synced.
Docs: docs/explanation/promises.md. Tests: tests/test_down_to_disk.py,
tests/promises/test_02b_a_power_cut_loses_nothing.py.
"""

import errno
import os
from pathlib import Path

CANNOT = {errno.EINVAL, errno.ENOTSUP}
"""What a file system says that cannot sync a folder, as some of a network cannot; more is not to be had there."""


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder stand on the disk. Raises OSError where the disk fails."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
    finally:
        os.close(opened)


def write_whole(path: Path, text: str) -> None:
    """Put a file of mode 0600 in the place of the one that is there, down to the disk. Raises OSError."""
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
