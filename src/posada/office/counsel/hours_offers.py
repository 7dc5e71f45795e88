"""Offers of hours from the public site: taken once, called back, and a lawyer's entered as counsel.

Comes in: an opened letter, or the legal coordinator's act. Goes out: kept offers with sealed contacts, a task until
each is settled, and one coarse word for who holds the letter's link. What follows is the usual way: conflict check,
then engagement. Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_hours_offers.py.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.docket.calendar import business_days_from
from posada.office.access import doors
from posada.office.access.actor import Actor, machine
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.counsel.models import Counsel, Engagement, HoursOffer
from posada.office.counsel.people import add_counsel
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.letter_answers import writer_of
from posada.office.refusals import FieldsRefused, Refusal

MARK = "H-"
MOST_HOURS = 200
CALLED_WITHIN = 3  # working days, as the public form promises
KINDS: dict[str, Any] = {
    "attorney": _("Lawyer"),
    "interpreter": _("Interpreter"),
    "mentor": _("Mentor"),
}
STATE = HoursOffer.State
STATES: dict[str, Any] = {
    STATE.RECEIVED: _("received"),
    STATE.IN_CONTACT: _("in contact"),
    STATE.AGREED: _("agreed"),
    STATE.ENDED: _("ended"),
}
NEXT = {STATE.RECEIVED: (STATE.IN_CONTACT, STATE.ENDED), STATE.IN_CONTACT: (STATE.AGREED, STATE.ENDED)}
"""From where one goes where. A lawyer's offer is agreed on by entering the counsel."""
OPEN = (STATE.RECEIVED, STATE.IN_CONTACT)


def taken(told: dict[str, Any]) -> int:
    """An offer of what a letter says, once. Raises ValueError, KeyError, TypeError where no form of ours sent it."""
    writer, hours, kind = writer_of(told), int(told["answers"]["hours"]), str(told["answers"]["kind"])
    if kind not in KINDS or not 1 <= hours <= MOST_HOURS:
        raise ValueError("not what the form sends")
    reference = f"{MARK}{writer.ticket}"
    if HoursOffer.objects.filter(reference=reference).exists():
        return 0
    offer = HoursOffer(
        reference=reference,
        kind=kind,
        county_fips=writer.county,
        languages=writer.languages,
        hours_a_month=hours,
        best_language=writer.best_language,
        received_on=today(),
    )
    try:
        _keep(offer, writer.contacts)
    except IntegrityError:  # taken by another worker meanwhile
        return 0
    return 1


def _keep(offer: HoursOffer, contacts: dict[str, str]) -> None:
    actor = machine("public site")
    with transaction.atomic():
        saved = save_new(offer, actor=actor, act="hours_offer.take")
        doors.seal_fields(saved, {name: text for name, text in contacts.items() if text})
        open_task(
            actor,
            Wanted(
                kind="hours_offer",
                role=Role.LEGAL_COORDINATOR,
                due_on=business_days_from(today(), count=CALLED_WITHIN),
                once_key=f"hours_offer:{saved.pk}",
            ),
        )


def move(actor: Actor, offer: HoursOffer, *, version: int, to: str, reason: str = "") -> HoursOffer:
    """Go on with an offer. Raises NotThere, Refusal, FieldsRefused, SomebodySavedFirst."""
    doors.one(doors.hours_offers(actor), offer.pk)
    if to not in NEXT.get(STATE(offer.state), ()) or (to == STATE.AGREED and offer.kind == "attorney"):
        raise Refusal(_("It can’t go there from where it stands."), code="step_refused")
    if to == STATE.ENDED and len(reason.strip()) < 5:
        raise FieldsRefused({"reason": _("Say in a few words why it ends.")})
    with transaction.atomic():
        changes = {"state": to, "ending_reason": reason.strip()[:300] if to == STATE.ENDED else ""}
        saved = save_change(offer, version=version, changes=changes, actor=actor, act="hours_offer.move")
        if to not in OPEN:
            finish_cause(actor, f"hours_offer:{offer.pk}")
    return saved


def enter(actor: Actor, offer: HoursOffer, counsel: Counsel, *, version: int) -> Counsel:
    """Enter a lawyer who offered hours as counsel. Raises NotThere, Refusal, FieldsRefused, SomebodySavedFirst."""
    doors.one(doors.hours_offers(actor), offer.pk)
    if offer.kind != "attorney" or offer.state not in OPEN:
        raise Refusal(_("It can’t go there from where it stands."), code="step_refused")
    with transaction.atomic():
        saved = add_counsel(actor, counsel)
        changes = {"state": STATE.AGREED, "counsel_id": saved.pk}
        save_change(offer, version=version, changes=changes, actor=actor, act="hours_offer.enter")
        finish_cause(actor, f"hours_offer:{offer.pk}")
    return saved


def standings() -> dict[str, str]:
    """Ticket → one of the words that the public site tells who holds the letter's link."""
    acting = set(Engagement.objects.filter(voided_at__isnull=True).values_list("counsel_id", flat=True))
    rows = HoursOffer.objects.values_list("reference", "state", "counsel_id")
    return {
        reference.removeprefix(MARK): _coarse(state, is_waiting=counsel is not None and counsel not in acting)
        for reference, state, counsel in rows
    }


def _coarse(state: str, *, is_waiting: bool) -> str:
    if state == STATE.AGREED:
        return "checks" if is_waiting else "open"
    return str(state)
