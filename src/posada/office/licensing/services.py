"""What licensing does: take enquiries, give them to workers, move them on, and open homes.

Each function is one transaction: door → core → write → history. Rules stand in posada.licensing; the same service
is called by the form, the import and the public site, so that a refusal is the same everywhere.
Docs: docs/how-to/license-a-home.md. Tests: tests/office/licensing/test_services.py.
"""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.licensing.enquiry import PATH, EndingNeedsReason, Stage, StageNotReachable, check_move
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.licensing.models import Enquiry, Home
from posada.office.refusals import NotThere, Refusal


class StepRefused(Refusal):
    """The enquiry cannot go from where it stands to the step that was asked for."""

    code = "step_refused"


class NotGiven(Refusal):
    """Some enquiries were not given to the worker; `references` names them, and the others were given."""

    code = "not_given"

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(
            _("These were not given, because somebody changed them meanwhile: %s") % ", ".join(references)
        )
        self.references = references


def take_enquiry(
    actor: Actor, *, fields: dict[str, Any], contacts: dict[str, str], reference: str = ""
) -> Enquiry:
    """A new enquiry; its contacts are sealed. It stands in the triage queue at once.

    `reference`: of a letter, which names itself, so that the same letter twice is one enquiry.
    """
    with transaction.atomic():
        made = Enquiry(
            reference=reference or f"E-{secrets.token_hex(4).upper()}",
            received_at=timezone.now(),
            received_on=today(),
            **fields,
        )
        save_new(made, actor=actor, act="enquiry.take")
        doors.seal_fields(made, contacts)
    return made


def give(actor: Actor, chosen: Sequence[UUID], *, owner_id: UUID) -> int:
    """Give enquiries to a licensing worker. Returns how many; raises NotGiven for those that could not be."""
    owner = User.objects.filter(pk=owner_id, is_active=True, grants__role=Role.LICENSING_WORKER).first()
    if owner is None:
        raise Refusal(_("Choose a licensing worker."), code="no_worker")
    given, left = 0, []
    for each in doors.enquiries(actor).filter(pk__in=chosen).order_by("received_at"):
        changes: dict[str, Any] = {"owner_id": owner.pk}
        if each.stage == Enquiry.Stage.ENQUIRY:
            changes["stage"] = Enquiry.Stage.TRIAGE
        try:
            save_change(each, version=each.version, changes=changes, actor=actor, act="enquiry.give")
            given += 1
        except Refusal:
            left.append(each.reference)
    if left:
        raise NotGiven(left)
    return given


def move(
    actor: Actor, enquiry: Enquiry, *, to: str, version: int, ending: str = "", answered: bool = False
) -> Enquiry:
    """Move an enquiry on. Raises StepRefused, SomebodySavedFirst; opening is `opening.open_home`."""
    if to == Enquiry.Stage.OPEN:
        raise StepRefused(_("A home is opened on its own page, where its checks stand."))
    try:
        check_move(Stage(enquiry.stage), to=Stage(to), ending=ending)
    except (StageNotReachable, ValueError) as error:
        if isinstance(error, EndingNeedsReason):
            raise StepRefused(_("Choose why it ends."), code="ending_needs_reason") from error
        raise StepRefused(_("It can’t go there from where it stands.")) from error
    furthest = max(Stage(enquiry.furthest), Stage(to), key=_how_far)
    changes: dict[str, Any] = {
        "stage": to,
        "furthest": furthest.value,
        "ending_reason": ending if to == Enquiry.Stage.CLOSED else "",
    }
    if enquiry.first_answer_at is None:
        changes["first_answer_at"] = timezone.now()
    with transaction.atomic():
        moved = save_change(enquiry, version=version, changes=changes, actor=actor, act="enquiry.move")
        if to == Enquiry.Stage.APPLICATION and moved.home_id is None:
            moved = _apply(actor, moved)
    return moved


def _how_far(stage: Stage) -> int:
    return PATH.index(stage) if stage in PATH else -1


def _apply(actor: Actor, enquiry: Enquiry) -> Enquiry:
    """The home that an application is about: in preparation, with the contacts of the enquiry."""
    home = Home(
        home_id=f"H-{enquiry.reference.removeprefix('E-')}",
        kind=enquiry.kind,
        state=Home.State.PREPARING,
        county_fips=enquiry.county_fips,
        licensed_capacity=enquiry.beds_offered,
        beds_girls=0,
        beds_boys=0,
        beds_any=enquiry.beds_offered,
        max_siblings=enquiry.max_siblings,
        languages=enquiry.languages,
        best_language=enquiry.best_language,
        has_typed_checks=True,
    )
    save_new(home, actor=actor, act="home.prepare")
    doors.copy_sealed(enquiry, home)
    return save_change(
        enquiry, version=enquiry.version, changes={"home_id": home.pk}, actor=actor, act="enquiry.apply"
    )


def note_call(actor: Actor, enquiry: Enquiry, *, reached: bool) -> None:
    """Somebody called. The first answer counts when the person was reached."""
    if not doors.enquiries(actor).filter(pk=enquiry.pk).exists():
        raise NotThere
    with transaction.atomic():
        if reached and enquiry.first_answer_at is None:
            save_change(
                enquiry,
                version=enquiry.version,
                changes={"first_answer_at": timezone.now()},
                actor=actor,
                act="enquiry.call",
            )
        else:
            append(actor, "enquiry.call", subject=enquiry, detail={"reached": reached})
