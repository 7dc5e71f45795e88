"""Pages of exhibits: without script and with a keyboard alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.packets.models import Packet
from posada.office.packets.selectors import exhibits_of
from tests.office.packets.filings import TRANSLATOR, paper, pdf, with_tabs
from tests.office.people import browser_of


@pytest.fixture
def client(lawyer: tuple[User, Actor]) -> Client:
    return browser_of(lawyer[0])


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def titles(packet: Packet) -> list[str]:
    packet.refresh_from_db()
    return [each.title for each in exhibits_of(packet)]


def test_papers_of_the_file_go_behind_tabs(client: Client, actor: Actor, packet: Packet) -> None:
    one, _two = paper(actor, packet.child, title="One"), paper(actor, packet.child, title="Two")
    address = reverse("exhibits_add", args=[packet.pk])
    assert "Two" in client.get(address).content.decode()
    assert client.post(address, {"papers": [one.pk]}).status_code == 302
    assert titles(packet) == ["One"]
    assert f'value="{one.pk}"' not in client.get(address).content.decode()


def test_buttons_move_an_exhibit_and_lead_back_to_it(client: Client, actor: Actor, packet: Packet) -> None:
    _one, two = with_tabs(actor, packet, "One", "Two")
    text = client.get(reverse("packet_page", args=[packet.pk])).content.decode()
    assert text.count('name="where"') == 4 and f'id="x-{two.pk.hex[:12]}"' in text
    address = reverse("exhibit_move", args=[two.pk])
    answer = client.post(address, {"version": packet.version, "where": "up"})
    assert answer.headers["Location"].endswith(f"#x-{two.pk.hex[:12]}")
    assert titles(packet) == ["Two", "One"]
    again = client.post(address, {"version": 1, "where": "down"})
    assert again.status_code == 409 and titles(packet) == ["Two", "One"]


def test_facts_of_an_exhibit_are_kept(client: Client, actor: Actor, packet: Packet) -> None:
    (one,) = with_tabs(actor, packet, "Acta")
    english = paper(actor, packet.child, title="In English")
    told = {"version": 1, "title": "Birth certificate", "language": "spa", "translation": english.pk}
    address = reverse("exhibit_change", args=[one.pk])
    assert client.post(address, {**told, **TRANSLATOR}).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.translation, one.translator_phone) == ("Birth certificate", english, "555-0101")
    refused = client.post(address, {**told, "version": 2, "language": "xx"})
    assert refused.status_code == 422
    client.post(reverse("exhibit_out", args=[one.pk]), {"version": one.version})
    assert titles(packet) == []


def test_a_bad_file_among_scans_is_named_and_the_rest_is_kept(client: Client, packet: Packet) -> None:
    address = reverse("scans_add", args=[packet.pk])
    assert client.get(address).status_code == 200
    files = [
        SimpleUploadedFile("good.pdf", pdf("a")),
        SimpleUploadedFile("letter<b>.docx", b"PK\x03\x04 a word file"),
    ]
    answer = client.post(address, {"files": files, "language": "eng"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "One file was not taken; 1 were kept" in text and "letter&lt;b&gt;.docx" in text
    assert len(titles(packet)) == 1
    assert client.post(address, {"language": "eng"}).status_code == 422
    assert client.post(address, {"files": files[:1], "language": "x"}).status_code == 422


def test_a_body_beyond_all_bounds_is_not_read(client: Client, packet: Packet) -> None:
    address = reverse("scans_add", args=[packet.pk])
    answer = client.post(
        address, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="300000000"
    )
    assert answer.status_code == 413
