"""The page of switches: one for each topic of one's roles, and a plain word where the office cannot send."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from posada.office.access.roles import Role
from tests.office.nudges.desks import desk
from tests.office.people import browser_of, person
from tests.push.fake_service import Service


def test_a_person_sees_the_topics_of_her_roles(service: Service) -> None:
    page = browser_of(person(Role.PLACEMENT_WORKER)).get(reverse("nudges")).content.decode()
    assert 'value="offer-answered"' in page and 'value="deadline-near"' not in page
    assert "This browser is told nothing" in page


def test_what_is_on_in_this_session_stands_on_the_page(service: Service) -> None:
    at = desk(service, person(Role.ATTORNEY), "deadline-near")
    page = at.client.get(reverse("nudges")).content.decode()
    assert "This browser is told when something waits" in page and "checked" in page
    other = browser_of(at.user).get(reverse("nudges")).content.decode()
    assert "This browser is told nothing" in other


def test_an_unknown_push_service_is_said_to_be(service: Service) -> None:
    client = browser_of(person(Role.ATTORNEY))
    given = {"endpoint": "https://push.invalid/x", "p256dh": "x", "auth": "x", "topic": "deadline-near"}
    answer = client.post(reverse("nudges_switch"), given)
    assert answer.status_code == 422 and "not known here" in answer.json()["words"]


def test_without_a_key_nobody_is_asked_for_permission(settings: Any) -> None:
    keys = replace(settings.DEPLOYMENT.keys, push="")
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=keys)
    page = browser_of(person(Role.ATTORNEY), language="es").get(reverse("nudges")).content.decode()
    assert 'id="nudges"' not in page and "clave de envío" in page
