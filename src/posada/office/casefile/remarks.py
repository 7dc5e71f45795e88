"""Notes, wishes, and names as authorities write them: added, answered, voided with a reason; never rewritten.

Comes in: the acting person, a child or home from a door, and text. Goes out: kept records.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_remarks.py.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new, void
from posada.office.casefile.kinds import WISH_KINDS, WISHED_BY
from posada.office.casefile.models import Document, Note, Wish, WrittenName
from posada.office.casefile.search import index_names
from posada.office.counsel.rechecks import recheck_for
from posada.office.intake.models import Child
from posada.office.kept import Kept
from posada.office.licensing.models import Home
from posada.office.refusals import FieldsRefused, NotThere, Refusal

WRITES_NAMES = (Role.INTAKE_WORKER, Role.LEGAL_COORDINATOR, Role.ATTORNEY)
VOIDS_ALL = (Role.INTAKE_WORKER, Role.LEGAL_COORDINATOR)
ANSWERS_WISHES = (Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR)


def add_note(actor: Actor, text: str, *, child: Child | None = None, home: Home | None = None) -> Note:
    """Write down what somebody should know later. Raises FieldsRefused for an empty note, NotThere."""
    _shown(actor, child, home)
    if not text.strip():
        raise FieldsRefused({"text": _("Write something.")})
    note = Note(child=child, group=child.group if child else None, home=home, text=text.strip())
    note.by_id = actor.user_id
    return save_new(note, actor=actor, act="note.add")


def add_wish(
    actor: Actor,
    text: str,
    *,
    wished_by: str,
    kind: str,
    child: Child | None = None,
    home: Home | None = None,
) -> Wish:
    """Record what a child, a family or a home wishes. Raises FieldsRefused, NotThere."""
    _shown(actor, child, home)
    faults: dict[str, Any] = {}
    if wished_by not in WISHED_BY:
        faults["wished_by"] = _("Say who wishes it.")
    if kind not in WISH_KINDS:
        faults["kind"] = _("Say what it is about.")
    if not text.strip():
        faults["text"] = _("Write something.")
    if faults:
        raise FieldsRefused(faults)
    wish = Wish(child=child, group=child.group if child else None, home=home, text=text.strip())
    wish.wished_by, wish.kind, wish.recorded_by_id = wished_by, kind, actor.user_id
    return save_new(wish, actor=actor, act="wish.add")


def answer_wish(actor: Actor, wish: Wish, answer: str, *, version: int) -> Wish:
    """Answer a wish in words; who approves a plan answers each unmet one. Raises Refusal without words."""
    doors.one(doors.wishes(actor), wish.pk)
    if not actor.has(*ANSWERS_WISHES):
        raise NotThere
    if not answer.strip():
        raise Refusal(_("Say in a few words what came of it."), code="no_answer")
    changes = {"answer": answer.strip()[:300], "answered_by_id": actor.user_id, "answered_at": timezone.now()}
    return save_change(wish, version=version, changes=changes, actor=actor, act="wish.answer")


def write_name(actor: Actor, child: Child, *, authority: str, name: str) -> WrittenName:
    """Keep a name exactly as an authority writes it; an earlier spelling has to be voided first."""
    doors.one(doors.children(actor), child.pk)
    if not actor.has(*WRITES_NAMES):
        raise NotThere
    if authority not in WrittenName.Authority.values or not name.strip():
        raise FieldsRefused({"name": _("Write the name as the authority does.")})
    try:
        with transaction.atomic():
            written = save_new(
                WrittenName(child=child, authority=authority, name=name), actor=actor, act="written_name.add"
            )
            index_names([child])
            recheck_for(actor, child.group)
    except IntegrityError:
        raise FieldsRefused(
            {
                "authority": _(
                    "This authority’s spelling is kept already. Take that one out first, with a reason."
                )
            }
        ) from None
    return written


def written_names(actor: Actor) -> QuerySet[WrittenName]:
    """Names as authorities write them, of children whose file is open to the person; not for a home."""
    works = doors.without_home(actor)
    return WrittenName.objects.filter(voided_at__isnull=True, child__in=doors.children(works))


def void_of_file(actor: Actor, record: Kept, *, version: int, reason: str) -> Kept:
    """Take a note, wish, document or written name that was a mistake out of the file; it stays in its history.

    Whoever wrote it may, and whoever runs intake or the legal desk. Raises NotThere, Refusal.
    """
    shown: dict[type[Kept], QuerySet[Any]] = {
        Note: doors.notes(actor),
        Wish: doors.wishes(actor),
        Document: doors.documents(actor),
        WrittenName: written_names(actor),
    }
    doors.one(shown[type(record)], record.pk)
    owner = getattr(record, "by_id", None) or getattr(record, "recorded_by_id", None)
    owner = owner or getattr(record, "uploaded_by_id", None)
    if owner != actor.user_id and not actor.has(*VOIDS_ALL):
        raise Refusal(
            _("Only who wrote it, intake or the legal desk can take it out."), code="not_the_writer"
        )
    if not reason.strip():
        raise Refusal(_("Say why it was a mistake."), code="no_reason")
    with transaction.atomic():
        done = void(record, version=version, actor=actor, reason=reason)
        if isinstance(done, WrittenName):
            index_names([done.child])
    return done


def _shown(actor: Actor, child: Child | None, home: Home | None) -> None:
    if child is not None and home is None:
        doors.one(doors.children(actor), child.pk)
    elif home is not None and child is None:
        doors.one(doors.homes(actor), home.pk)
    else:
        raise NotThere
