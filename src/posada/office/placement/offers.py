"""Offers: sent from an approved plan, answered by the home, lapsed, withdrawn. One bed is given once.

Comes in: an actor and what was approved. Goes out: offers, and after a yes placements with their check-ins.
Exactly one of several answers wins: the offer's version and the home's version are compared and set in one
transaction, on any database; whoever comes second is told why. GET and HEAD never come here.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_offers.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor, machine
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.desk import mailing
from posada.office.desk.models import Mail
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.licensing.models import Home
from posada.office.placement import offer_mail, plans
from posada.office.placement.models import Offer, PlannedGroup, PlanRun
from posada.office.placement.offer_checks import LIVE, Fault, faults_of, waiting_children
from posada.office.placement.offer_selectors import ready_rows
from posada.office.placement.offer_tokens import hash_of, token_of
from posada.office.program import note_change
from posada.office.refusals import NotThere, Refusal

LENGTH_DAYS = 90
"""How long an offer is for if nobody says otherwise. Source: the program's own practice."""
SILENT_MOST = 3
"""A home that lets so many offers lapse leaves the plan until somebody has called it. Source: expectation 25."""
DECLINED_MOST = 2
"""After so many declined offers a home is asked again what it is open to. Source: expectation 25."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """A planned group that was not offered, with everything that stands against it."""

    planned: PlannedGroup
    faults: tuple[Fault, ...]


class NotApproved(Refusal):
    """Only an approved plan becomes offers."""

    code = "not_approved"
    status = 409


def send_offers(
    actor: Actor,
    run: PlanRun,
    *,
    groups: Sequence[UUID] | None = None,
    expires_at: datetime,
    length_days: int | None = LENGTH_DAYS,
) -> tuple[list[Offer], list[NotSent]]:
    """Offer the groups of an approved plan (all, or those with these ids) to their homes, each by itself.

    Raises NotApproved, and Refusal for a time that has passed. A group with an open offer is left out silently.
    """
    if not actor.has(Role.PLACEMENT_WORKER):
        raise NotThere
    if run.state != PlanRun.State.APPROVED:
        raise NotApproved(_("This plan is not approved. Offers follow only from an approved plan."))
    if expires_at <= timezone.now():
        raise Refusal(_("The time until which homes may answer has passed already."), code="time_passed")
    sent, not_sent = [], []
    rows = ready_rows(actor, run)
    for planned in rows if groups is None else rows.filter(group_id__in=groups):
        assert planned.home is not None  # noqa: S101
        faults = faults_of(planned.group, planned.home)
        if faults:
            not_sent.append(NotSent(planned, tuple(faults)))
            continue
        offer = _send(actor, planned, expires_at=expires_at, length_days=length_days)
        if offer is not None:
            sent.append(offer)
    deliver_waiting(actor, offers=sent)
    return sent, not_sent


def _send(
    actor: Actor, planned: PlannedGroup, *, expires_at: datetime, length_days: int | None
) -> Offer | None:
    now = timezone.now()
    offer = Offer(
        run=planned.run,
        group=planned.group,
        home=planned.home,
        counsel=planned.counsel,
        children_count=len(waiting_children(planned.group)),
        sent_by_id=actor.user_id,
        sent_at=now,
        expires_at=expires_at,
        length_days=length_days,
    )
    offer.token_hash = hash_of(token_of(offer.pk, sent_at=now))
    try:
        with transaction.atomic():
            save_new(offer, actor=actor, act="offer.send")
            offer_mail.queue_mails(offer)
            note_change()
    except IntegrityError:
        return None  # another worker sent one for this group in the same moment
    return offer


def deliver_waiting(actor: Actor | None = None, *, offers: Sequence[Offer] | None = None) -> int:
    """Hand over queued messages of open offers, of some or of all. Returns how many went out."""
    mails = Mail.objects.filter(kind="offer", state=Mail.State.QUEUED, offer__state=Offer.State.OPEN)
    if offers is not None:
        mails = mails.filter(offer__in=[each.pk for each in offers])
    elif actor is None or actor.user_id is None:
        mails = mails.filter(user__isnull=False)  # the machine opens no sealed address
    acting = actor or machine("mail of offers")
    waiting = mails.select_related("offer__home", "user").order_by("pk")
    return sum(offer_mail.deliver(acting, each) for each in waiting)


def send_again(actor: Actor, offer: Offer, *, version: int, expires_at: datetime) -> Offer:
    """Send a new link, after a bounce or because it was lost; the old one is dead. Raises Refusal if it is over."""
    _needs_live(offer)
    now = timezone.now()
    changes = {
        "state": Offer.State.OPEN,
        "sent_at": now,
        "expires_at": expires_at,
        "token_hash": hash_of(token_of(offer.pk, sent_at=now)),
    }
    with transaction.atomic():
        offer = save_change(offer, version=version, changes=changes, actor=actor, act="offer.send_again")
        offer_mail.queue_mails(offer)
        finish_cause(actor, _call_key(offer), outcome="sent again")
    deliver_waiting(actor, offers=[offer])
    return offer


@transaction.atomic
def stop_clock(actor: Actor, offer: Offer) -> None:
    """The offer did not arrive: it no longer lapses, the bed stays held, and somebody must call the home."""
    current = Offer.objects.select_related("home", "group").get(pk=offer.pk)
    if current.state != Offer.State.OPEN:
        return
    save_change(
        current,
        version=current.version,
        changes={"state": Offer.State.NOT_DELIVERED},
        actor=actor,
        act="offer.not_delivered",
    )
    wanted = Wanted(
        "offer_not_delivered",
        role=Role.PLACEMENT_WORKER,
        group=current.group,
        home=current.home,
        values={"offer": str(current.pk)},
        once_key=_call_key(current),
        again=True,
    )
    open_task(actor, wanted)


def note_bounce(message_id: str, *, actor: Actor | None = None) -> Mail:
    """A message came back from the mail server; see `posada.office.desk.mailing.note_bounce`."""
    return mailing.note_bounce(actor or machine("mail that came back"), message_id)


def withdraw(actor: Actor, offer: Offer, *, version: int, reason: str) -> Offer:
    """Take an offer back. The home sees the same page as for any offer that is over. Raises Refusal."""
    if not reason.strip():
        raise Refusal(_("Say in a few words why."), code="no_reason")
    _needs_live(offer)
    return close(actor, offer, state=Offer.State.WITHDRAWN, version=version, reason=reason.strip()[:60])


def close(actor: Actor, offer: Offer, *, state: str, version: int, reason: str = "") -> Offer:
    """End an offer without a placement, in one transaction; its bed is free again. The caller says what follows."""
    changes = {
        "state": state,
        "answered_at": timezone.now(),
        "answered_by_id": actor.user_id,
        "ending_reason": reason,
    }
    with transaction.atomic():
        closed = save_change(offer, version=version, changes=changes, actor=actor, act=f"offer.{state}")
        finish_cause(actor, _call_key(offer), outcome=str(state))
        note_change()
    return closed


def lapse_offers(now: datetime | None = None, *, actor: Actor | None = None) -> int:
    """End every open offer whose time is over, and put its group back on the board. Safe to run at any time."""
    acting, ended = actor or machine("lapse of offers"), []
    over = Offer.objects.filter(
        state=Offer.State.OPEN, expires_at__lte=now or timezone.now(), voided_at__isnull=True
    )
    for offer in over.select_related("group", "home").order_by("expires_at"):
        try:
            with transaction.atomic():
                close(acting, offer, state=Offer.State.LAPSED, version=offer.version)
                _note_silence(acting, offer.home_id)
                back_to_board(acting, offer, kind="offer_lapsed")
        except Refusal:
            continue  # answered in the same moment
        ended.append(offer)
    if ended:
        solve_again()
    return len(ended)


def back_to_board(actor: Actor, offer: Offer, *, kind: str) -> None:
    """The group has no home again: a task says so. Call `solve_again` after the transaction."""
    wanted = Wanted(
        kind,
        role=Role.PLACEMENT_WORKER,
        group=offer.group,
        home=offer.home,
        due_on=today(),
        values={"offer": str(offer.pk)},
        once_key=f"{kind}:{offer.pk}",
    )
    open_task(actor, wanted)


def solve_again() -> bool:
    """Ask for a plan with the next best home. False where none can be asked for now; the tasks stand anyway."""
    try:
        plans.ask_for_plan(machine("next best home"))
    except Refusal:
        return False
    return True


def _note_silence(actor: Actor, home_id: UUID) -> None:
    home = Home.objects.get(pk=home_id)
    silent = home.silent_offers + 1
    changes: dict[str, object] = {"silent_offers": silent}
    if silent >= SILENT_MOST and home.state == Home.State.OPEN:
        changes |= {"state": Home.State.ON_HOLD, "state_reason": "silent_to_offers"}
        open_task(
            actor,
            Wanted(
                "home_silent",
                role=Role.LICENSING_WORKER,
                home=home,
                values={"offers": silent},
                once_key=f"home_silent:{home.pk}:{home.version}",
            ),
        )
    save_change(home, version=home.version, changes=changes, actor=actor, act="home.silent")


def _call_key(offer: Offer) -> str:
    return f"call:{offer.pk}"


def _needs_live(offer: Offer) -> None:
    if offer.state not in LIVE:
        raise Refusal(
            _("This offer is over already."),
            code="offer_over",
        )


def default_expiry(now: datetime | None = None) -> datetime:
    """Tomorrow at eight in the evening, in the office's zone."""
    local = timezone.localtime(now)
    return local.replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=1)
