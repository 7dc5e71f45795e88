"""Of a browser nothing stands in clear by which it could be found."""

from posada.office.access.roles import Role
from posada.office.nudges.models import Browser
from posada.office.nudges.switching import address_of
from tests.office.nudges.desks import PHONE, desk
from tests.office.people import person
from tests.push.fake_service import Service


def test_address_keys_and_session_are_sealed_or_hashed(service: Service) -> None:
    at = desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    row = Browser.objects.get()
    stored = repr([row.lookup, row.session, bytes(row.sealed), row.topics])
    for secret in (service.address, PHONE.auth, PHONE.p256dh, at.client.session.session_key or ""):
        assert secret not in stored
    assert address_of(row) == (service.address + "/ok/1", PHONE.p256dh, PHONE.auth)
