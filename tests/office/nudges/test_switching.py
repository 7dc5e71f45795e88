"""What is switched on in a browser lives with the session, the account and the role."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from posada.office.access.actor import actor_of
from posada.office.access.devices import end_sessions_of
from posada.office.access.roles import Role
from posada.office.nudges import switching
from posada.office.nudges.models import Browser
from tests.office.nudges.desks import PHONE, desk
from tests.office.people import browser_of, person
from tests.push.fake_service import Service


def test_only_topics_of_one_s_roles_are_kept(service: Service) -> None:
    client = browser_of(person(Role.ATTORNEY))
    said = {"endpoint": service.address + "/ok/1", "p256dh": PHONE.p256dh, "auth": PHONE.auth}
    answer = client.post(
        reverse("nudges_switch"), {**said, "topic": ["offer-answered", "deadline-near", "breaking"]}
    )
    assert answer.json() == {"topics": ["deadline-near"]}


@pytest.mark.parametrize(
    "said",
    [
        {"endpoint": "https://10.0.0.1/x"},
        {"endpoint": "http://127.0.0.1:1/x"},
        {"p256dh": "x"},
        {"auth": ""},
    ],
)
def test_what_is_no_push_service_is_refused(service: Service, said: dict[str, Any]) -> None:
    actor = actor_of(person(Role.PLACEMENT_WORKER))
    given = {"endpoint": service.address + "/ok/1", "p256dh": PHONE.p256dh, "auth": PHONE.auth, **said}
    with pytest.raises(switching.Refusal):
        switching.switch(actor, "s", given, topics=["offer-answered"], language="en")
    assert not Browser.objects.exists()


def test_without_a_topic_the_browser_is_forgotten(service: Service) -> None:
    at = desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    at.client.post(reverse("nudges_switch"), {"endpoint": service.address + "/ok/1"})
    assert not Browser.objects.exists()


def test_another_s_browser_is_not_switched_off(service: Service) -> None:
    desk(service, person(Role.PLACEMENT_WORKER), "offer-answered")
    browser_of(person(Role.PLACEMENT_WORKER)).post(
        reverse("nudges_switch"), {"endpoint": service.address + "/ok/1"}
    )
    assert Browser.objects.count() == 1


def test_a_browser_ends_with_its_session_and_with_the_account(service: Service) -> None:
    left, ended, off, stays = (
        desk(service, person(Role.PLACEMENT_WORKER), "offer-answered", path=f"/ok/{n}") for n in range(4)
    )
    left.client.post(reverse("account_logout"))
    end_sessions_of(ended.user)
    Session.objects.filter(session_key=ended.client.session.session_key).delete()
    off.user.is_active = False
    off.user.save()
    assert switching.drop_ended() == 3
    assert Browser.objects.get().user == stays.user
