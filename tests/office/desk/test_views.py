"""The first page, and the keys."""

from posada.office.access.roles import Role
from tests.office.people import browser_of, person


def test_whoever_has_signed_in_has_a_first_page_and_a_stranger_is_sent_to_sign_in(client) -> None:  # type: ignore[no-untyped-def]
    assert browser_of(person(Role.AUDITOR)).get("/").status_code == 200
    assert client.get("/").status_code == 302


def test_single_keys_can_be_switched_off() -> None:
    user = person(Role.AUDITOR)
    me = browser_of(user)
    assert me.post("/keys/").status_code == 302
    user.refresh_from_db()
    assert user.keys_off
    assert b"off" in me.get("/keys/").content
