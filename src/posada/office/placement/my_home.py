"""What a foster parent sees: the own home, its open offers, who lives there, and which visits come.

Names are here, since these children live there: the home has said yes. Docs: docs/how-to/answer-an-offer.md.
Tests: tests/office/placement/test_my_home.py.
"""

from dataclasses import dataclass, field
from typing import Any

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.desk import confirmations
from posada.office.docket.hearings import ShownHearing
from posada.office.docket.reminders import appointments_of, living_with
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.placement.answers import is_open
from posada.office.placement.models import CheckIn, Offer, Placement
from posada.office.placement.placed_selectors import kind_of

VISITS = 6


@dataclass(slots=True)
class OwnHome:
    """A home with what its own people may see of it."""

    home: Home
    offers: list[Offer] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    visits: list[tuple[Any, CheckIn]] = field(default_factory=list)
    to_confirm: bool = False
    appointments: list[ShownHearing] = field(default_factory=list)

    @property
    def children(self) -> list[Child]:
        """The children who live there, oldest first."""
        return [each.child for each in self.placements]


def homes_of(actor: Actor) -> list[OwnHome]:
    """The homes that the person answers for."""
    own = list(doors.homes(actor).filter(pk__in=actor.homes).order_by("home_id"))
    found = {each.pk: OwnHome(each) for each in own}
    for offer in (
        doors.offers(actor).filter(home__in=own).select_related("group", "home").order_by("expires_at")
    ):
        if is_open(offer):
            found[offer.home_id].offers.append(offer)
    for placement in living_with(actor).select_related("child", "offer").order_by("child__birth_date"):
        found[placement.home_id].placements.append(placement)
    coming = doors.check_ins(actor).filter(home__in=own, done_on__isnull=True).order_by("due_on")
    for visit in coming[: VISITS * len(own)]:
        found[visit.home_id].visits.append((kind_of(visit), visit))
    confirmed = confirmations.confirmed_homes()
    hearings = appointments_of(actor) if any(each.placements for each in found.values()) else []
    for each in found.values():
        groups = {child.group_id for child in each.children}
        each.appointments = [hearing for hearing in hearings if hearing.row.group_id in groups]
    for each in found.values():
        each.to_confirm = bool(each.placements) and each.home.pk not in confirmed
    return list(found.values())
