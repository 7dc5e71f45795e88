"""Who sees a packet, in which order its tabs stand, and what it lacks."""

from uuid import UUID

import pytest

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.casefile.models import WrittenName
from posada.office.day import today
from posada.office.packets import selectors, services
from posada.office.packets.models import Packet
from posada.office.packets.selectors import exhibits_of, gaps_of, timeliness_of
from tests.office.docket.cases import attorney_of
from tests.office.packets.filings import TRANSLATOR, paper, with_tabs
from tests.office.people import acting, group_of


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def words(packet: Packet) -> list[str]:
    return [str(each.words) for each in gaps_of(packet, exhibits_of(packet))]


def test_only_counsel_of_the_child_and_coordinators_see_a_packet(actor: Actor, packet: Packet) -> None:
    assert selectors.packets(actor).get() == packet
    assert selectors.packets(acting(Role.LEGAL_COORDINATOR)).get() == packet
    assert not selectors.packets(attorney_of(group_of())[1]).exists()
    assert not selectors.packets(acting(Role.INTAKE_WORKER)).exists()


def test_a_new_exhibit_stands_last_whatever_was_moved_before(actor: Actor, packet: Packet) -> None:
    one, two = with_tabs(actor, packet, "One", "Two")
    packet = services.move_exhibit(actor, two, version=packet.version, where="up")
    (three,) = with_tabs(actor, packet, "Three")
    assert exhibits_of(packet) == [two, one, three]


def test_an_empty_packet_names_what_it_lacks(actor: Actor, packet: Packet) -> None:
    assert words(packet) == ["No exhibit stands in it yet."]
    bare = services.new_packet(actor, packet.child, {"forum": "immigration_court", "title": "MOTION"})
    assert len(words(bare)) == 7
    told = [str(each.words) for each in gaps_of(bare, [], without_number=[packet.child])]
    assert f"The A-number of {packet.child.child_id} is not recorded." in told


def test_a_paper_in_another_language_lacks_translation_and_certificate(actor: Actor, packet: Packet) -> None:
    (birth,) = with_tabs(actor, packet, "Birth certificate")
    birth = services.change_exhibit(actor, birth, version=birth.version, changes={"language": "spa"})
    assert words(packet)[0] == "it has no English translation"
    english = paper(actor, packet.child, title="In English")
    changes = {"translation": english, **TRANSLATOR, "translator_languages": "eng"}
    birth = services.change_exhibit(actor, birth, version=birth.version, changes=changes)
    assert words(packet) == ["its translator is not said to know both languages"]
    services.change_exhibit(actor, birth, version=birth.version, changes=TRANSLATOR)
    assert words(packet) == []


def test_the_filing_date_is_held_against_the_hearing(packet: Packet) -> None:
    assert timeliness_of(packet, on=today()).in_time is True
    packet.filing_date = packet.hearing.hearing_date if packet.hearing else None
    late = timeliness_of(packet, on=today())
    assert late.in_time is False and late.citation
    packet.hearing = None
    assert timeliness_of(packet, on=today()).in_time is None


def test_the_cover_bears_the_name_as_the_court_writes_it(packet: Packet) -> None:
    assert selectors.court_names([packet.child])[packet.child.pk] == packet.child.name
    WrittenName.objects.create(child=packet.child, authority="court", name="GIVEN FAMILY-Y FAMILY")
    assert selectors.court_names([packet.child])[packet.child.pk] == "GIVEN FAMILY-Y FAMILY"


def test_joined_cases_name_every_child_of_the_group(packet: Packet) -> None:
    assert selectors.respondents_of(packet) == [packet.child]
    packet.with_siblings = True
    assert selectors.respondents_of(packet)[0] == packet.child


def test_names_of_files_hold_no_digit() -> None:
    assert selectors.opaque(UUID("01234567-89ab-4def-8123-456789abcdef")) == "ghijkmnpqrab"
