"""A child's telling: one question at a time, sealed as it is saved, and drafted into a paper of the file.

Comes in: the acting person and rows of the legal door. Goes out: sealed answers, and a declaration to be signed.
Only engaged counsel and the child's legal coordinator get here. Each reading is in the log before it shows; no word
of what was told is in the log, a list, an address or the name of a file.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_declarations.py.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.sealed_secret import open_secret, seal_secret
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.documents import NewDocument, add_document
from posada.office.casefile.models import Document, WrittenName
from posada.office.intake.models import Child
from posada.office.preparation.models import Answer, Declaration
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from posada.office.shown_names import languages
from posada.preparation.declaration import Declared, NotTypeset, Told, declaration_pdf, left_out
from posada.preparation.interview import Interview, shipped_interviews
from posada.programme.codes import is_language

MOST = 20_000
"""Characters of one answer."""


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    """What a telling begins with."""

    interview_id: str
    language: str
    variant: str = ""
    interpreter: str = ""


def declarations(actor: Actor) -> "QuerySet[Declaration]":
    """The declarations the person may see: of the children one works for as counsel or coordinator."""
    rows = Declaration.objects.filter(voided_at__isnull=True, child__in=doors.children(doors.as_legal(actor)))
    return rows.select_related("child", "child__group", "by")


def interview_of(declaration: Declaration) -> Interview:
    """Its questions. Raises NotThere where they ship no longer."""
    found = shipped_interviews().one(declaration.interview_id)
    if found is None:
        raise NotThere
    return found


def begin(actor: Actor, child: Child, new: NewDeclaration) -> Declaration:
    """Begin a telling. Raises FieldsRefused, NotThere."""
    doors.one(doors.children(doors.as_legal(actor)), child.pk)
    faults: dict[str, Any] = {}
    if shipped_interviews().one(new.interview_id) is None:
        faults["interview_id"] = _("Choose what it is about.")
    if not is_language(new.language):
        faults["language"] = _("Give the language by its three letters, such as mam or spa.")
    if faults:
        raise FieldsRefused(faults)
    row = Declaration(
        child=child,
        interview_id=new.interview_id,
        language=new.language,
        variant=new.variant.strip()[:80],
        interpreter=new.interpreter.strip()[:120],
        by_id=actor.user_id,
    )
    return save_new(row, actor=actor, act="declaration.begin")


def answers_of(declaration: Declaration) -> dict[str, Answer]:
    """Question → its row, still sealed."""
    rows = declaration.answers.filter(voided_at__isnull=True).select_related("by")
    return {each.question_id: each for each in rows}


def open_answer(actor: Actor, declaration: Declaration, question_id: str) -> tuple[Told, int]:
    """What was told to one question and its version (0: nothing yet); the log has the reading first."""
    doors.one(declarations(actor), declaration.pk)
    row = answers_of(declaration).get(question_id)
    if row is None:
        return Told("", ""), 0
    append(actor, "declaration.open", subject=row)
    return _told(row), row.version


def save_answer(
    actor: Actor, declaration: Declaration, question_id: str, told: Told, *, version: int
) -> Answer:
    """Keep what was told, sealed. `version`: of what was seen, 0 where nothing was.

    Raises SomebodySavedFirst with both texts of what differs, FieldsRefused, NotThere; then nothing is written.
    """
    doors.one(declarations(actor), declaration.pk)
    if interview_of(declaration).question(question_id) is None:
        raise NotThere
    for name, text in (("told", told.original), ("english", told.english)):
        if len(text) > MOST:
            raise FieldsRefused({name: _("This is too long for one answer: split it over two questions.")})
    row = answers_of(declaration).get(question_id)
    if row is None:
        return _first(actor, declaration, question_id, told)
    stands = _told(row)
    if stands == told:
        return row
    if row.version != version:
        append(actor, "declaration.open", subject=row)
        raise SomebodySavedFirst(theirs=_texts(stands), yours=_texts(told), version=row.version)
    changes = {**_sealed(told), "by_id": actor.user_id}
    return save_change(row, version=version, changes=changes, actor=actor, act="declaration.answer")


def _first(actor: Actor, declaration: Declaration, question_id: str, told: Told) -> Answer:
    row = Answer(declaration=declaration, question_id=question_id, by_id=actor.user_id, **_sealed(told))
    try:
        with transaction.atomic():
            return save_new(row, actor=actor, act="declaration.answer")
    except IntegrityError:  # somebody else answered in the same moment
        stands = answers_of(declaration)[question_id]
        append(actor, "declaration.open", subject=stands)
        raise SomebodySavedFirst(
            theirs=_texts(_told(stands)), yours=_texts(told), version=stands.version
        ) from None


def draft(actor: Actor, declaration: Declaration) -> tuple[Document, tuple[str, ...]]:
    """Typeset the declaration into the file of the child; also: the questions whose answer has no English yet.

    Raises Refusal where nothing was told or no font has a letter, NotThere.
    """
    declaration = doors.one(declarations(actor), declaration.pk)
    told = {name: _told(row) for name, row in answers_of(declaration).items()}
    if not any(each.original.strip() or each.english.strip() for each in told.values()):
        raise Refusal(_("Nothing was told yet."), code="nothing_told")
    declared = _declared(declaration, told)
    append(actor, "declaration.use", subject=declaration, detail={"answers": len(told)})
    try:
        content = declaration_pdf(declared)
    except NotTypeset as refused:
        said = {"letters": refused.letters}
        raise Refusal(
            _("No font at hand has the letter %(letters)s: write it in Latin letters.") % said
        ) from None
    title = _("Declaration, draft to be signed")
    brought = NewDocument(content, "declaration", str(title), "eng", child=declaration.child)
    return add_document(actor, brought), left_out(declared)


def language_name(declaration: Declaration) -> str:
    """The language with its variant, as English calls it."""
    from django.utils import translation

    with translation.override("en"):
        name = languages([declaration.language])
    return f"{name} ({declaration.variant})" if declaration.variant else str(name)


def _declared(declaration: Declaration, told: dict[str, Told]) -> Declared:
    child = declaration.child
    written = WrittenName.objects.filter(child=child, authority="court", voided_at__isnull=True)
    return Declared(
        interview=interview_of(declaration),
        declarant=written.values_list("name", flat=True).first() or child.name,
        language=declaration.language,
        language_name=language_name(declaration),
        interpreter=declaration.interpreter,
        reference=child.child_id,
        answers=told,
    )


def _sealed(told: Told) -> dict[str, str]:
    return {name: seal_secret(text) if text else "" for name, text in _texts(told).items()}


def _told(row: Answer) -> Told:
    return Told(*(open_secret(text) if text else "" for text in (row.told, row.english)))


def _texts(told: Told) -> dict[str, str]:
    return {"told": told.original.strip(), "english": told.english.strip()}
