"""Brings an office back from a backup: into an empty place, compared row for row and file for file, and muted.

Comes in: the file and both halves of its key. Goes out: an office whose every table and file is as it was backed up,
with a mark beside them by which its first process falls silent (restored.py). The whole file is read and found whole
before anything is written.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_restore.py.
"""

import json
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from posada.office.access.models import User
from posada.web.deployment import DEPLOYMENT_FILE, KEY_FILE
from posada.web.operating.backup import FILE, MANIFEST, say_made
from posada.web.operating.demonstration_accounts import ACCOUNTS_FILE
from posada.web.operating.entries import NotReadableEntry, read_entries
from posada.web.operating.kept_files import OutsideItsPlace, other_files, write_file
from posada.web.operating.newsroom_copied import PUBLIC, restore_newsroom
from posada.web.operating.restored import mark
from posada.web.operating.rows import tables_of
from posada.web.operating.sealed_file import NotWhole, read_header, read_sealed
from posada.web.operating.whole_database import (
    DATABASE,
    ROWS,
    NotTheSame,
    OtherTables,
    filling,
    must_be_of_this_version,
)

SAID_OF_A_DISK = ("database or disk is full", "disk I/O error")
Halves = tuple[str, str]
MADE_BEFORE = (DEPLOYMENT_FILE, KEY_FILE, ACCOUNTS_FILE)
"""Files that have to be there before Django can be set up."""
BESIDE = ".moved.sqlite3"
"""A file of the data folder, there for the time of moving from SQLite to PostgreSQL."""


class CannotRestore(Exception):
    """The backup cannot be brought back here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back and compared; `left_as_made`: files of the backup that this place has of its own."""

    rows: int
    files: int
    made_at: str
    left_as_made: tuple[str, ...] = ()


def header_of(file: Path) -> dict[str, Any]:
    """The first line of a backup: when and by which version it was made. Raises NotWhole."""
    with file.open("rb") as opened:
        return read_header(opened)[0]


def check_whole(file: Path, *, halves: Halves) -> dict[str, Any]:
    """Read a backup to its end without writing anything. Returns its manifest. Raises NotWhole, WrongKeys."""
    manifest: dict[str, Any] = {}
    for name, blocks in entries_of(file, halves=halves):
        if name == MANIFEST:
            manifest = json.loads(b"".join(blocks))
    if not manifest:
        raise NotWhole("The backup has no manifest.")
    return manifest


def entries_of(file: Path, *, halves: Halves) -> Iterator[tuple[str, Iterator[bytes]]]:
    """What stands in a backup, in order. Raises NotWhole, WrongKeys."""
    with file.open("rb") as opened:
        try:
            yield from read_entries(read_sealed(opened, halves=halves))
        except NotReadableEntry as error:
            raise NotWhole(f"The backup is damaged: {error}.") from None


def restore(
    file: Path, *, halves: Halves, tell: Callable[[str], None], manifest: dict[str, Any] | None = None
) -> Restored:
    """Fill the empty office for which Django is set up. `manifest`: of a backup that was found whole already.

    Raises CannotRestore, NotWhole, WrongKeys; no row is in the database then.
    """
    header, manifest = header_of(file), manifest or check_whole(file, halves=halves)
    _must_fit(header, manifest)
    try:
        left = _fill(file, halves=halves, manifest=manifest, tell=tell)
    except (NotTheSame, OutsideItsPlace) as error:
        raise CannotRestore(f"The backup cannot be brought back as it was: {error}.") from None
    except (OSError, sqlite3.Error, DatabaseError) as error:
        reason = error.strerror if isinstance(error, OSError) else _in_short(error)
        raise CannotRestore(
            f"It could not be written whole ({reason}), and nothing of it is kept. Make room and try again."
        ) from error
    mark(Path(settings.DEPLOYMENT.folder), made_at=str(header["made_at"]))
    say_made(Path(settings.DEPLOYMENT.folder), at=datetime.fromisoformat(str(header["made_at"])))
    rows = sum(count for count, _ in manifest["tables"].values())
    return Restored(rows, len(manifest["files"]) - len(left), str(header["made_at"]), tuple(left))


def _fill(file: Path, *, halves: Halves, manifest: dict[str, Any], tell: Callable[[str], None]) -> list[str]:
    """Bring back all of it. Returns the names of files that were left as this place has them."""
    folder, left = Path(settings.DEPLOYMENT.folder), []
    entries = entries_of(file, halves=halves)
    shape = next((b"".join(blocks) for name, blocks in entries if name == DATABASE), b"")
    with filling(shape, beside=folder / BESIDE) as database:
        for name, blocks in entries:
            kind, _, rest = name.partition("/")
            if kind == ROWS:
                tell(f"Restoring {rest}")
                database.take(rest, blocks)
            elif kind == FILE and not _bring_file(folder, rest, blocks):
                left.append(rest)
        tell("Comparing every row and file")
        database.compare(manifest)
        other = other_files(
            folder, {name: told for name, told in manifest["files"].items() if name not in left}
        )
        if other:
            raise NotTheSame(f"what was restored is not what was backed up: {', '.join(other[:5])}")
        if manifest[
            "public"
        ]:  # inside: where it cannot be filled, the office stays empty and can be tried again
            tell("Restoring the public site")
            restore_newsroom(_public_entries(file, halves=halves))
    return left


def _in_short(error: Exception) -> str:
    """What a database says where it cannot write; a longer message may hold what stood in a row."""
    said = str(error)
    return said if said in SAID_OF_A_DISK else type(error).__name__


def _public_entries(file: Path, *, halves: Halves) -> Iterator[tuple[str, Iterator[bytes]]]:
    for name, blocks in entries_of(file, halves=halves):
        kind, _, rest = name.partition("/")
        if kind == PUBLIC:
            yield rest, blocks


def _must_fit(header: dict[str, Any], manifest: dict[str, Any]) -> None:
    if User._meta.db_table in tables_of(DEFAULT_DB_ALIAS) and User.objects.exists():
        raise CannotRestore("People live in this office already: restore into an empty place.")
    try:
        must_be_of_this_version(manifest["migrations"])
    except OtherTables:
        raise CannotRestore(
            f"The backup was made by version {header['version']} with other tables. "
            "Restore it with that version, then upgrade and run `posada init`."
        ) from None
    here = frozenset(settings.DEPLOYMENT.keys.sealing_names)
    if not here.issuperset(header["sealing_keys"]):
        raise CannotRestore(
            "The keys of this place are not those of the backup: what is sealed could not be opened. "
            "Name the key file of the office that was backed up."
        )


def _bring_file(folder: Path, name: str, blocks: Iterable[bytes]) -> bool:
    """Write one file. False: it describes another database than the one of this place, and is left as it is here."""
    if name == DEPLOYMENT_FILE and (folder / name).is_file():
        content = b"".join(blocks)
        if _database_in(content) != _database_in((folder / name).read_bytes()):
            return False
        blocks = [content]
    write_file(folder, name, blocks, replace=name in MADE_BEFORE)
    return True


def _database_in(described: bytes) -> str:
    return str(tomllib.loads(described.decode()).get("database_url", ""))
