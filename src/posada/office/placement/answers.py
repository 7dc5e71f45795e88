"""A home says yes or no. Of several who want one bed exactly one gets it; the others are told why.

Comes in: an open offer and who answers (a foster parent, a worker on the telephone, or whoever holds the link).
Goes out: an accepted offer with a placement for each child, or a declined one; a second press changes nothing.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_answers.py.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.audit.models import Revision
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.licensing.models import Home
from posada.office.placement import check_ins, offers
from posada.office.placement.models import Offer, Placement
from posada.office.placement.offer_checks import LIVE, Fault, faults_of, waiting_children
from posada.office.placement.offer_words import fault_for_home
from posada.office.program import note_change
from posada.office.refusals import Refusal, SomebodySavedFirst

TRIES = 40
"""So often an answer is tried anew because another changed the home in the same moment."""


class Over(Refusal):
    """The offer is no longer open: answered, lapsed or withdrawn."""

    code = "offer_over"
    status = 409


class CannotTake(Refusal):
    """The home may not take the group now. `fault`: the rule that stands against it."""

    code = "cannot_take"
    status = 409

    def __init__(self, fault: Fault, home: Home) -> None:
        super().__init__(fault_for_home(fault, home), code=fault.code)
        self.fault = fault


class HomeMoved(Exception):
    """Somebody changed the home between our look and our write; the caller looks and tries again."""


def find_open(token_hash: str) -> Offer | None:
    """The offer that a link leads to, while it can be answered; None for every other link, whatever the reason."""
    rows = Offer.objects.filter(token_hash=token_hash, voided_at__isnull=True)
    offer = rows.select_related("group", "home", "counsel").first()
    return offer if offer is not None and is_open(offer) else None


def is_open(offer: Offer) -> bool:
    """Whether it can be answered: open and in time, or not delivered (its clock stands still)."""
    in_time = offer.state == Offer.State.OPEN and offer.expires_at > timezone.now()
    return in_time or offer.state == Offer.State.NOT_DELIVERED


def accept(actor: Actor, offer: Offer) -> Offer:
    """The home says yes: its children get their placements, from today. Again: nothing happens.

    Raises Over, and CannotTake with the rule, whereupon the offer is withdrawn and the group is back on the board.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _accept(
                    actor, Offer.objects.select_related("group", "home", "counsel").get(pk=offer.pk)
                )
        except CannotTake as refused:
            _give_back(actor, offer, refused.fault)
            raise
        except (SomebodySavedFirst, HomeMoved):
            continue
    raise Over(_("Too many people answered at once. Please try again."))


def decline(actor: Actor, offer: Offer) -> Offer:
    """The home says no, and need not say why; it is not held against it. Again: nothing happens. Raises Over."""
    current = Offer.objects.select_related("group", "home").get(pk=offer.pk)
    if current.state == Offer.State.DECLINED:
        return current
    _needs_open(current)
    with transaction.atomic():
        try:
            closed = offers.close(actor, current, state=Offer.State.DECLINED, version=current.version)
        except SomebodySavedFirst as first:
            raise Over(_("This offer has been answered in the meantime.")) from first
        _no_longer_silent(actor, current.home)
        offers.back_to_board(actor, current, kind="offer_declined")
        _ask_what_it_is_open_to(actor, current.home)
    offers.solve_again()
    return closed


def _accept(actor: Actor, offer: Offer) -> Offer:
    if offer.state == Offer.State.ACCEPTED:
        return offer
    _needs_open(offer)
    faults = faults_of(offer.group, offer.home, held=False)
    if faults:
        raise CannotTake(faults[0], offer.home)
    children = waiting_children(offer.group)
    changes = {
        "state": Offer.State.ACCEPTED,
        "answered_at": timezone.now(),
        "answered_by_id": actor.user_id,
        "children_count": len(children),
    }
    accepted = save_change(offer, version=offer.version, changes=changes, actor=actor, act="offer.accept")
    take_beds(actor, offer.home, children=len(children))
    until = today() + timedelta(days=offer.length_days) if offer.length_days else None
    try:
        for child in children:
            place = Placement(
                child=child, home=offer.home, offer=accepted, from_date=today(), expected_until=until
            )
            save_new(place, actor=actor, act="placement.start")
    except IntegrityError as twice:
        raise HomeMoved from twice
    _no_longer_silent(actor, Home.objects.get(pk=offer.home_id))
    _what_follows(actor, accepted)
    note_change()
    return accepted


def take_beds(actor: Actor, home: Home, *, children: int) -> None:
    """Count the home's version on, so that nobody else who looked at its beds before can write.

    Raises HomeMoved where the home is no longer as it was looked at. Call it in the transaction of the placement.
    """
    moved = Home.objects.filter(pk=home.pk, version=home.version).update(
        version=F("version") + 1, changed_at=timezone.now()
    )
    if moved != 1:
        raise HomeMoved
    Revision.objects.create(
        record_kind="licensing.home",
        record_id=home.pk,
        version=home.version + 1,
        at=timezone.now(),
        by_id=actor.user_id,
        act="home.receive",
        changed={"children_who_come": [None, children]},
    )


def _what_follows(actor: Actor, offer: Offer) -> None:
    check_ins.schedule(actor, offer.group, offer.home, start=today(), days=offer.length_days)
    finish_cause(actor, f"call:{offer.pk}", outcome="accepted")
    about: dict[str, Any] = {"group": offer.group, "home": offer.home}
    open_task(
        actor,
        Wanted(
            "arrival_to_confirm",
            role=Role.PLACEMENT_WORKER,
            due_on=today() + timedelta(days=1),
            once_key=f"arrival:{offer.pk}",
            **about,
        ),
    )
    open_task(
        actor,
        Wanted(
            "propose_engagement" if offer.counsel_id else "find_counsel",
            role=Role.LEGAL_COORDINATOR,
            group=offer.group,
            counsel=offer.counsel,
            once_key=f"engagement:{offer.pk}",
        ),
    )
    if offer.home.kind == "kin":
        open_task(
            actor,
            Wanted(
                "post_release_services",
                role=Role.PLACEMENT_WORKER,
                due_on=today() + timedelta(days=7),
                once_key=f"post_release:{offer.pk}",
                **about,
            ),
        )


def _give_back(actor: Actor, offer: Offer, fault: Fault) -> None:
    current = Offer.objects.select_related("group", "home").get(pk=offer.pk)
    if current.state not in LIVE:
        return
    try:
        with transaction.atomic():
            offers.close(
                actor, current, state=Offer.State.WITHDRAWN, version=current.version, reason=fault.code
            )
            offers.back_to_board(actor, current, kind="offer_refused")
    except SomebodySavedFirst:
        return
    offers.solve_again()


def _no_longer_silent(actor: Actor, home: Home) -> None:
    if home.silent_offers:
        changes = {"silent_offers": 0}
        save_change(home, version=home.version, changes=changes, actor=actor, act="home.answered")


def _ask_what_it_is_open_to(actor: Actor, home: Home) -> None:
    since = home.open_to_asked_on
    declined = Offer.objects.filter(home=home, state=Offer.State.DECLINED)
    if since is not None:
        declined = declined.filter(answered_at__date__gt=since)
    count = declined.count()
    if count >= offers.DECLINED_MOST:
        open_task(
            actor,
            Wanted(
                "ask_open_to",
                role=Role.LICENSING_WORKER,
                home=home,
                values={"declined": count},
                once_key=f"open_to:{home.pk}:{since}",
            ),
        )


def _needs_open(offer: Offer) -> None:
    if not is_open(offer):
        raise Over(_("Thank you. This time it is no longer needed."))
