"""Brings an office back from a backup: into an empty place, compared row for row and file for file, and muted.

Comes in: the file and both halves of its key. Goes out: an identical office that sends nothing until somebody says
that it is now the live one. The whole file is read and found whole before anything is written.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_restore.py.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

from posada.office.access.actor import machine
from posada.office.access.models import User
from posada.office.audit.chain import append
from posada.office.desk.models import Mail
from posada.office.intake.models import ProgramSettings
from posada.web.operating.backup import FOLDERS, MANIFEST, OF_A_DEMONSTRATION, applied_migrations
from posada.web.operating.entries import NotReadableEntry, read_entries
from posada.web.operating.newsroom_copied import PUBLIC, restore_newsroom
from posada.web.operating.rows import empty_tables, keys_held_back, reset_counters, tallies, write_rows
from posada.web.operating.sealed_file import NotWhole, read_header, read_sealed

Halves = tuple[str, str]


class CannotRestore(Exception):
    """The backup cannot be brought back here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back and compared."""

    rows: int
    files: int
    made_at: str


def header_of(file: Path) -> dict[str, Any]:
    """The first line of a backup: when and by which version it was made. Raises NotWhole."""
    with file.open("rb") as opened:
        return read_header(opened)[0]


def check_whole(file: Path, *, halves: Halves) -> dict[str, Any]:
    """Read a backup to its end without writing anything. Returns its manifest. Raises NotWhole, WrongKeys."""
    manifest: dict[str, Any] = {}
    for name, blocks in _entries(file, halves=halves):
        if name == MANIFEST:
            manifest = json.loads(b"".join(blocks))
    if not manifest:
        raise NotWhole("The backup has no manifest.")
    return manifest


def restore(file: Path, *, halves: Halves, tell: Callable[[str], None]) -> Restored:
    """Fill the empty office for which Django is set up from a backup that was found whole.

    Raises CannotRestore; the database is then as it was.
    """
    header, manifest = header_of(file), check_whole(file, halves=halves)
    _must_fit(header, manifest)
    with transaction.atomic(), keys_held_back():
        empty_tables()
        for name, blocks in _entries(file, halves=halves):
            kind, _, rest = name.partition("/")
            if kind == "table":
                tell(f"Restoring {rest}")
                write_rows(apps.get_model(rest), blocks)
            elif kind == "file" and rest not in OF_A_DEMONSTRATION:
                _write_file(rest, blocks)
        reset_counters()
        tell("Comparing every row and file")
        _compare(manifest)
        _mute(header)
        if manifest.get(
            "public"
        ):  # inside: where it cannot be filled, the office stays empty and can be tried again
            tell("Restoring the public site")
            restore_newsroom(_public_entries(file, halves=halves))
    rows = sum(count for count, _ in manifest["tables"].values())
    return Restored(rows, len(manifest["files"]), str(header["made_at"]))


def _entries(file: Path, *, halves: Halves) -> Iterator[tuple[str, Iterator[bytes]]]:
    with file.open("rb") as opened:
        try:
            yield from read_entries(read_sealed(opened, halves=halves))
        except NotReadableEntry as error:
            raise NotWhole(f"The backup is damaged: {error}.") from None


def _public_entries(file: Path, *, halves: Halves) -> Iterator[tuple[str, Iterator[bytes]]]:
    for name, blocks in _entries(file, halves=halves):
        kind, _, rest = name.partition("/")
        if kind == PUBLIC:
            yield rest, blocks


def _must_fit(header: dict[str, Any], manifest: dict[str, Any]) -> None:
    if User.objects.exists():
        raise CannotRestore("People live in this office already: restore into an empty place.")
    if manifest["migrations"] != applied_migrations():
        raise CannotRestore(
            f"The backup was made by version {header['version']} with other tables. "
            "Restore it with that version, then upgrade and run `posada init`."
        )
    here = frozenset(settings.DEPLOYMENT.keys.sealing_names)
    if not here.issuperset(header["sealing_keys"]):
        raise CannotRestore(
            "The keys of this place are not those of the backup: what is sealed could not be opened. "
            "Name the key file of the office that was backed up."
        )


def _write_file(name: str, blocks: Iterable[bytes]) -> None:
    root = Path(settings.DEPLOYMENT.folder)
    path = root / name
    if path.relative_to(root).parts[0] not in FOLDERS or ".." in path.parts:
        raise CannotRestore("The backup names a file outside its place.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _compare(manifest: dict[str, Any]) -> None:
    root = Path(settings.DEPLOYMENT.folder)
    found = tallies()
    other = [label for label, told in manifest["tables"].items() if found.get(label) != told]
    for name, wanted in manifest["files"].items():
        path = root / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            other.append(name)
    if other or found.keys() != manifest["tables"].keys():
        raise CannotRestore(f"What was restored is not what was backed up: {', '.join(other[:5])}.")


def _mute(header: dict[str, Any]) -> None:
    """A restored place sends nothing by itself, and what was waiting to be sent is held."""
    ProgramSettings.objects.update_or_create(pk=1, defaults={"is_muted": True})
    held = Mail.objects.filter(state=Mail.State.QUEUED).update(state=Mail.State.HELD)
    append(
        machine("posada restore"), "backup.restore", detail={"made_at": header["made_at"], "mails_held": held}
    )
