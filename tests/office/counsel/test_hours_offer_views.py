"""The pages on which an offer of hours is settled."""

import pytest

from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel, HoursOffer
from tests.office.counsel.test_hours_offers import take
from tests.office.people import browser_of, person

pytestmark = pytest.mark.django_db


def test_from_the_list_to_a_counsel_entered_with_what_the_offer_says() -> None:
    offer, browser = take(), browser_of(person(Role.LEGAL_COORDINATOR))
    assert "One offer of hours waits" in browser.get("/counsel/hours-offers/").content.decode()
    page = f"/counsel/hours-offers/{offer.pk}/"
    told = browser.get(page).content.decode()
    assert "Planted" not in told and f"/hours-offer/{offer.pk}/" in told
    browser.post(f"{page}move/", {"version": offer.version, "to": "in_contact"})
    form = browser.get(f"{page}enter/").content.decode()
    assert "eng; spa" in form
    fields = {"counsel_id": "k900", "display_name": "Ana Example", "kind": "attorney", "open_slots": "2"}
    sent = browser.post(f"{page}enter/", {**fields, "courts": "baltimore", "languages": "eng; spa"})
    assert sent.status_code == 302
    assert HoursOffer.objects.get().counsel == Counsel.objects.get(counsel_id="k900")
    assert "k900" in browser.get(page).content.decode()


def test_without_offers_the_page_says_so_in_spanish_too() -> None:
    browser = browser_of(person(Role.LEGAL_COORDINATOR), language="es")
    assert "Nadie ha ofrecido horas todavía" in browser.get("/counsel/hours-offers/").content.decode()
