"""A backup of the whole office in one encrypted file: every row, every file, and the public site.

Comes in: an office, which may be running. Goes out: one file, put in place when it is whole. What the public site has
handed over is copied first, then the rows of one instant (one read transaction), then the other files, none of which
is ever changed in place: what moves from one to the other meanwhile is there twice rather than not at all. The keys
of the office and of the public site are not in it, except in a demonstration; what is left out is named.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_backup.py.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from posada import __version__
from posada.down_to_disk import sync_folder
from posada.office.access.actor import machine
from posada.office.audit.chain import append
from posada.web.apart import FOLDER as NEWSROOM
from posada.web.apart import newsroom_of
from posada.web.operating.entries import write_entry
from posada.web.operating.kept_files import blocks_of_file, files_of, secrets_beside
from posada.web.operating.newsroom_copied import PUBLIC, told_by
from posada.web.operating.office_metrics import BACKUP_MADE
from posada.web.operating.sealed_file import SealedWriter
from posada.web.operating.whole_database import tell_rows, tell_shape
from posada.web.served_keys import RUN

MANIFEST, FILE = "manifest", "file"
FIRST = "exchange/"
"""Files that the office takes into its rows and then removes."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    rows: int
    files: int
    size: int  # bytes
    left_out: tuple[str, ...]  # secrets that stand in the folder, by name


def make_backup(out: Path, *, public: str, tell: Callable[[str], None]) -> Backup:
    """Write the backup of the office for which Django is set up.

    Raises OSError, WrongKeys, NewsroomNotPrepared; `out` is then as it was.
    """
    append(machine("posada backup"), "backup.make")
    _clear_what_was_killed(out)
    staged = out.with_name(f".{out.name}.{os.getpid()}")
    opened = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            writer = SealedWriter(file, header=_header(), public=public)
            counts = _write_all(writer, tell=tell)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        size = staged.stat().st_size
        staged.replace(out)
        sync_folder(out.parent)
        say_made(Path(settings.DEPLOYMENT.folder), at=timezone.now())
    finally:
        staged.unlink(missing_ok=True)
    return Backup(*counts, size, tuple(secrets_left_out()))


def say_made(folder: Path, *, at: datetime) -> None:
    """So that a monitor and the doctor know how old the last whole backup is, also after a restore."""
    run = folder / RUN
    run.mkdir(mode=0o700, exist_ok=True)
    (run / BACKUP_MADE).touch(mode=0o600)
    os.utime(run / BACKUP_MADE, (at.timestamp(), at.timestamp()))


def _clear_what_was_killed(out: Path) -> None:
    """Take away what a backup to the same file left when it was killed, and nothing of one that is running."""
    begins = f".{out.name}."
    for left in out.parent.iterdir():
        number = left.name.removeprefix(begins)
        if left.name.startswith(begins) and number.isdecimal() and not _is_running(int(number)):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _header() -> dict[str, Any]:
    deployment = settings.DEPLOYMENT
    return {
        "version": __version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "demonstration": deployment.demonstration,
        "sealing_keys": list(deployment.keys.sealing_names),
    }


def secrets_left_out() -> list[str]:
    """What a backup of this office does not hold and a person has to keep: none of a demonstration."""
    folder = Path(settings.DEPLOYMENT.folder)
    if settings.DEPLOYMENT.demonstration:
        return []
    return [*secrets_beside(folder), *(f"{NEWSROOM}/{name}" for name in secrets_beside(folder / NEWSROOM))]


def _write_all(writer: SealedWriter, *, tell: Callable[[str], None]) -> tuple[int, int]:
    schema = tell_shape(writer.write)
    files = _write_files(writer, those=lambda name: name.startswith(FIRST))
    manifest = tell_rows(writer.write, schema, tell=tell)
    tell("Writing files")
    files |= _write_files(writer, those=lambda name: not name.startswith(FIRST))
    manifest |= {"files": files, "public": _public_site(writer, tell)}
    write_entry(writer.write, MANIFEST, [json.dumps(manifest, sort_keys=True).encode()])
    return sum(count for count, _ in manifest["tables"].values()), len(files)


def _write_files(writer: SealedWriter, *, those: Callable[[str], bool]) -> dict[str, str]:
    """Name → digest of what was written."""
    kept = files_of(
        Path(settings.DEPLOYMENT.folder), without=(NEWSROOM,), with_secrets=settings.DEPLOYMENT.demonstration
    )
    digests = {}
    for name, path in kept:
        if not those(name):
            continue
        digest = hashlib.sha256()
        try:
            opened = path.open("rb")
        except FileNotFoundError:  # taken away since it was listed
            continue
        with opened:
            write_entry(writer.write, f"{FILE}/{name}", blocks_of_file(opened, digest))
        digests[name] = digest.hexdigest()
    return digests


def _public_site(writer: SealedWriter, tell: Callable[[str], None]) -> bool:
    """The public site beside the office, told by a process of its own that is given nothing of the office."""
    newsroom = newsroom_of(Path(settings.DEPLOYMENT.folder))
    if newsroom is None:
        return False
    tell("Writing the public site")
    for name, blocks in told_by(newsroom):
        write_entry(writer.write, f"{PUBLIC}/{name}", blocks)
    return True
