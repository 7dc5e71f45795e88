"""An offer of hours is taken once, sealed, told to the coordinator, and leads to counsel the ordinary way."""

from typing import Any

import pytest

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.counsel import hours_offers
from posada.office.counsel.models import Counsel, Engagement, HoursOffer
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.people import acting, group_of

pytestmark = pytest.mark.django_db
TICKET = "0123456789abcdef"
ANSWERS: dict[str, Any] = {
    "kind": "attorney",
    "county": "24031",
    "best_language": "en",
    "hours": 20,
    "languages": ["eng", "spa"],
    "contact_name": "Ana Planted",
    "phone": "",
    "email": "ana@example.org",
}


def take(ticket: str = TICKET, **changed: Any) -> HoursOffer:
    """A letter that was opened."""
    assert hours_offers.taken({"ticket": ticket, "answers": {**ANSWERS, **changed}}) == 1
    return HoursOffer.objects.get(reference=f"H-{ticket}")


def test_an_offer_is_kept_once_with_sealed_contacts_and_one_task() -> None:
    offer = take()
    assert hours_offers.taken({"ticket": TICKET, "answers": ANSWERS}) == 0
    assert doors.has_sealed(offer) == {"contact_name", "email"}
    assert "Planted" not in str(offer.__dict__)
    task = Task.objects.get(kind="hours_offer")
    assert (task.role, task.done_at) == (Role.LEGAL_COORDINATOR, None)
    assert hours_offers.standings() == {TICKET: "received"}


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "judge"},
        {"county": "99999"},
        {"hours": 0},
        {"hours": "many"},
        {"languages": ["<b>"]},
        {"contact_name": ""},
        {"email": ""},
        {"contact_name": "x" * 300},
    ],
)
def test_what_the_form_would_not_send_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        hours_offers.taken({"ticket": TICKET, "answers": {**ANSWERS, **changed}})
    assert not HoursOffer.objects.exists()


def test_a_lawyer_is_entered_as_counsel_and_the_link_tells_how_far_it_is() -> None:
    desk, offer = acting(Role.LEGAL_COORDINATOR), take()
    offer = hours_offers.move(desk, offer, version=offer.version, to="in_contact")
    assert hours_offers.standings() == {TICKET: "in_contact"}
    with pytest.raises(Refusal):
        hours_offers.move(desk, offer, version=offer.version, to="agreed")
    new = Counsel(counsel_id="k900", display_name="Ana Example", courts=["baltimore"], open_slots=2)
    counsel = hours_offers.enter(desk, offer, new, version=offer.version)
    assert hours_offers.standings() == {TICKET: "checks"}
    assert Task.objects.get(kind="hours_offer").done_at is not None
    Engagement.objects.create(counsel=counsel, group=group_of(), from_date=today())
    assert hours_offers.standings() == {TICKET: "open"}
    with pytest.raises(Refusal):
        offer.refresh_from_db()
        hours_offers.enter(desk, offer, Counsel(counsel_id="k901"), version=offer.version)


def test_an_end_has_a_reason_and_a_mentor_is_agreed_on_without_counsel() -> None:
    desk, offer = acting(Role.LEGAL_COORDINATOR), take(kind="mentor")
    with pytest.raises(FieldsRefused):
        hours_offers.move(desk, offer, version=offer.version, to="ended")
    offer = hours_offers.move(desk, offer, version=offer.version, to="in_contact")
    hours_offers.move(desk, offer, version=offer.version, to="agreed")
    assert hours_offers.standings() == {TICKET: "open"}
    other = take("f" * 16)
    hours_offers.move(desk, other, version=other.version, to="ended", reason="moved away")
    assert hours_offers.standings()["f" * 16] == "ended"


def test_nobody_but_the_coordinator_sees_an_offer() -> None:
    offer = take()
    for role in (Role.ATTORNEY, Role.LICENSING_WORKER, Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR):
        assert not doors.hours_offers(acting(role)).exists()
        with pytest.raises(NotThere):
            hours_offers.move(acting(role), offer, version=offer.version, to="in_contact")
