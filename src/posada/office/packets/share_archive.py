"""The case of one child as a zip under AES-256 that ordinary programs open; names in it say nothing of a person.

Comes in: the documents that are shared, who asked, and the code. Goes out: the archive as a file beside the
documents, never written unencrypted. `start-here.html` in it names the papers, the dates and the remedies.
Source: WinZip AE-2, by pyzipper. Docs: docs/how-to/share-a-case.md.
Tests: tests/office/packets/test_share_archive.py.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from posada.down_to_disk import sync_folder
from posada.office.access.actor import Actor
from posada.office.casefile.content_type import KINDS
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document
from posada.office.casefile.vault import NAME
from posada.office.day import today
from posada.office.docket.child_docket import docket_of
from posada.office.docket.hearings import spoken
from posada.office.docket.register import statement_of
from posada.office.docket.remedy_words import fact_words
from posada.office.intake.models import Child

START = "start-here.html"


@dataclass(frozen=True, slots=True)
class Archive:
    """What was written: its opaque name, SHA-256 and size in bytes."""

    name: str
    digest: str
    size: int


def folder() -> Path:
    """Where archives lie until they lapse; a backup holds them too, each still locked by its code."""
    return Path(settings.MEDIA_ROOT).parent / "shared"


def write_archive(actor: Actor, child: Child, papers: Sequence[Document], *, code: str) -> Archive:
    """Write the archive. Raises FileUnreadable, OSError; then nothing is left."""
    import pyzipper

    name = secrets.token_hex(32)
    part = folder() / f"{name}.part"
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        opened = os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        with opened:
            with pyzipper.AESZipFile(
                opened, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
            ) as archive:
                archive.setpassword(code.encode())
                archive.setencryption(pyzipper.WZ_AES, nbits=256)
                for inside, content in _files(actor, child, papers):
                    archive.writestr(inside, content)
            opened.flush()
            os.fsync(opened.fileno())
        digest, size = _digest(part), part.stat().st_size
        part.rename(folder() / name)
        sync_folder(folder())
        sync_folder(folder().parent)  # the first archive makes the folder
    finally:
        part.unlink(missing_ok=True)
    return Archive(name, digest, size)


def path_of(name: str) -> Path:
    """Where an archive lies. Raises ValueError for anything but a name that `write_archive` gave."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of an archive")
    return folder() / name


def throw_out(name: str) -> None:
    """Take an archive away."""
    if name:
        path_of(name).unlink(missing_ok=True)


def _files(actor: Actor, child: Child, papers: Sequence[Document]) -> Iterator[tuple[str, bytes]]:
    named = [(inside_name(number, each), each) for number, each in enumerate(papers, 1)]
    yield START, start_page(actor, child, named).encode()
    for inside, paper in named:
        yield inside, open_document(actor, paper)


def inside_name(number: int, paper: Document) -> str:
    """The name of a paper in the archive: its place and its kind of file."""
    return f"papers/{number:03}.{KINDS[paper.content_type].ending}"


def start_page(actor: Actor, child: Child, named: Sequence[tuple[str, Any]]) -> str:
    """What the archive holds, the dates with their rules, and the statement of remedies, as one page."""
    docket = docket_of(actor, child)
    lines = [
        (line, [(fact_words(name), value) for name, value in line.facts])
        for line in statement_of(child, language=spoken())
    ]
    shown = {"child": child, "named": named, "docket": docket, "lines": lines, "today": today()}
    return render_to_string("packets/start_here.html", shown)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
