"""A request that has passed the gate. Tests: tests/office/access/test_gate.py."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from posada.office.access.actor import Actor
from posada.office.access.models import User


class OfficeRequest(HttpRequest):
    """What views of the office are given: who acts, and whether htmx asked for a part of the page."""

    actor: Actor
    htmx: HtmxDetails
    user: User
