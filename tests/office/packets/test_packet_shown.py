"""What the page of a packet says first, and in how many queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.packets import builds, services
from posada.office.packets.models import Build, Packet
from posada.office.packets.packet_shown import shown_packet
from tests.office.packets.filings import with_tabs


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def test_a_packet_goes_from_draft_to_built_to_stale(actor: Actor, packet: Packet) -> None:
    first = shown_packet(actor, packet)
    assert (first.state_code, first.missing, first.can_be_built) == ("draft", 1, False)
    (one,) = with_tabs(actor, packet, "Country report")
    assert shown_packet(actor, packet).can_be_built
    builds.ask_for_build(actor, packet)
    done = shown_packet(actor, packet)
    assert (done.state_code, done.missing, len(done.files)) == ("built", 0, 1)
    assert done.holding and done.to_look and not done.broken
    services.change_exhibit(actor, one, version=1, changes={"title": "Another report"})
    stale = shown_packet(actor, packet)
    assert (stale.state_code, stale.rows[0].has_changed, stale.can_be_filed) == ("stale", True, False)


def test_a_building_without_a_sign_of_life_may_be_asked_for_anew(actor: Actor, packet: Packet) -> None:
    with_tabs(actor, packet, "Country report")
    build = builds._queue(actor, packet, None)
    assert shown_packet(actor, packet).running
    Build.objects.filter(pk=build.pk).update(noted_at=timezone.now() - timedelta(minutes=11))
    silent = shown_packet(actor, packet)
    assert (silent.running, silent.can_be_built, bool(silent.failure)) == (False, True, True)
    assert builds.ask_for_build(actor, packet).state == Build.State.DONE


def test_the_page_asks_the_database_as_often_with_forty_exhibits_as_with_two(
    actor: Actor, packet: Packet, django_assert_max_num_queries: Any
) -> None:
    with_tabs(actor, packet, *(f"Letter {n}" for n in range(40)))
    with django_assert_max_num_queries(22):
        shown_packet(actor, packet)
