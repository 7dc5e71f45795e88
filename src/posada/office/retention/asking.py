"""Asking to erase what is due, and doing it once another person agreed; holding what must be kept.

Docs: docs/explanation/retention.md. Tests: tests/office/retention/test_asking.py.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posada.office.access import two_persons
from posada.office.access.actor import Actor, machine
from posada.office.access.approval_words import Said, says
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.refusals import NotThere, Refusal
from posada.office.retention.erasing import erase
from posada.office.retention.models import LegalHold
from posada.office.retention.subjects import MODELS, due
from posada.retention import Due

ACT = "retention.purge"
MOST = 500
"""Subjects of one request."""


def ask(actor: Actor, wanted: Sequence[Due], *, reason: str) -> Approval:
    """Ask a second person to agree that exactly these go. Raises Refusal, NotThere."""
    if not wanted or any(each.held for each in wanted):
        raise Refusal(_("Nothing that may be erased was chosen."), code="nothing_due")
    return two_persons.ask(actor, ACT, scope=scope_of(wanted), reason=reason)


def scope_of(wanted: Sequence[Due]) -> dict[str, Any]:
    """Exactly what is asked for: kinds and opaque ids, in order."""
    return {"erase": sorted([each.kind, each.id] for each in wanted[:MOST])}


def carry_out(actor: Actor, approval_id: UUID) -> int:
    """Erase what was agreed to, all or nothing. Returns how many subjects.

    Raises NotThere, two_persons.Expired, NotYours; Refusal where one is not due any more or a hold came.
    """
    asked = Approval.objects.filter(pk=approval_id, act=ACT, asked_by_id=actor.user_id).first()
    if asked is None or not actor.has(*two_persons.ACTS[ACT]):
        raise NotThere
    with transaction.atomic():
        two_persons.use(actor, approval_id, ACT, scope=asked.scope)
        subjects = [(kind, _locked(kind, pk)) for kind, pk in asked.scope["erase"]]
        free = {(each.kind, each.id) for each in due() if not each.held}
        if any((kind, str(subject.pk)) not in free for kind, subject in subjects):
            raise _changed()
        for kind, subject in subjects:
            if MODELS[kind]._default_manager.filter(pk=subject.pk).exists():  # may have gone with another
                erase(actor, kind, subject)
        if not any(not each.held for each in due()):
            finish_cause(actor, _cause(Role.ADMINISTRATOR))
            finish_cause(actor, _cause(Role.PROGRAM_DIRECTOR))
    return len(subjects)


def hold(actor: Actor, kind: str, subject_id: UUID, *, reason: str) -> LegalHold:
    """Keep a subject until the hold is lifted. Raises Refusal without a reason or where one stands, NotThere."""
    _needs_director(actor)
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    with transaction.atomic():
        _locked(kind, subject_id)
        if LegalHold.objects.filter(kind=kind, subject_id=subject_id, lifted_on__isnull=True).exists():
            raise Refusal(_("This is held already."), code="held_already")
        held = LegalHold(
            kind=kind,
            subject_id=subject_id,
            reason=reason.strip()[:300],
            by_id=actor.user_id,
            from_date=today(),
        )
        return save_new(held, actor=actor, act="retention.hold")


def lift(actor: Actor, held: LegalHold, *, version: int) -> LegalHold:
    """End a hold: what it kept is due as if it had never been held. Raises NotThere, SomebodySavedFirst."""
    _needs_director(actor)
    return save_change(
        held, version=version, changes={"lifted_on": today()}, actor=actor, act="retention.lift"
    )


def open_tasks() -> int:
    """The daily job: where something is due, a task for each of the two persons. It erases nothing."""
    if not any(not each.held for each in due()):
        return 0
    for role in (Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR):
        wanted = Wanted(kind="retention_due", role=role, due_on=today(), once_key=_cause(role), again=True)
        with transaction.atomic():
            open_task(machine("what is due to be erased"), wanted)
    return 2


def _cause(role: Role) -> str:
    return f"retention_due:{role.value}"


def _locked(kind: str, pk: Any) -> Any:
    """The record, alone with it until the transaction ends. Raises Refusal where it is gone."""
    model = MODELS.get(kind)
    found = model._default_manager.select_for_update().filter(pk=pk).first() if model else None
    if found is None:
        raise _changed()
    return found


def _changed() -> Refusal:
    return Refusal(_("Something in this request is not due any more, or is held. Ask again."), code="not_due")


def _needs_director(actor: Actor) -> None:
    if actor.user_id is None or not actor.has(Role.PROGRAM_DIRECTOR):
        raise NotThere


@says(ACT)
def _said(asked: Approval) -> Said:
    count = len(asked.scope.get("erase", []))
    said = ngettext(
        "Erase %(n)d record that is past its time", "Erase %(n)d records that are past their time", count
    )
    return Said(said % {"n": count}, reverse("retention"))
