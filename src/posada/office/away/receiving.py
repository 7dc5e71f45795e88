"""Takes in a check-in that was written on a device, once, and keeps it where somebody else was first.

Comes in: the acting person, her device, the form's own id, and a box. Goes out: a receipt. The same id again gives
the same receipt and writes nothing. What cannot be recorded because the check-in changed meanwhile is kept whole
until its writer has chosen between both texts. Docs: docs/how-to/check-in-offline.md.
Tests: tests/office/away/test_receiving.py.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.away.devices import device_of, private_of
from posada.office.away.models import AwayForm
from posada.office.away.sealed_box import Box, BoxUnreadable, open_box
from posada.office.placement import check_ins
from posada.office.placement.models import CheckIn
from posada.office.placement.offer_forms import CheckInForm
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst

STATE = AwayForm.State
NO_WORDS: dict[str, Any] = {"outcome": "", "on": None, "note": "", "address_confirmed": False}


class NotReadable(Refusal):
    """The box does not open."""

    code = "away_unreadable"
    status = 422


@dataclass(frozen=True, slots=True)
class Sent:
    """What the device sends of one form. `version`: of the check-in, as it was taken along."""

    form_id: UUID
    device_id: UUID
    check_in_id: UUID
    version: int
    box: Box


def receive(actor: Actor, sent: Sent) -> AwayForm:
    """Take one form in. Raises NotThere, NotReadable, FieldsRefused; then nothing is written."""
    if not actor.has(Role.PLACEMENT_WORKER):
        raise NotThere
    known = AwayForm.objects.filter(pk=sent.form_id).first()
    if known is None:
        row, told = _check_in(actor, sent.check_in_id), _told(actor, sent)
        known = _take(actor, row, sent, told) or AwayForm.objects.filter(pk=sent.form_id).first()
    if known is None or known.user_id != actor.user_id:
        raise NotThere
    return known


def _take(actor: Actor, row: CheckIn, sent: Sent, told: dict[str, Any]) -> AwayForm | None:
    with transaction.atomic():
        made = _made(actor, row, sent)
        if made is None:
            return None
        if row.voided_at is not None or not _recorded(actor, row, sent.version, told):
            made.state = STATE.CONFLICT
            made.outcome, made.on, made.note = told["outcome"], told["on"], told["note"]
            made.address_confirmed = told["address_confirmed"]
            made.save()
        append(actor, f"away.{made.state}", subject=row)
    return made


def _made(actor: Actor, row: CheckIn, sent: Sent) -> AwayForm | None:
    """The row of a form; None where the same form came twice at the same moment and the other was first."""
    try:
        with transaction.atomic():
            made: AwayForm = AwayForm.objects.create(
                id=sent.form_id,
                user_id=actor.user_id,
                device_id=sent.device_id,
                check_in=row,
                seen_version=sent.version,
                state=STATE.RECORDED,
            )
    except IntegrityError:
        if AwayForm.objects.filter(pk=sent.form_id).exists():
            return None
        raise
    return made


def _recorded(actor: Actor, row: CheckIn, version: int, told: dict[str, Any]) -> bool:
    """Whether it stands in the check-in now; not where somebody else was first."""
    stands = (row.outcome, row.done_on, row.note) == (told["outcome"], told["on"], told["note"])
    confirmed = row.home.address_confirmed_on
    if stands and (not told["address_confirmed"] or (confirmed is not None and confirmed >= told["on"])):
        return True
    try:
        with transaction.atomic():
            check_ins.record(actor, row, version=version, **told)
    except SomebodySavedFirst:
        return False
    except FieldsRefused:
        raise
    except Refusal as refused:
        if refused.code != "check_in_done":
            raise
        return False
    return True


def _check_in(actor: Actor, pk: UUID) -> CheckIn:
    """A check-in of a group that the person works on, also one that was called off meanwhile. Raises NotThere."""
    found = doors.check_ins(actor).filter(pk=pk).select_related("group", "home").first()
    if found is None:
        rows = CheckIn.objects.filter(pk=pk, voided_at__isnull=False, group__in=doors.groups(actor))
        found = rows.select_related("group", "home").first()
    if found is None:
        raise NotThere
    return found


def _told(actor: Actor, sent: Sent) -> dict[str, Any]:
    device = device_of(actor, sent.device_id)
    try:
        fields = json.loads(open_box(private_of(device), sent.box))
    except (BoxUnreadable, ValueError):
        raise NotReadable(_("This form cannot be opened: its key is another, or it was changed.")) from None
    if not isinstance(fields, dict):
        raise NotReadable(_("This form cannot be opened: its key is another, or it was changed."))
    form = CheckInForm({**fields, "version": sent.version})
    if not form.is_valid():
        raise FieldsRefused({name: str(faults[0]) for name, faults in form.errors.items()})
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def conflicts(actor: Actor) -> "QuerySet[AwayForm]":
    """The person's own forms that wait for a choice, of groups that she still works on."""
    rows = AwayForm.objects.filter(user_id=actor.user_id, state=STATE.CONFLICT)
    if not actor.has(Role.PLACEMENT_WORKER):
        return rows.none()
    return rows.filter(check_in__group__in=doors.groups(actor)).select_related(
        "check_in__group", "check_in__home", "check_in__by"
    )


def settle(actor: Actor, form: AwayForm, *, add: bool, version: int) -> CheckIn:
    """Choose: add one's own words to what stands, or leave that as it is. `version`: of the check-in as shown.

    Words that were added stand in the check-in alone; words that were not are kept with the form.
    Raises NotThere, SomebodySavedFirst (then nothing is written), Refusal where the check-in was called off.
    """
    form = doors.one(conflicts(actor), form.pk)
    row = form.check_in
    with transaction.atomic():
        if add:
            if row.voided_at is not None:
                raise Refusal(_("This check-in was called off."), code="check_in_called_off")
            row = _added(actor, row, form, version=version)
        now = {"state": STATE.ADDED, **NO_WORDS} if add else {"state": STATE.LEFT}
        waits = AwayForm.objects.filter(pk=form.pk, state=STATE.CONFLICT)
        changed = waits.update(**now, settled_at=timezone.now())
        if not changed:
            raise NotThere
        append(actor, "away.added" if add else "away.left", subject=row)
    return row


def _added(actor: Actor, row: CheckIn, form: AwayForm, *, version: int) -> CheckIn:
    assert form.on is not None  # noqa: S101
    if row.done_on is None:
        note = f"{row.note}\n\n{form.note}".strip() if row.note else form.note
        if len(note) > check_ins.MOST_NOTE:
            raise FieldsRefused({"note": _("Both texts together are too long for one check-in.")})
        return check_ins.record(
            actor,
            row,
            version=version,
            outcome=form.outcome,
            on=form.on,
            note=note,
            address_confirmed=form.address_confirmed,
        )
    return check_ins.add_to_done(
        actor,
        row,
        version=version,
        outcome=form.outcome,
        on=form.on,
        note=form.note,
        address_confirmed=form.address_confirmed,
    )
