"""How far a running import has come, in a small file beside the data: a database that is being written shows nothing.

Counts and file names only. Tests: tests/office/intake/test_progress.py.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

STALLED_AFTER = 120  # seconds without a word


@dataclass(frozen=True, slots=True)
class Progress:
    """`step`: the file that is being worked on; `done` of `total` rows; `at`: seconds since 1970."""

    step: str = ""
    done: int = 0
    total: int = 0
    at: float = 0.0

    @property
    def has_stalled(self) -> bool:
        """Whether nothing was heard for so long that whoever was at it has gone."""
        return time.time() - self.at > STALLED_AFTER


def note(pk: UUID, step: str, done: int, total: int) -> None:
    """Say how far it has come. A disk that refuses stops nothing."""
    path = _path(pk)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        staged = path.with_suffix(f".{os.getpid()}")
        staged.write_text(json.dumps(asdict(Progress(step, done, total, time.time()))), encoding="utf-8")
        staged.replace(path)
    except OSError:
        return


def read(pk: UUID) -> Progress:
    """How far it has come; all empty if nothing was noted."""
    try:
        return Progress(**json.loads(_path(pk).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def forget(pk: UUID) -> None:
    """It is over."""
    _path(pk).unlink(missing_ok=True)


def _path(pk: UUID) -> Path:
    folder: Path = settings.DEPLOYMENT.folder / "imports"
    return folder / f"{UUID(str(pk)).hex}.json"
