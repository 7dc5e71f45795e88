"""Closing a deadline: met with its proof, or excused by whom and why; the steps before it; what moves it.

Nothing is erased, and an act done late is recorded as such and never refused.
Comes in: the acting person and deadlines from a door. Goes out: kept deadlines.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_closing.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from posada.docket import deadlines as core
from posada.docket.events import Adjustment, NotEnoughRecorded
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.events import RECORDS
from posada.office.docket.kept_deadlines import record_of, values_of
from posada.office.docket.models import Deadline, DocketAdjustment
from posada.office.docket.recompute import recompute
from posada.office.refusals import FieldsRefused, NotThere, Refusal


class ClosedAlready(Refusal):
    """The deadline was closed in another way; it is not closed twice."""

    code = "closed_already"
    status = 409


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves a date: see `posada.docket.events.Adjustment`."""

    kind: str
    authority: str
    evidence: str
    days: int = 0
    start: date | None = None
    end: date | None = None


def deadlines(actor: Actor) -> "QuerySet[Deadline]":
    """The deadlines the person may see: of the groups one works on; a home reads none."""
    works = doors.without_home(actor)
    return Deadline.objects.filter(doors.in_groups(works), voided_at__isnull=True)


def alike(actor: Actor, deadline: Deadline) -> list[Deadline]:
    """The same open deadline of brothers and sisters: the same rule, counted from the same day."""
    same = deadlines(actor).filter(
        group_id=deadline.group_id,
        rule_id=deadline.rule_id,
        trigger_date=deadline.trigger_date,
        state=core.OPEN,
    )
    return list(same.exclude(pk=deadline.pk).select_related("child").order_by("child__child_id"))


def meet(
    actor: Actor,
    deadline: Deadline,
    *,
    version: int,
    on: date,
    proof: str,
    document: Document | None = None,
    also: Sequence[Deadline] = (),
) -> None:
    """It was done on a day, in time or late, and this shows it. Raises FieldsRefused, ClosedAlready, NotThere."""
    if document is not None:
        doors.one(doors.documents(actor).filter(group_id=deadline.group_id), document.pk)

    def done(record: core.Deadline, by: str) -> core.Deadline:
        return core.meet(record, on=on, proof=proof, by=by, entered_on=today())

    _check_day(on, deadline)
    _close(actor, deadline, version=version, also=also, closing=done, act="deadline.met", proof=document)


def excuse(
    actor: Actor, deadline: Deadline, *, version: int, why: str, also: Sequence[Deadline] = ()
) -> None:
    """It need not be kept: who says so, and why. Raises FieldsRefused, ClosedAlready, NotThere."""

    def done(record: core.Deadline, by: str) -> core.Deadline:
        return core.excuse(record, on=today(), by=by, why=why, entered_on=today())

    _close(actor, deadline, version=version, also=also, closing=done, act="deadline.excused")


def finish_step(actor: Actor, deadline: Deadline, *, version: int, step: str) -> Deadline:
    """A step that must come before is done. Raises FieldsRefused, ClosedAlready, NotThere."""
    _needs_recorder(actor, deadline)
    if deadline.state != core.OPEN:
        raise ClosedAlready(_("This deadline is closed."))
    if step not in rules.practice().steps_before(deadline.rule_id):
        raise FieldsRefused({"step": _("This step does not come before this deadline.")})
    done = {**deadline.steps_done, step: today().isoformat()}
    values = values_of(record_of(deadline), practice=rules.practice(), done=done)
    changes = {"steps_done": done, "days_needed": values["days_needed"]}
    return save_change(deadline, version=version, changes=changes, actor=actor, act="deadline.step")


def adjust(actor: Actor, deadline: Deadline, moves: Moves) -> DocketAdjustment:
    """Counsel records what moves the date, with its authority and evidence. Raises FieldsRefused, NotThere."""
    _needs_recorder(actor, deadline)
    if not actor.has(Role.ATTORNEY):
        raise NotThere
    row = DocketAdjustment(
        group_id=deadline.group_id,
        child_id=deadline.child_id,
        rule_id=deadline.rule_id,
        event_key=deadline.event_key,
        kind=moves.kind,
        authority=moves.authority.strip(),
        evidence=moves.evidence.strip(),
        days=moves.days,
        start=moves.start,
        end=moves.end,
        by_id=actor.user_id,
        recorded_on=today(),
    )
    _can_move(actor, row)
    with transaction.atomic():
        save_new(row, actor=actor, act="deadline.adjust")
        recompute(actor, [deadline.group_id], because="adjustment")
    return row


def _can_move(actor: Actor, row: DocketAdjustment) -> None:
    try:
        Adjustment(
            adjustment_id=row.pk.hex,
            case_id=str(row.child_id or row.group_id),
            rule_id=row.rule_id,
            event_id=row.event_key,
            kind=row.kind,
            authority=row.authority,
            evidence=row.evidence,
            recorded_by=name_of(actor),
            recorded_on=row.recorded_on,
            days=row.days,
            start=row.start,
            end=row.end,
        )
    except NotEnoughRecorded:
        raise FieldsRefused(
            {"kind": _("This needs its authority, its evidence, and the days that belong to it.")}
        ) from None


def _close(
    actor: Actor,
    deadline: Deadline,
    *,
    version: int,
    also: Sequence[Deadline],
    closing: Any,
    act: str,
    proof: Document | None = None,
) -> None:
    _needs_recorder(actor, deadline)
    allowed = {each.pk for each in alike(actor, deadline)}
    with transaction.atomic():
        for row, seen in ((deadline, version), *((each, each.version) for each in also)):
            if row.pk != deadline.pk and row.pk not in allowed:
                raise NotThere
            _close_one(actor, row, version=seen, closing=closing, act=act, proof=proof)


def _close_one(
    actor: Actor, row: Deadline, *, version: int, closing: Any, act: str, proof: Document | None
) -> None:
    record = record_of(row)
    try:
        now = closing(record, name_of(actor))
    except core.DeadlineClosed:
        raise ClosedAlready(_("This deadline is closed already; it is not closed a second time.")) from None
    except NotEnoughRecorded:
        raise FieldsRefused({"words": _("Say what shows it, or why: a few words, and a name.")}) from None
    if now is record:
        return
    changes = values_of(now, practice=rules.practice(), done=row.steps_done)
    if proof is not None:
        changes["proof_id"] = proof.pk
    save_change(row, version=version, changes=changes, actor=actor, act=act)


def _check_day(on: date, deadline: Deadline) -> None:
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})


def _needs_recorder(actor: Actor, deadline: Deadline) -> None:
    if not doors.without_home(actor).has(*RECORDS):
        raise NotThere
    doors.one(deadlines(actor), deadline.pk)


def name_of(actor: Actor) -> str:
    """The name of who records."""
    user = actor.user
    return str(user) if user else actor.acting_as
