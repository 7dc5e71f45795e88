"""Acts that take two persons: asked by one, approved by another human being, for one exact scope, within an hour.

Source: NIST SP 800-53 AC-3(2), AC-5. Docs: docs/explanation/two-persons.md.
Tests: tests/office/access/test_two_persons.py.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.models import Approval, User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.refusals import NotThere, Refusal, TextNotKept

ACTS: dict[str, frozenset[Role]] = {
    "export.program": frozenset({Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR}),
    "role.grant": frozenset({Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR}),
    "sealed.bulk": frozenset({Role.PROGRAM_DIRECTOR}),
    "license.exception": frozenset({Role.LICENSING_WORKER, Role.PROGRAM_DIRECTOR}),
    "plan.approve": frozenset({Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR}),
    "removal.outcome": frozenset({Role.LEGAL_COORDINATOR, Role.ATTORNEY}),
    "keys.rotate": frozenset({Role.ADMINISTRATOR}),
    "month.close": frozenset({Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR}),
    "retention.purge": frozenset({Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR}),
}
"""Each act, and the roles that may approve it; the same may ask for it, where ASKED_BY names no others."""
ASKED_BY: dict[str, frozenset[Role]] = {
    "month.close": frozenset({Role.PROGRAM_DIRECTOR}),
    "sealed.bulk": frozenset(
        {
            Role.INTAKE_WORKER,
            Role.LICENSING_WORKER,
            Role.PLACEMENT_WORKER,
            Role.LEGAL_COORDINATOR,
            Role.ATTORNEY,
        }
    ),
}
ASK_OR_ANSWER = frozenset(role for roles in (*ACTS.values(), *ASKED_BY.values()) for role in roles)
"""Roles that have anything to do with approvals."""
HOLDS_FOR = timedelta(minutes=60)
MOST_SIGNS = 500  # of a reason
CLOCK_MAY_SLIP = timedelta(minutes=1)
NO_LONGER = _("The approval does not stand: it lapsed, was used, or was given for something else.")


class NotYours(Refusal):
    """The same human being cannot be both persons."""

    code = "same_person"


class Expired(Refusal):
    """The approval is too old, was used, or was given for something else."""

    code = "approval_void"
    status = 409


def digest(act: str, scope: dict[str, Any]) -> str:
    """SHA-256 over the act and its scope in one spelling."""
    return hashlib.sha256(
        json.dumps([act, scope], sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def ask(actor: Actor, act: str, *, scope: dict[str, Any], reason: str) -> Approval:
    """Ask for an act. Raises NotThere where the role may not, Refusal without a reason."""
    if actor.user_id is None or not _may_ask(actor, act):
        raise NotThere
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    if len(reason.strip()) > MOST_SIGNS:
        raise TextNotKept
    now = timezone.now()
    with transaction.atomic():
        asked = Approval.objects.create(
            act=act,
            scope=scope,
            scope_digest=digest(act, scope),
            reason=reason.strip(),
            asked_by_id=actor.user_id,
            asked_at=now,
            expires_at=now + HOLDS_FOR,
        )
        append(actor, "approval.ask", subject=asked, detail={"act": act})
    return asked


def answer(actor: Actor, approval_id: UUID, *, approve: bool, reason: str = "") -> Approval:
    """Approve or refuse what another person asked for. Raises NotThere, NotYours, Expired."""
    with transaction.atomic():
        found = Approval.objects.select_for_update().select_related("asked_by").filter(pk=approval_id).first()
        if found is None or actor.user_id is None or not actor.has(*ACTS[found.act]):
            raise NotThere
        if found.asked_by_id == actor.user_id or found.asked_by.person_key == actor.person_key:
            raise NotYours(_("Another person must answer this: you asked for it yourself."))
        now = timezone.now()
        state = Approval.State.APPROVED if approve else Approval.State.REFUSED
        done = Approval.objects.filter(pk=found.pk, state=Approval.State.ASKED, expires_at__gt=now).update(
            state=state,
            answered_by_id=actor.user_id,
            answered_at=now,
            answer_reason=reason.strip()[:MOST_SIGNS],
            expires_at=now + HOLDS_FOR,
        )
        if done != 1:
            raise Expired(_("This request has lapsed or was answered already. Ask again."))
        append(actor, f"approval.{state}", subject=found, detail={"act": found.act})
        found.refresh_from_db()
    return found


@transaction.atomic
def use(actor: Actor, approval_id: UUID, act: str, *, scope: dict[str, Any]) -> Approval:
    """Use an approval once, for exactly what was asked, by who may still ask for it.

    Call it in the transaction of the act. Raises Expired.
    """
    if actor.user_id is None or not _may_ask(actor, act):
        raise Expired(NO_LONGER)
    now = timezone.now()
    done = Approval.objects.filter(
        pk=approval_id,
        act=act,
        scope_digest=digest(act, scope),
        state=Approval.State.APPROVED,
        asked_by_id=actor.user_id,
        answered_at__lte=now + CLOCK_MAY_SLIP,  # one of the future: the clock was set back
        expires_at__gt=now,
    ).update(state=Approval.State.USED, used_at=now)
    if done != 1:
        raise Expired(NO_LONGER)
    used = Approval.objects.get(pk=approval_id)
    if used.answered_by_id is None or _same_person(used.asked_by_id, used.answered_by_id):
        raise NotYours
    append(actor, "approval.use", subject=used, detail={"act": act})
    return used


def _may_ask(actor: Actor, act: str) -> bool:
    return actor.has(*ASKED_BY.get(act, ACTS[act]))


def _same_person(one: UUID, other: UUID) -> bool:
    keys = set(User.objects.filter(pk__in=[one, other]).values_list("person_key", flat=True))
    return one == other or len(keys) != 2
