"""Recording what happened: in one transaction the event, its history, and every deadline that follows from it.

Comes in: the acting person, a child from a door, and what happened when. Goes out: kept events.
The same event recorded again changes nothing. A correction replaces the event; a mistake is voided with a reason.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_events.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new, void
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.docket.event_kinds import EVENTS, NEEDS_HOUR, SERVICE
from posada.office.docket.models import DocketEvent
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Child, SiblingGroup
from posada.office.refusals import FieldsRefused, NotThere, Refusal

RECORDS = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
"""Roles that record what happened in a case, of the children whom their door shows."""
ADDRESS_CHANGED = "address_changed"
OPENS_A_DOCKET = ("appeal_filed", "rescind_denial_appealed", "petition_for_review_filed")
"""Events after which the case goes on under another number too; counsel, watchers and stays are the child's."""
FACTS = ("uac_on_filing_date", "prior_uac_determination", "applicant_delay_days", "datetime", "zone")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a person records. `siblings`: also for every brother and sister of the group, an event of their own."""

    name: str
    on: date
    evidence: str = ""
    document: Document | None = None
    earliest: date | None = None
    service_method: str = ""
    court_code: str = ""
    state: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    replaces: DocketEvent | None = None
    siblings: bool = False


def record_event(actor: Actor, child: Child, new: NewEvent) -> list[DocketEvent]:
    """Record what happened, and compute what follows. Raises FieldsRefused, NotThere; then nothing is written."""
    needs_recorder(actor, child)
    _can_be(actor, child, new)
    return _record(actor, child.group, _whom(child, new), new)


def _record(actor: Actor, group: SiblingGroup, children: Iterable[Child], new: NewEvent) -> list[DocketEvent]:
    with transaction.atomic():
        made = [_one(actor, each, new) for each in children]
        if new.name in OPENS_A_DOCKET:
            for event in made:
                _ask_for_number(actor, event)
        recompute(actor, [group.pk], because=f"event.{new.name}")
    return made


def _one(actor: Actor, child: Child, new: NewEvent) -> DocketEvent:
    replaces = new.replaces if new.replaces and new.replaces.child_id == child.pk else None
    same = DocketEvent.objects.filter(
        child=child, name=new.name, on=new.on, replaces=replaces, facts=new.facts, voided_at__isnull=True
    )
    found = same.filter(earliest=new.earliest).exclude(pk__in=_replaced(child)).first()
    if found is not None:
        return found
    event = DocketEvent(
        group=child.group,
        child=child,
        name=new.name,
        on=new.on,
        earliest=new.earliest,
        evidence=new.evidence.strip()[:300],
        document=new.document,
        service_method=new.service_method,
        court_code=new.court_code,
        state=new.state,
        facts=new.facts,
        replaces=replaces,
        by_id=actor.user_id,
        recorded_on=today(),
    )
    return save_new(event, actor=actor, act="docket.event")


def _ask_for_number(actor: Actor, event: DocketEvent) -> None:
    """The same case goes on under another number: somebody writes it down, so that its notices are known."""
    wanted = Wanted(
        "appeal_number",
        role=Role.LEGAL_COORDINATOR,
        group=event.group,
        due_on=event.on,  # it stands on the receipt
        values={"child": str(event.child_id), "filed_on": event.on.isoformat()},
        once_key=f"appeal_number:{event.pk}",
    )
    open_task(actor, wanted)


def void_event(actor: Actor, event: DocketEvent, *, version: int, reason: str) -> None:
    """Take out an event that was a mistake: its open deadlines are superseded by that, none is erased."""
    needs_recorder(actor, event.child)
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why it was a mistake."), code="no_reason")
    with transaction.atomic():
        void(event, version=version, actor=actor, reason=reason)
        finish_cause(actor, f"appeal_number:{event.pk}")
        recompute(actor, [event.group_id], because="event.void")


@transaction.atomic
def note_move(actor: Actor, group: SiblingGroup, *, on: date, evidence: str) -> None:
    """The children of a group moved: the change-of-address deadline opens. Placement calls it in its transaction.

    A move before it that has not been reported is superseded by this one: the form names one address only.
    """
    children = group.children.filter(voided_at__isnull=True, merged_into__isnull=True)
    for child in children.select_related("group"):
        last = _last_move(child)
        if last is not None and last.on == on:
            continue
        before = last if last is not None and last.on < on else None
        _one(actor, child, NewEvent(ADDRESS_CHANGED, on, evidence=evidence, replaces=before))
    recompute(actor, [group.pk], because="event.move")


def _last_move(child: Child) -> DocketEvent | None:
    moves = DocketEvent.objects.filter(child=child, name=ADDRESS_CHANGED, voided_at__isnull=True)
    return moves.exclude(pk__in=_replaced(child)).order_by("-on", "-entered_at").first()


def _replaced(child: Child) -> Any:
    later = DocketEvent.objects.filter(child=child, voided_at__isnull=True, replaces__isnull=False)
    return later.values("replaces")


def needs_recorder(actor: Actor, child: Child | None) -> None:
    """The person records in this child's case. Raises NotThere."""
    works = doors.without_home(actor)
    if child is None or not works.has(*RECORDS):
        raise NotThere
    doors.one(doors.children(works), child.pk)


def _whom(child: Child, new: NewEvent) -> list[Child]:
    if not new.siblings:
        return [child]
    rows = Child.objects.filter(group_id=child.group_id, voided_at__isnull=True, merged_into__isnull=True)
    return list(rows.select_related("group").order_by("pk"))


def _can_be(actor: Actor, child: Child, new: NewEvent) -> None:
    faults: dict[str, Any] = {}
    if new.name not in EVENTS:
        faults["name"] = _("Choose what happened.")
    if new.service_method not in SERVICE:
        faults["service_method"] = _("Choose how it was served.")
    if new.on > today():
        faults["on"] = _("This day is still to come. Write it down when it has happened.")
    if new.earliest is not None and new.earliest > new.on:
        faults["earliest"] = _("The earliest day comes before the other.")
    if len(new.evidence.strip()) < 3 and new.document is None:
        faults["evidence"] = _("Say what shows it: a paper, a portal entry, a statement.")
    if new.name in NEEDS_HOUR and "datetime" not in new.facts:
        faults["hour"] = _("This clock runs in hours: give the hour too.")
    if set(new.facts) - set(FACTS):
        faults["name"] = _("One of these facts is not known here.")
    if faults:
        raise FieldsRefused(faults)
    if new.document is not None:
        doors.one(doors.documents(actor).filter(group_id=child.group_id), new.document.pk)
    if new.replaces is not None and (new.replaces.child_id, new.replaces.name) != (child.pk, new.name):
        raise NotThere
