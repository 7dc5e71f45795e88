"""One's own devices are listed and signed out; another's are not there."""

import pytest
from allauth.usersessions.models import UserSession

from posada.office.access.devices import end_sessions_of
from posada.office.access.roles import Role
from posada.office.access.templatetags.devices import device
from tests.office.people import browser_of, person


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1 Safari/537.36 Edg/1",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8", "An unknown device"),
    ],
)
def test_a_device_in_a_few_words(told: str, shown: str) -> None:
    assert device(told) == shown


def test_a_device_is_signed_out_from_another() -> None:
    user = person(Role.AUDITOR)
    here, there = browser_of(user), browser_of(user)
    for client in (here, there):
        client.get("/")
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.get("/accounts/sessions/").content.decode().count("<tr>") == 3
    here.post("/accounts/sessions/end/", {"device": other.pk})
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_another_persons_device_is_not_there() -> None:
    mine, other = browser_of(person(Role.AUDITOR)), browser_of(person(Role.AUDITOR))
    other.get("/")
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    assert mine.post("/accounts/sessions/end/", {"device": theirs.pk}).status_code == 404
    assert mine.post("/accounts/sessions/end/", {"device": "x"}).status_code == 404
    assert other.get("/").status_code == 200


def test_an_account_is_signed_out_everywhere() -> None:
    user = person(Role.AUDITOR)
    clients = [browser_of(user) for _ in range(3)]
    for client in clients:
        client.get("/")
    assert end_sessions_of(user) == 3
    assert {client.get("/").status_code for client in clients} == {302}
