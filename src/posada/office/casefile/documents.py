"""Documents: taken by content, sealed, and given out through a door alone; no file without a row, nor a row without.

The file is written first, down to the disk; then the row, in one transaction with its history and its entry in
the log. What a crash leaves between the two is a file without a row, which `documents_adrift` finds.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_documents.py.
"""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor, machine
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, save_new
from posada.office.casefile import vault
from posada.office.casefile.content_type import KINDS, PDF, FileKind, FileNotTaken, kind_of
from posada.office.casefile.kinds import DOCUMENT_KINDS, IDENTITY_PAPERS
from posada.office.casefile.models import Document
from posada.office.casefile.scanner import scan
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.refusals import FieldsRefused, NotThere, Refusal

ADDS_TO_CHILD = (
    *(Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR, Role.ATTORNEY),
    Role.PROGRAM_DIRECTOR,
)
ADDS_TO_HOME = (Role.LICENSING_WORKER,)
MOST_MADE = 150_000_000  # bytes of one file that the office itself made
MADE_HERE = "made_here"  # in place of what a scanner said
STILL_ARRIVING = 3_600  # seconds in which a file without a row may be an upload under way
WHY = {
    "empty_file": _("The file is empty."),
    "too_large": _("The file is larger than 25 MB. Scan it in fewer colors or in parts."),
    "unknown_kind": _("This is no PDF, JPEG, PNG, TIFF or HEIC file, whatever its name says."),
    "cut_short": _("The end of this file is missing. Send it again."),
}


class SamePerson(Refusal):
    """A paper is looked at by somebody other than who brought it."""

    code = "same_person"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What a person brings. Exactly one of `child` and `home`, which came from a door of this person."""

    content: bytes
    kind: str
    title: str
    language: str = ""
    child: Child | None = None
    home: Home | None = None


def add_document(actor: Actor, brought: NewDocument) -> Document:
    """Keep a document. Raises FieldsRefused, Infected, ScannerDown, DiskFull, NotThere; then nothing is kept."""
    _may_add(actor, brought)
    if brought.kind not in DOCUMENT_KINDS:
        raise FieldsRefused({"kind": _("Choose what it is.")})
    kind = _kind(brought.content)
    scanned = scan(brought.content)
    name = vault.put_away(brought.content)
    try:
        return _write_row(actor, brought, kind=kind, scanned=scanned, name=name)
    except Exception:
        vault.throw_out(name)
        raise


def keep_made(actor: Actor, child: Child, content: bytes, *, kind: str, title: str) -> Document:
    """Keep a PDF that the office itself made for a person. Raises FieldsRefused (too large), DiskFull, NotThere."""
    brought = NewDocument(content, kind, title, "eng", child=child)
    _may_add(actor, brought)
    if len(content) > MOST_MADE:
        raise FieldsRefused({"file": _("What was made is larger than the file can keep.")})
    name = vault.put_away(content)
    try:
        return _write_row(actor, brought, kind=PDF, scanned=MADE_HERE, name=name)
    except Exception:
        vault.throw_out(name)
        raise


def _kind(content: bytes) -> FileKind:
    try:
        return kind_of(content)
    except FileNotTaken as refused:
        raise FieldsRefused({"file": WHY[refused.code]}) from None


def _may_add(actor: Actor, brought: NewDocument) -> None:
    works = doors.without_home(actor)
    if brought.child is not None and brought.home is None and works.has(*ADDS_TO_CHILD):
        doors.one(doors.children(works), brought.child.pk)
    elif brought.home is not None and brought.child is None and works.has(*ADDS_TO_HOME):
        doors.one(doors.homes(works), brought.home.pk)
    else:
        raise NotThere


def _write_row(actor: Actor, brought: NewDocument, *, kind: FileKind, scanned: str, name: str) -> Document:
    document = Document(
        child=brought.child,
        group=brought.child.group if brought.child else None,
        home=brought.home,
        kind=brought.kind,
        title=brought.title.strip()[:160] or str(DOCUMENT_KINDS[brought.kind]),
        language=brought.language,
        stored_name=name,
        content_type=kind.media_type,
        size=len(brought.content),
        digest=hashlib.sha256(brought.content).hexdigest(),
        uploaded_by_id=actor.user_id,
        scan_result=scanned,
    )
    return save_new(document, actor=actor, act="document.add")


def open_document(actor: Actor, document: Document) -> bytes:
    """The content, for a person whose door showed the row; the log has it first. Raises FileUnreadable."""
    doors.one(doors.documents(actor), document.pk)
    append(actor, "document.open", subject=document)
    content = vault.take_out(document.stored_name)
    if hashlib.sha256(content).hexdigest() != document.digest:
        raise vault.FileUnreadable(_("This file is not the one that was brought. Tell your administrator."))
    return content


def leaving_name(document: Document) -> str:
    """The name that the file has when it leaves: no word of a person's."""
    return f"document-{document.pk.hex[:12]}.{KINDS[document.content_type].ending}"


def mark_legible(actor: Actor, document: Document, *, version: int, is_legible: bool) -> Document:
    """Say whether an identity paper can be read; another person than who brought it. Raises SamePerson."""
    doors.one(doors.documents(actor), document.pk)
    if actor.user_id is None or document.kind not in IDENTITY_PAPERS:
        raise Refusal(_("Only identity papers are looked at by a second person."), code="no_identity_paper")
    brought_by = User.objects.filter(pk=document.uploaded_by_id).values_list("person_key", flat=True).first()
    if document.uploaded_by_id == actor.user_id or brought_by == actor.person_key:
        raise SamePerson(_("Another person must look at it: you brought it yourself."))
    return save_change(
        document,
        version=version,
        changes={"is_legible": is_legible, "legible_by_id": actor.user_id},
        actor=actor,
        act="document.legible",
    )


def counts_as_there(document: Document) -> bool:
    """Whether a paper counts: an identity paper only after a second person found it legible."""
    return (
        document.is_legible is True if document.kind in IDENTITY_PAPERS else document.is_legible is not False
    )


@dataclass(frozen=True, slots=True)
class Adrift:
    """What does not belong together. `rows`: ids of documents whose file is gone or not the one that was brought."""

    files: tuple[str, ...] = ()
    rows: tuple[UUID, ...] = field(default=())


def documents_adrift(*, read_all: bool = False) -> Adrift:
    """Files without a row (older than an hour), and rows without a file; `read_all`: or with another content."""
    old = timezone.now().timestamp() - STILL_ARRIVING
    rows = dict(Document.objects.values_list("stored_name", "pk"))
    lying = dict(vault.stored_names())
    files = sorted(name for name, at in lying.items() if name not in rows and at < old)
    gone = {pk for name, pk in rows.items() if name not in lying}
    if read_all:
        gone |= {each.pk for each in Document.objects.exclude(pk__in=gone) if not _is_whole(each)}
    return Adrift(tuple(files), tuple(sorted(gone)))


def repair_documents() -> Adrift:
    """Take away files without a row; rows without a file are named in the log, and a person has to bring it again.

    Returns what was found. Safe to run while people work.
    """
    found = documents_adrift()
    with transaction.atomic():
        for name in found.files:
            (vault.folder() / name).unlink(missing_ok=True)
        if found.files or found.rows:
            detail = {"files": len(found.files), "rows": [str(each) for each in found.rows[:100]]}
            append(machine("repair documents"), "document.repair", detail=detail)
    return found


def _is_whole(document: Document) -> bool:
    try:
        return hashlib.sha256(vault.take_out(document.stored_name)).hexdigest() == document.digest
    except vault.FileUnreadable:
        return False
