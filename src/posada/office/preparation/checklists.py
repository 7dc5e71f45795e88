"""A child's checklist: where each item stands, by when it must be ready, and who ticked it.

Comes in: the acting person and a child from the legal door. Goes out: lines of the core, with their marks.
A tick is a version of its own: who saw an older one is shown both.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_checklists.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.docket.calendar import CalendarGap
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.docket.models import Deadline
from posada.office.intake.models import Child
from posada.office.preparation.models import ChecklistMark
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from posada.preparation.checklist import Checklist, Item, shipped_checklists
from posada.preparation.readiness import AT_RISK, LATE, Line, lines_of

PREPARES = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
"""Roles that prepare cases: engaged counsel, and legal coordinators of the child."""
STATE = ChecklistMark.State


@dataclass(frozen=True, slots=True)
class Marked:
    """One line with its mark; None where nobody has said anything."""

    line: Line
    mark: ChecklistMark | None


@dataclass(frozen=True, slots=True)
class ShownChecklist:
    """A child's checklist. `deadline` None: the docket has no date for it, and none is guessed.

    `is_uncounted`: the docket's calendar does not reach its days.
    """

    checklist: Checklist
    deadline: Deadline | None
    lines: tuple[Marked, ...]
    is_uncounted: bool = False

    @property
    def late(self) -> int:
        """Items that are late."""
        return sum(each.line.state == LATE for each in self.lines)

    @property
    def at_risk(self) -> int:
        """Items for which too few working days are left."""
        return sum(each.line.state == AT_RISK for each in self.lines)

    @property
    def left(self) -> int:
        """Items that are neither done nor marked as not needed."""
        return sum(not each.line.is_closed for each in self.lines)


def child_of(actor: Actor, pk: Any) -> Child:
    """The child, if the person works for her as counsel or coordinator. Raises NotThere."""
    return doors.one(doors.children(doors.as_legal(actor)).select_related("group"), pk)


def checklist_named(checklist_id: str) -> Checklist:
    """The checklist with this id. Raises NotThere."""
    found = shipped_checklists().one(checklist_id)
    if found is None:
        raise NotThere
    return found


def deadlines_of(child: Child) -> list[Deadline]:
    """The open deadlines of a child that have a day, of its own and of its group's hearings; the nearest first."""
    rows = Deadline.objects.filter(
        group_id=child.group_id, state=Deadline.State.OPEN, day__isnull=False, voided_at__isnull=True
    )
    return [each for each in rows.order_by("day", "rule_id") if each.child_id in (None, child.pk)]


def marks_of(child: Child) -> list[ChecklistMark]:
    """Every mark of a child."""
    rows = ChecklistMark.objects.filter(child=child, voided_at__isnull=True)
    return list(rows.select_related("by", "document"))


def shown(
    checklist: Checklist, *, deadlines: Iterable[Deadline], marks: Iterable[ChecklistMark], on: date
) -> ShownChecklist:
    """A checklist as it stands on a day, counted back from the nearest open deadline that it must hold."""
    own = {each.item_id: each for each in marks if each.checklist_id == checklist.checklist_id}
    closed = {name: each.state for name, each in own.items() if each.state != STATE.OPEN}
    held = next((each for each in deadlines if each.rule_id in checklist.rules), None)
    last, uncounted = (held.day if held else None), False
    try:
        lines = lines_of(checklist, last_day=last, today=on, marks=closed)
    except CalendarGap:
        lines, uncounted = lines_of(checklist, last_day=None, today=on, marks=closed), True
    return ShownChecklist(
        checklist, held, tuple(Marked(each, own.get(each.item.item_id)) for each in lines), uncounted
    )


def checklist_of(child: Child, checklist: Checklist) -> ShownChecklist:
    """One checklist of a child from the door, today."""
    return shown(checklist, deadlines=deadlines_of(child), marks=marks_of(child), on=today())


def all_of(child: Child) -> list[ShownChecklist]:
    """Every shipped checklist for a child, in four queries at most: those with a date first, the nearest first."""
    deadlines, marks, on = deadlines_of(child), marks_of(child), today()
    found = [shown(each, deadlines=deadlines, marks=marks, on=on) for each in shipped_checklists().lists]
    touched = {each.checklist_id for each in marks}

    def place(each: ShownChecklist) -> tuple[bool, date]:
        day = each.deadline.day if each.deadline and each.deadline.day else date.max
        return each.checklist.checklist_id not in touched, day

    return sorted(found, key=place)


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a person says about an item."""

    state: str
    on: date | None = None
    document: Document | None = None
    note: str = ""
    reason: str = ""


def mark_item(
    actor: Actor, child: Child, checklist: Checklist, item_id: str, new: NewMark, *, version: int
) -> ChecklistMark:
    """Say where an item stands. `version`: of the mark that was seen, 0 where there was none.

    Raises FieldsRefused, NotThere, SomebodySavedFirst; then nothing is written.
    """
    child = child_of(actor, child.pk)
    item = checklist.item(item_id)
    if item is None or not actor.has(*PREPARES):
        raise NotThere
    values = _values(actor, child, new)
    row = ChecklistMark.objects.filter(
        child=child, checklist_id=checklist.checklist_id, item_id=item_id, voided_at__isnull=True
    ).first()
    if row is not None:
        if _same(row, values):
            return row
        return save_change(row, version=version, changes=values, actor=actor, act="checklist.mark")
    if version:
        raise NotThere
    made = ChecklistMark(child=child, checklist_id=checklist.checklist_id, item_id=item_id, **values)
    try:
        with transaction.atomic():
            return save_new(made, actor=actor, act="checklist.mark")
    except IntegrityError:
        raise SomebodySavedFirst(theirs={}, yours={}, version=1) from None


def _values(actor: Actor, child: Child, new: NewMark) -> dict[str, Any]:
    if new.state not in STATE.values:
        raise FieldsRefused({"state": _("Choose how it stands.")})
    if new.state == STATE.DONE and (new.on is None or new.on > today()):
        raise FieldsRefused({"on": _("Say on which day it was ready; not a day to come.")})
    if new.state == STATE.NOT_NEEDED and not new.reason.strip():
        raise FieldsRefused({"reason": _("Say why it is not needed.")})
    if new.document is not None:
        doors.one(doors.documents(actor).filter(group_id=child.group_id), new.document.pk)
    return {
        "state": new.state,
        "on": new.on if new.state == STATE.DONE else None,
        "document_id": new.document.pk if new.document and new.state == STATE.DONE else None,
        "note": new.note.strip()[:300],
        "reason": new.reason.strip()[:300] if new.state == STATE.NOT_NEEDED else "",
        "by_id": actor.user_id,
    }


def _same(row: ChecklistMark, values: dict[str, Any]) -> bool:
    """Whether it says this already, whoever said it."""
    return all(getattr(row, name) == value for name, value in values.items() if name != "by_id")


def item_of(checklist: Checklist, item_id: str) -> Item:
    """The item of a checklist. Raises NotThere."""
    found = checklist.item(item_id)
    if found is None:
        raise NotThere
    return found
