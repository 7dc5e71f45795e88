"""The page of keys: asked for, agreed to by another, with the id for the command line; no key is on it."""

from dataclasses import replace
from typing import Any

from posada.office.access import two_persons
from posada.office.access.key_ring import key_number
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.web.key_file import encoded
from tests.office.people import acting, browser_of, person

ONE, TWO = b"1" * 32, b"2" * 32


def test_a_change_is_asked_for_and_its_number_shown_when_another_agreed(settings: Any) -> None:
    held = replace(settings.DEPLOYMENT.keys, sealing=(TWO, ONE))
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held, key_file=None)
    client = browser_of(person(Role.ADMINISTRATOR))
    assert client.post("/sealing-keys/", {"what": "new", "reason": ""}).status_code == 422
    assert (
        client.post("/sealing-keys/", {"what": key_number(TWO), "reason": "long enough"}).status_code == 422
    )
    assert (
        client.post("/sealing-keys/", {"what": key_number(ONE), "reason": "once a year"}).status_code == 302
    )
    asked = Approval.objects.get()
    assert asked.scope == {"what": "retire", "key": key_number(ONE)}
    assert str(asked.pk) not in client.get("/sealing-keys/").content.decode()
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    page = client.get("/sealing-keys/").content.decode()
    assert f"posada keys retire --approval {asked.pk}" in page
    assert key_number(TWO) in page
    assert encoded(ONE) not in page
    assert encoded(TWO) not in page


def test_the_page_speaks_spanish() -> None:
    page = browser_of(person(Role.ADMINISTRATOR), language="es").get("/sealing-keys/").content.decode()
    assert "Claves de sellado" in page
    assert "Sealing keys" not in page
