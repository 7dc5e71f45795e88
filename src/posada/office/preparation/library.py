"""The shared library of reports about countries: public papers, by country and date, for any case.

Comes in: who acts, and a paper. Goes out: exhibits, newest first; a copy in a child's file when one is chosen.
No child is named in the library, and choosing one leaves no trace in it.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_library.py.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.chain import append
from posada.office.audit.history import save_new, void
from posada.office.casefile.content_type import KINDS, FileNotTaken, kind_of
from posada.office.casefile.documents import WHY, NewDocument, add_document
from posada.office.casefile.models import Document
from posada.office.casefile.scanner import scan
from posada.office.casefile.vault import FileUnreadable
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.preparation.checklists import PREPARES
from posada.office.preparation.models import LibraryContent, LibraryExhibit
from posada.office.refusals import FieldsRefused, NotThere
from posada.programme.codes import countries, is_language

OLD_AFTER_MONTHS = 12
"""A report that is older is marked so. The program's own practice, not law."""
KIND = "other"


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit of the library. `months`: whole months since it was published."""

    row: LibraryExhibit
    months: int

    @property
    def is_old(self) -> bool:
        """Whether it is older than what the program takes for current."""
        return self.months >= OLD_AFTER_MONTHS


@dataclass(frozen=True, slots=True)
class NewExhibit:
    """What somebody brings to the library. `country`: ISO 3166-1 alpha-3."""

    content: bytes
    country: str
    title: str
    source: str
    published_on: date
    language: str = "eng"
    tags: tuple[str, ...] = ()


def library_exhibits(actor: Actor, country: str = "") -> list[ShownExhibit]:
    """The exhibits of the library, of one country or of all, by country and newest first. For every case alike."""
    if not actor.has(*PREPARES):
        return []
    rows = LibraryExhibit.objects.filter(voided_at__isnull=True).select_related("by")
    rows = rows.filter(country=country) if country else rows
    on = today()
    return [
        ShownExhibit(each, _months(each.published_on, on))
        for each in rows.order_by("country", "-published_on", "title", "pk")
    ]


def one_exhibit(actor: Actor, pk: Any) -> LibraryExhibit:
    """An exhibit that stands. Raises NotThere."""
    if not actor.has(*PREPARES):
        raise NotThere
    return doors.one(LibraryExhibit.objects.filter(voided_at__isnull=True), pk)


def add_exhibit(actor: Actor, new: NewExhibit) -> LibraryExhibit:
    """Bring a report to the library. Raises FieldsRefused, Infected, ScannerDown, NotThere; then nothing is kept.

    The same paper for the same country again is the one that stands.
    """
    if not actor.has(*PREPARES):
        raise NotThere
    _can_be(new)
    try:
        kind = kind_of(new.content)
    except FileNotTaken as refused:
        raise FieldsRefused({"file": WHY[refused.code]}) from None
    scan(new.content)
    digest = hashlib.sha256(new.content).hexdigest()
    same = LibraryExhibit.objects.filter(digest=digest, country=new.country, voided_at__isnull=True)
    stands = same.first()
    if stands is not None:
        return stands
    row = LibraryExhibit(
        country=new.country,
        title=new.title.strip()[:200],
        source=new.source.strip()[:200],
        published_on=new.published_on,
        language=new.language,
        tags=sorted(set(_clean(new.tags))),
        content_type=kind.media_type,
        size=len(new.content),
        digest=digest,
        by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            save_new(row, actor=actor, act="library.add")
            LibraryContent.objects.create(exhibit=row, content=new.content)
    except IntegrityError:  # somebody else brought it in the same moment
        return same.get()
    return row


def content_of(exhibit: LibraryExhibit) -> bytes:
    """The paper itself. Raises FileUnreadable where it is not the one that was brought."""
    content = bytes(LibraryContent.objects.get(exhibit=exhibit).content)
    if hashlib.sha256(content).hexdigest() != exhibit.digest:
        raise FileUnreadable(_("This file is not the one that was brought. Tell your administrator."))
    return content


def leaving_name(exhibit: LibraryExhibit) -> str:
    """The name under which it leaves."""
    return (
        f"{exhibit.country}-{exhibit.published_on}-{exhibit.pk.hex[:8]}.{KINDS[exhibit.content_type].ending}"
    )


def take_out(actor: Actor, exhibit: LibraryExhibit, *, version: int, reason: str) -> LibraryExhibit:
    """Take an exhibit out that was a mistake; copies in files of children stay. Raises Refusal without a reason."""
    one_exhibit(actor, exhibit.pk)
    return void(exhibit, version=version, actor=actor, reason=reason)


def attach(actor: Actor, exhibit: LibraryExhibit, child: Child) -> Document:
    """Put a copy into a child's file, for a packet; the same one twice is one. Raises NotThere, DiskFull."""
    one_exhibit(actor, exhibit.pk)
    child = doors.one(doors.children(doors.as_legal(actor)).select_related("group"), child.pk)
    papers = doors.documents(actor).filter(child=child, digest=exhibit.digest)
    stands = papers.order_by("entered_at").first()
    if stands is not None:
        return stands
    title = f"{exhibit.title}, {exhibit.source}, {exhibit.published_on}"
    brought = NewDocument(content_of(exhibit), KIND, title, exhibit.language, child=child)
    with transaction.atomic():
        made = add_document(actor, brought)
        append(actor, "library.attach", subject=made)
    return made


def _can_be(new: NewExhibit) -> None:
    faults: dict[str, Any] = {}
    if new.country not in countries():
        faults["country"] = _("Give the country by its three capital letters, such as GTM or HND.")
    if not is_language(new.language):
        faults["language"] = _("Give the language by its three letters, such as eng or spa.")
    if new.published_on > today():
        faults["published_on"] = _("This day is still to come.")
    for name in ("title", "source"):
        if not getattr(new, name).strip():
            faults[name] = _("This is needed: a court asks for it.")
    if faults:
        raise FieldsRefused(faults)


def _clean(tags: Iterable[str]) -> list[str]:
    return [each.strip().casefold()[:40] for each in tags if each.strip()][:20]


def _months(since: date, on: date) -> int:
    return max((on.year - since.year) * 12 + on.month - since.month - (on.day < since.day), 0)
