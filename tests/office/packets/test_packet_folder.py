"""What the builder is given: its own reader reads it, and names of files say nothing."""

from pathlib import Path

import pytest

from posada.office.access.actor import Actor
from posada.office.access.doors import seal_fields
from posada.office.access.models import User
from posada.office.day import today
from posada.office.packets import packet_folder, services
from posada.office.packets.models import Packet
from posada.office.packets.selectors import exhibits_of
from posada.packets.folder import read_packet
from tests.office.packets.filings import TRANSLATOR, paper, with_tabs


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def test_the_builder_reads_what_the_office_wrote(actor: Actor, packet: Packet, tmp_path: Path) -> None:
    (birth,) = with_tabs(actor, packet, 'Acta "de" nacimiento \\ ñ')
    english = paper(actor, packet.child, title="In English")
    changes = {"language": "spa", "translation": english, **TRANSLATOR}
    services.change_exhibit(actor, birth, version=1, changes=changes)
    packet_folder.write_folder(actor, packet, exhibits_of(packet), folder=tmp_path, on=today())
    read = read_packet(tmp_path)
    assert (read.problems, read.notes) == ((), ())
    assert read.packet.exhibits[0].title == 'Acta "de" nacimiento \\ ñ'
    assert read.packet.respondents[0].a_number == "000-000-017"
    assert read.packet.hearing is not None and read.packet.hearing.time == "13:00"
    assert {each.name for each in tmp_path.iterdir() if each.is_file()} == {
        "packet.toml",
        "tab-a.pdf",
        "tab-a-english.pdf",
    }


def test_an_agency_s_packet_needs_no_hearing_service_or_number(
    actor: Actor, packet: Packet, tmp_path: Path
) -> None:
    bare = {"hearing": None, "forum": "uscis", "court": "", "service_on": ""}
    packet = services.change_packet(actor, packet, version=1, changes=bare)
    seal_fields(packet.child, {"a_number": ""})
    with_tabs(actor, packet, "Form")
    packet_folder.write_folder(actor, packet, exhibits_of(packet), folder=tmp_path, on=today())
    assert read_packet(tmp_path).packet.service is None
    assert packet_folder.without_number(packet) == [packet.child]
