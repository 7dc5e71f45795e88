"""A backup of the whole office in one encrypted file: every row, every document, every plan, and the public site.

Comes in: an office, which may be running. Goes out: one file, put in place when it is whole. Rows are those of one
instant (one read transaction); files are copied after it, and none is ever changed in place. The keys of the office
and of the public site are not in it, except in a demonstration. Archives that are shared with counsel are not in it
either: they lapse within two weeks, and can be made again from the documents.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_backup.py.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from posada import __version__
from posada.office.access.actor import machine
from posada.office.audit.chain import append
from posada.web.apart import newsroom_of
from posada.web.deployment import KEY_FILE
from posada.web.operating.demonstration_accounts import ACCOUNTS_FILE
from posada.web.operating.entries import write_entry
from posada.web.operating.newsroom_copied import PUBLIC, told_by
from posada.web.operating.rows import Tally, blocks_of, kept_models, one_instant
from posada.web.operating.sealed_file import SealedWriter

MANIFEST = "manifest"
FOLDERS = ("documents", "plans")
OF_A_DEMONSTRATION = (KEY_FILE, ACCOUNTS_FILE)
READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    rows: int
    files: int
    size: int  # bytes


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
    finally:
        staged.unlink(missing_ok=True)
    return Backup(*counts, size)


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


def applied_migrations() -> list[str]:
    """Which changes of tables the database has, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _header() -> dict[str, Any]:
    deployment = settings.DEPLOYMENT
    return {
        "version": __version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "demonstration": deployment.demonstration,
        "sealing_keys": list(deployment.keys.sealing_names),
    }


def _write_all(writer: SealedWriter, *, tell: Callable[[str], None]) -> tuple[int, int]:
    tables: dict[str, Any] = {}
    with one_instant():
        migrations = applied_migrations()
        for model in kept_models():
            label = model._meta.label_lower
            tell(f"Writing {label}")
            tally = Tally()
            write_entry(writer.write, f"table/{label}", blocks_of(model, tally))
            tables[label] = tally.told
    tell("Writing documents and plans")
    files = {}
    for name, path in _files():
        digest = hashlib.sha256()
        write_entry(writer.write, f"file/{name}", _blocks(path, digest))
        files[name] = digest.hexdigest()
    manifest = {
        "tables": tables,
        "files": files,
        "migrations": migrations,
        "public": _public_site(writer, tell),
    }
    write_entry(writer.write, MANIFEST, [json.dumps(manifest, sort_keys=True).encode()])
    return sum(count for count, _ in tables.values()), len(files)


def _public_site(writer: SealedWriter, tell: Callable[[str], None]) -> bool:
    """The public site beside the office, told by a process of its own that is given nothing of the office."""
    newsroom = newsroom_of(Path(settings.DEPLOYMENT.folder))
    if newsroom is None:
        return False
    tell("Writing the public site")
    for name, blocks in told_by(newsroom):
        write_entry(writer.write, f"{PUBLIC}/{name}", blocks)
    return True


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.DEPLOYMENT.folder)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path
    if settings.DEPLOYMENT.demonstration:
        for name in OF_A_DEMONSTRATION:
            if (root / name).is_file():
                yield name, root / name


def _blocks(path: Path, digest: Any) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(READ_BYTES):
            digest.update(block)
            yield block
