"""A person with a browser that switched topics on, and a push service on this machine. Nobody here exists."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from posada.office.access.models import User
from posada.office.nudges.office_keys import HERE, office_keys
from tests.office.people import browser_of
from tests.push.fake_service import Browser, Service

PHONE = Browser()


@dataclass
class Desk:
    """Somebody who is signed in; `path`: of the browser at the push service."""

    user: User
    client: Client
    path: str


def ready(service: Service, monkeypatch: Any) -> Service:
    """The service, to which this office may send."""
    monkeypatch.setenv(HERE, service.address)
    keys = office_keys()
    assert keys is not None
    service.public_key = keys.public
    return service


def desk(service: Service, user: User, *topics: str, path: str = "/ok/1", language: str = "en") -> Desk:
    """The person switches topics on in a browser."""
    client = browser_of(user, language=language)
    said = {"endpoint": service.address + path, "p256dh": PHONE.p256dh, "auth": PHONE.auth}
    answer = client.post(reverse("nudges_switch"), {**said, "topic": list(topics)})
    assert answer.json() == {"topics": list(topics)}, answer.content
    return Desk(user, client, path)


def told(service: Service, path: str = "/ok/1") -> list[dict[str, str]]:
    """What the browser reads."""
    return [PHONE.opened(each) for each in service.taken.get(path, [])]
