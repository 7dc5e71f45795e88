"""Pages of sharing: the code once, and a door that says nothing of whom it is about."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.intake.models import Child
from posada.office.packets import shares
from posada.office.packets.models import Share
from tests.office.people import browser_of, person


@pytest.fixture
def client(lawyer: tuple[User, Actor]) -> Client:
    return browser_of(lawyer[0])


def test_the_code_is_shown_once_and_opens_the_archive_for_a_stranger(client: Client, child: Child) -> None:
    address = reverse("child_shares", args=[child.pk])
    assert child.name in client.get(address).content.decode()
    told = {"engagement": Engagement.objects.get().pk, "purpose": "the hearing", "days": 3}
    page = client.post(address, told).headers["Location"]
    assert "Show the link and the code" in client.get(page).content.decode()
    shown = client.post(f"{page}code/").content.decode()
    link = re.search(r"data-link>http://testserver(/shared/[^<]+)<", shown)
    code = re.search(r"data-code>([^<]+)<", shown)
    assert link and code
    assert "Show the link" not in client.get(page).content.decode()
    assert client.post(f"{page}code/").status_code == 422
    stranger = Client()
    door = stranger.get(link[1]).content.decode()
    assert child.family_name not in door and child.child_id not in door
    assert stranger.post(link[1], {"code": "wrong"}).status_code == 422
    got = stranger.post(link[1], {"code": code[1]})
    assert b"".join(got).startswith(b"PK")
    name = got.headers["Content-Disposition"]
    assert "case-" in name and child.family_name not in name
    assert "The case was opened once" in client.get(page).content.decode()
    client.post(f"{page}revoke/")
    assert stranger.get(link[1]).status_code == 404
    assert "This link has ended" in client.get(page).content.decode()


def test_a_coordinator_agrees_on_the_page(client: Client, lawyer: tuple[User, Actor], child: Child) -> None:
    told = {"outside_name": "Out Example", "consent": "signed", "purpose": "the appeal", "days": 3}
    assert client.post(reverse("child_shares", args=[child.pk]), {**told, "consent": ""}).status_code == 422
    client.post(reverse("child_shares", args=[child.pk]), told)
    share = Share.objects.get()
    page = reverse("share_page", args=[share.pk])
    assert "A legal coordinator has yet to agree" in client.get(page).content.decode()
    assert client.post(f"{page}agree/").status_code == 404
    coordinator = browser_of(person(Role.LEGAL_COORDINATOR))
    assert "I agree" in coordinator.get(page).content.decode()
    coordinator.post(f"{page}agree/")
    share.refresh_from_db()
    assert share.state == Share.State.READY
    assert shares.show_once(lawyer[1], share)
