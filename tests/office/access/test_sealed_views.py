"""A sealed field is a button, opens for a reason, shows once, and is in no other page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.access.sealed_words import KINDS, NAMES, name_of
from posada.office.access.templatetags.sealed_fields import opens_for, sealed_address
from posada.office.audit.models import Entry
from tests.office.people import acting, assign, browser_of, group_of, home_of, person

PHONE = "301 555 0142"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def address() -> str:
    home = home_of()
    doors.seal_fields(home, {"phone": PHONE})
    return sealed_address(home, "phone")


def test_every_sealed_field_has_a_name() -> None:
    fields = {field for each in doors.SEALED_FIELDS.values() for field in each}
    assert fields <= set(NAMES)
    assert set(KINDS.values()) == set(doors.SEALED_FIELDS)
    assert name_of("something_new") == "something new"


def test_it_asks_why_then_shows_once_and_the_log_has_who_and_whom(address: str) -> None:
    user = person(Role.LICENSING_WORKER)
    client = browser_of(user)
    assert PHONE not in client.get(address).content.decode()
    assert PHONE not in client.post(address, {"reason": " "}).content.decode()
    answer = client.post(address, {"reason": "to call about tonight"})
    assert PHONE in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert PHONE not in client.get(address).content.decode()
    entry = Entry.objects.get(act="sealed.open")
    assert entry.actor == user.pk
    assert entry.detail == {"field": "phone"}
    assert address.split("/")[3] == entry.subject_id


def test_with_htmx_the_parts_change_in_place_and_hide_by_themselves(address: str) -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    asking = client.get(address, headers=HTMX).content.decode()
    assert "<html" not in asking and "hx-post" in asking
    opened = client.post(address, {"reason": "to call about tonight"}, headers=HTMX).content.decode()
    assert PHONE in opened and "load delay:60s" in opened
    shut = client.get(f"{address}?shut", headers=HTMX).content.decode()
    assert PHONE not in shut and "<form" not in shut


def test_whoever_asks_for_more_sees_the_request_among_the_approvals(address: str) -> None:
    client = browser_of(person(Role.INTAKE_WORKER))
    answer = client.post(reverse("sealed_more"), {"reason": "many children to call for"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("approvals")


def _wait(client: Client, *, minutes: int) -> None:
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_where_a_sealed_field_was_shown_a_session_ends_after_a_quarter_of_an_hour(
    address: str, headers: dict[str, str]
) -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    shown = client.post(address, {"reason": "to call about tonight"}, headers=headers).content.decode()
    assert 'data-idle="900"' in shown
    _wait(client, minutes=14)
    assert client.get(f"{address}?shut", headers=HTMX).status_code == 200
    _wait(client, minutes=16)
    assert client.get("/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_on_any_other_page_a_session_ends_after_half_an_hour(address: str) -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    client.post(address, {"reason": "to call about tonight"})
    assert 'data-idle="1800"' in client.get("/homes/").content.decode()
    _wait(client, minutes=16)
    assert client.get("/").status_code == 200
    client.get(address)
    _wait(client, minutes=29)
    assert client.get("/").status_code == 200
    _wait(client, minutes=31)
    assert client.get("/").status_code == 302


def test_too_many_are_stopped_with_a_way_to_ask(address: str) -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    for _ in range(50):
        client.post(address, {"reason": "to call about tonight"}, headers=HTMX)
    answer = client.post(address, {"reason": "to call about tonight"})
    assert PHONE not in answer.content.decode()
    assert "A second person must agree first" in answer.content.decode()
    assert client.post("/sealed/more/", {"reason": ""}).status_code == 422
    assert client.post("/sealed/more/", {"reason": "many homes to call"}).status_code == 302
    assert "1 request waits" in browser_of(person(Role.PROGRAM_DIRECTOR)).get("/approvals/").content.decode()


def test_what_is_no_sealed_field_is_not_there(address: str) -> None:
    client = browser_of(person(Role.LICENSING_WORKER))
    for other in ("home-id", "a-number", "password", "licensed-capacity"):
        assert client.get(address.replace("phone", other)).status_code == 404
    assert client.get(address.replace("home/", "child/")).status_code == 404
    assert client.get(address.replace("home/", "thing/")).status_code == 404


def test_roles_open_what_their_work_needs_and_nothing_else(address: str) -> None:
    child = group_of().children.get()
    doors.seal_fields(child, {"a_number": "A 000 000 111"})
    number = sealed_address(child, "a_number")
    for role, home_there, child_there in (
        (Role.LICENSING_WORKER, 200, 404),
        (Role.PLACEMENT_WORKER, 200, 200),
        (Role.INTAKE_WORKER, 404, 200),
        (Role.LEGAL_COORDINATOR, 404, 200),
        (Role.ATTORNEY, 404, 404),
        (Role.PROGRAM_DIRECTOR, 404, 404),
        (Role.AUDITOR, 404, 404),
        (Role.ADMINISTRATOR, 404, 404),
        (Role.FOSTER_PARENT, 404, 404),
    ):
        client = browser_of(person(role))
        assert client.get(address).status_code == home_there, role
        assert client.get(number).status_code == child_there, role


def test_a_narrow_worker_opens_only_what_is_assigned() -> None:
    mine, other = home_of(), home_of()
    user = person(Role.LICENSING_WORKER, whole_program=False)
    assign(user, Role.LICENSING_WORKER, home=mine)
    client = browser_of(user)
    assert client.get(sealed_address(mine, "phone")).status_code == 200
    assert client.get(sealed_address(other, "phone")).status_code == 404


def test_the_button_stands_for_those_who_may_open() -> None:
    home = home_of()
    assert opens_for(home, acting(Role.LICENSING_WORKER))
    assert not opens_for(home, acting(Role.PROGRAM_DIRECTOR))
    assert not opens_for(home, None)
