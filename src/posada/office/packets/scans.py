"""Many scans dropped into a packet at once: each through the door of the file, and each behind a tab of its own.

Comes in: uploaded files, of which each is judged by itself. Goes out: what was kept, and what was not, by its name:
the name is told to who sent it and kept nowhere, unless the person asks for titles from names.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_scans.py.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from posada.office.access.actor import Actor
from posada.office.casefile.content_type import MOST_BYTES
from posada.office.casefile.documents import WHY, NewDocument, add_document
from posada.office.casefile.models import Document
from posada.office.packets import services
from posada.office.packets.models import Exhibit, Packet
from posada.office.packets.selectors import papers_of
from posada.office.refusals import FieldsRefused, Refusal

MOST_AT_ONCE = 20


@dataclass(slots=True)
class Brought:
    """What came of the files. `refused`: (name as sent, why); `again`: names of files that stood there before."""

    kept: list[Exhibit] = field(default_factory=list)
    refused: list[tuple[str, Any]] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


def add_scans(
    actor: Actor,
    packet: Packet,
    files: Iterable[UploadedFile],
    *,
    language: str,
    named_by_files: bool = False,
) -> Brought:
    """Keep each good file in the child's file and put it behind a tab. Raises FiledAlready, Refusal, NotThere."""
    sent = list(files)
    if not sent:
        raise Refusal(_("Choose at least one file."), code="no_files")
    if len(sent) > MOST_AT_ONCE:
        raise Refusal(_("Send at most 20 files at once."), code="too_many_files")
    services.add_exhibits(actor, packet, [])  # whether it may be changed at all
    known = dict(papers_of(actor, packet).filter(child=packet.child).values_list("digest", "pk"))
    found, number = Brought(), packet.exhibits.count()
    for each in sent:
        number += 1
        title = title_from(each.name or "") if named_by_files else ""
        title = title or _("Scan %(n)s") % {"n": number}
        _one(actor, packet, each, found, title=title, language=language, known=known)
    return found


def _one(
    actor: Actor,
    packet: Packet,
    file: UploadedFile,
    found: Brought,
    *,
    title: str,
    language: str,
    known: dict[str, Any],
) -> None:
    name = PurePath((file.name or "?").replace("\\", "/")).name[:120]
    try:
        if (file.size or 0) > MOST_BYTES:
            raise FieldsRefused({"file": WHY["too_large"]})
        content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        if digest in known:
            paper = Document.objects.get(pk=known[digest])
        else:
            new = NewDocument(content, "other", title, language, child=packet.child)
            paper = add_document(actor, new)
            known[digest] = paper.pk
        made = services.add_exhibits(actor, packet, [paper])
    except FieldsRefused as refused:
        found.refused.append((name, next(iter(refused.faults.values()))))
    except Refusal as refused:
        if refused.status in (404, 409):
            raise
        found.refused.append((name, refused.message))
    else:
        found.kept += made
        if not made:
            found.again.append(name)


def title_from(name: str) -> str:
    """A title out of the name of a file: its words, without the ending.

    >>> title_from("birth_certificate-2014.scan.PDF")
    'birth certificate 2014.scan'
    """
    stem = PurePath(name.replace("\\", "/")).stem
    return " ".join(stem.replace("_", " ").replace("-", " ").split())[:160]
