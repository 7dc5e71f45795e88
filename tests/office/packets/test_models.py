"""What the tables themselves refuse."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.packets.models import Build, Packet, Share
from tests.office.people import person


def test_a_packet_is_not_filed_without_what_was_filed_and_its_proof(packet: Packet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Packet.objects.filter(pk=packet.pk).update(filed_on=packet.filing_date)


def test_two_buildings_of_one_packet_do_not_run_at_once(packet: Packet, lawyer: tuple[User, Actor]) -> None:
    now = timezone.now()
    told = {"packet": packet, "asked_by": lawyer[0], "asked_at": now, "noted_at": now}
    Build.objects.create(pk=uuid.uuid4(), number=1, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Build.objects.create(pk=uuid.uuid4(), number=2, **told)


def test_outside_counsel_is_given_nothing_without_consent(packet: Packet) -> None:
    told = {"child": packet.child, "purpose": "appeal", "state": "asked", "asked_by": person()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(outside_name="Out Example", **told)
