"""Pages of packets: what stands on them, what they refuse, and what leaves them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.audit.models import Entry
from posada.office.docket.models import Deadline
from posada.office.intake.models import Child
from posada.office.packets import builds, services
from posada.office.packets.models import Packet
from tests.office.docket.cases import deadline_of, record
from tests.office.packets.filings import FILED, locked_pdf, paper, with_tabs
from tests.office.people import browser_of


@pytest.fixture
def client(lawyer: tuple[User, Actor]) -> Client:
    return browser_of(lawyer[0])


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def page(client: Client, name: str, pk: Any) -> str:
    answer = client.get(reverse(name, args=[pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_packet_is_begun_with_the_next_hearing_and_the_court_filled_in(
    client: Client, packet: Packet, child: Child
) -> None:
    text = page(client, "packet_new", child.pk)
    assert "Baltimore, Maryland" in text and "AB123456" in text
    told = {"forum": "uscis", "title": "I-589", "filing_date": "2026-12-01", "version": ""}
    answer = client.post(reverse("packet_new", args=[child.pk]), told)
    made = Packet.objects.get(title="I-589")
    assert answer.headers["Location"] == reverse("packet_page", args=[made.pk])
    assert "I-589" in page(client, "child_packets", child.pk)
    assert "I-589" in client.get(reverse("packets")).content.decode()


def test_what_is_missing_stands_first_and_the_button_waits_for_it(
    client: Client, actor: Actor, packet: Packet
) -> None:
    text = page(client, "packet_page", packet.pk)
    assert "One thing is missing" in text and "No exhibit stands in it yet." in text
    assert "Build the packet" not in text
    with_tabs(actor, packet, "Country report")
    assert "Build the packet" in page(client, "packet_page", packet.pk)


def test_one_press_builds_it_and_the_page_shows_rules_with_citation(
    client: Client, actor: Actor, packet: Packet
) -> None:
    with_tabs(actor, packet, "Country report")
    client.post(reverse("packet_build", args=[packet.pk]))
    text = page(client, "packet_page", packet.pk)
    assert "This packet is built, and no rule is broken" in text
    assert "8 CFR 1003.32(b)" in text and "It was filed: add the proof" in text
    assert client.get(reverse("packet_progress", args=[packet.pk])).headers["HX-Refresh"] == "true"


def test_a_locked_exhibit_is_one_line_with_its_title(client: Client, actor: Actor, packet: Packet) -> None:
    services.add_exhibits(actor, packet, [paper(actor, packet.child, locked_pdf(), title="Police report")])
    client.post(reverse("packet_build", args=[packet.pk]))
    text = page(client, "packet_page", packet.pk)
    assert "It could not be built" in text and "Traceback" not in text
    assert "Police report" in text and "it is locked with a password" in text


def test_the_packet_leaves_under_a_name_that_says_nothing_and_the_log_has_it(
    client: Client, actor: Actor, packet: Packet
) -> None:
    with_tabs(actor, packet, "Country report")
    build = builds.ask_for_build(actor, packet)
    before = Entry.objects.filter(act="document.open").count()
    answer = client.post(reverse("packet_download", args=[packet.pk]), {"file": build.files[0]})
    assert answer.content.startswith(b"%PDF")
    name = answer.headers["Content-Disposition"]
    assert "packet-" in name and packet.child.family_name not in name and "000" not in name.split("-")[0]
    assert Entry.objects.filter(act="document.open").count() == before + 1
    other = paper(actor, packet.child)
    assert client.post(reverse("packet_download", args=[packet.pk]), {"file": other.pk}).status_code == 404


def test_filing_closes_the_date_that_it_serves(client: Client, actor: Actor, packet: Packet) -> None:
    record(actor, packet.child, "ij_decision", FILED.replace(month=11, day=20))
    deadline = deadline_of(packet.child, "eoir.bia_appeal")
    packet = services.change_packet(actor, packet, version=1, changes={"deadline": deadline})
    with_tabs(actor, packet, "Notice of appeal")
    builds.ask_for_build(actor, packet)
    proof = paper(actor, packet.child, title="Receipt")
    told = {"version": packet.version, "on": "2026-11-24", "words": "portal receipt", "proof": proof.pk}
    answer = client.post(reverse("packet_filed", args=[packet.pk]), told)
    assert answer.status_code == 302
    text = page(client, "packet_page", packet.pk)
    assert "This packet was filed on" in text and "The date that it serves is met." in text
    deadline.refresh_from_db()
    assert deadline.state == Deadline.State.MET
    assert "Build it again" not in text


def test_a_change_that_somebody_else_made_first_shows_both_texts(
    client: Client, actor: Actor, packet: Packet
) -> None:
    address = reverse("packet_change", args=[packet.pk])
    form = client.get(address).context["form"]
    told = {name: form[name].value() or "" for name in form.fields} | {"title": "BRIEF", "version": 1}
    told |= {f"initial-{name}": form[name].value() or "" for name in form.kept_fields}
    told |= {"is_detained": "", "with_siblings": ""}
    services.change_packet(actor, packet, version=1, changes={"title": "MOTION"})
    answer = client.post(address, told)
    assert answer.status_code == 409
    assert "MOTION" in answer.content.decode() and "BRIEF" in answer.content.decode()


def test_a_packet_that_was_a_mistake_leaves_the_lists(client: Client, packet: Packet) -> None:
    address = reverse("packet_void", args=[packet.pk])
    client.post(address, {"version": packet.version, "reason": "the wrong child"})
    assert client.get(reverse("packet_page", args=[packet.pk])).status_code == 404


def test_pages_stand_in_spanish(lawyer: tuple[User, Actor], packet: Packet) -> None:
    spanish = browser_of(lawyer[0], language="es")
    text = page(spanish, "packet_page", packet.pk)
    assert "Todavía no contiene ningún anexo." in text


def test_the_list_asks_no_more_for_many_packets_than_for_one(
    client: Client, actor: Actor, packet: Packet, django_assert_max_num_queries: Any
) -> None:
    for number in range(24):
        services.new_packet(actor, packet.child, {"forum": "uscis", "title": f"Filing {number}"})
    with django_assert_max_num_queries(30):
        page(client, "child_packets", packet.child_id)


def test_the_page_of_a_joined_case_that_is_built_asks_no_more_for_many_exhibits_and_children(
    client: Client, actor: Actor, packet: Packet, django_assert_max_num_queries: Any
) -> None:
    record(actor, packet.child, "ij_decision", FILED.replace(month=11, day=20))
    for place in range(5):
        Child.objects.create(
            group=packet.group, child_id=f"J-{place}", given_name="J", birth_date=date(2015, 1, 1 + place)
        )
    changes = {"with_siblings": True, "deadline": deadline_of(packet.child, "eoir.bia_appeal")}
    services.change_packet(actor, packet, version=packet.version, changes=changes)
    with_tabs(actor, packet, *(f"Letter {n}" for n in range(20)))
    assert Packet.objects.get(pk=packet.pk).deadline is not None
    with django_assert_max_num_queries(30):
        text = page(client, "packet_page", packet.pk)
    assert "The A-number of J-4 is not recorded." in text
