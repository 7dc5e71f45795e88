"""Changing a packet, and that filing it meets the date that it serves."""

from datetime import timedelta

import pytest

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.day import today
from posada.office.docket.models import Deadline
from posada.office.packets import builds, services
from posada.office.packets.models import Packet
from posada.office.packets.selectors import exhibits_of
from posada.office.packets.services import Filed, FiledAlready
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from tests.office.docket.cases import attorney_of, child_of, deadline_of, record
from tests.office.packets.filings import facts, paper, with_tabs
from tests.office.people import acting, group_of


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def test_another_s_attorney_and_other_roles_change_nothing(packet: Packet) -> None:
    for stranger in (attorney_of(group_of())[1], acting(Role.INTAKE_WORKER), acting(Role.PROGRAM_DIRECTOR)):
        with pytest.raises(NotThere):
            services.new_packet(stranger, packet.child, facts())
        with pytest.raises(NotThere):
            services.change_packet(stranger, packet, version=1, changes={"title": "X"})
        with pytest.raises(NotThere):
            services.add_exhibits(stranger, packet, [])


def test_who_saves_second_sees_both_texts(actor: Actor, packet: Packet) -> None:
    services.change_packet(actor, packet, version=1, changes={"title": "MOTION"})
    with pytest.raises(SomebodySavedFirst) as refused:
        services.change_packet(actor, packet, version=1, changes={"title": "BRIEF"})
    assert refused.value.theirs == {"title": "MOTION"}


def test_a_hearing_and_a_date_of_another_case_are_refused(actor: Actor, packet: Packet) -> None:
    other = child_of(group_of())
    record(attorney_of(other.group)[1], other, "ij_decision", today())
    foreign = deadline_of(other, "eoir.bia_appeal")
    with pytest.raises(FieldsRefused) as refused:
        services.change_packet(actor, packet, version=1, changes={"deadline": foreign})
    assert set(refused.value.faults) == {"deadline"}


def test_a_paper_of_another_case_goes_behind_no_tab(actor: Actor, packet: Packet) -> None:
    other = child_of(group_of())
    foreign = paper(attorney_of(other.group)[1], other)
    with pytest.raises(NotThere):
        services.add_exhibits(actor, packet, [foreign])
    mine = with_tabs(actor, packet, "One")[0]
    with pytest.raises(NotThere):
        services.change_exhibit(actor, mine, version=1, changes={"translation": foreign})


def test_the_same_paper_stands_behind_one_tab_only(actor: Actor, packet: Packet) -> None:
    kept = paper(actor, packet.child)
    assert len(services.add_exhibits(actor, packet, [kept, kept])) == 1
    assert services.add_exhibits(actor, packet, [kept]) == []


def test_exhibits_move_by_one_place_and_to_the_ends(actor: Actor, packet: Packet) -> None:
    one, two, three = with_tabs(actor, packet, "One", "Two", "Three")
    for exhibit, where, wanted in (
        (three, "up", [one, three, two]),
        (one, "down", [three, one, two]),
        (two, "first", [two, three, one]),
        (two, "last", [three, one, two]),
        (three, "up", [three, one, two]),
        (two, "down", [three, one, two]),
    ):
        exhibit.refresh_from_db()
        packet.refresh_from_db()
        exhibit.packet = packet
        packet = services.move_exhibit(actor, exhibit, version=packet.version, where=where)
        assert exhibits_of(packet) == wanted, where
    with pytest.raises(Refusal):
        services.move_exhibit(actor, one, version=packet.version, where="sideways")


def test_an_order_that_somebody_else_changed_meanwhile_is_not_changed_blindly(
    actor: Actor, packet: Packet
) -> None:
    one, two = with_tabs(actor, packet, "One", "Two")
    services.move_exhibit(actor, two, version=1, where="up")
    with pytest.raises(SomebodySavedFirst):
        services.move_exhibit(actor, one, version=1, where="down") and services.move_exhibit(
            actor, one, version=1, where="up"
        )


def test_filing_meets_the_date_that_the_packet_serves(actor: Actor, packet: Packet) -> None:
    record(actor, packet.child, "ij_decision", today() - timedelta(days=3))
    deadline = deadline_of(packet.child, "eoir.bia_appeal")
    packet = services.change_packet(actor, packet, version=1, changes={"deadline": deadline})
    with_tabs(actor, packet, "Notice of appeal")
    with pytest.raises(Refusal):
        services.mark_filed(actor, packet, Filed(today(), "a receipt"), version=packet.version)
    builds.ask_for_build(actor, packet)
    receipt = paper(actor, packet.child, title="Receipt of the portal")
    filed = services.mark_filed(
        actor, packet, Filed(today(), "receipt of the portal", receipt), version=packet.version
    )
    deadline.refresh_from_db()
    assert (deadline.state, deadline.closed_on, deadline.proof) == (Deadline.State.MET, today(), receipt)
    assert filed.filed_build is not None and Entry.objects.filter(act="packet.filed").count() == 1
    with pytest.raises(FiledAlready):
        services.change_packet(actor, filed, version=filed.version, changes={"title": "X"})
    with pytest.raises(FiledAlready):
        builds.ask_for_build(actor, filed)


def test_a_day_to_come_no_proof_and_a_changed_packet_are_not_filed(actor: Actor, packet: Packet) -> None:
    (one,) = with_tabs(actor, packet, "Notice of appeal")
    builds.ask_for_build(actor, packet)
    for wrong in (Filed(today() + timedelta(days=1), "a receipt"), Filed(today(), " ")):
        with pytest.raises(FieldsRefused):
            services.mark_filed(actor, packet, wrong, version=packet.version)
    services.change_exhibit(actor, one, version=1, changes={"title": "Another"})
    with pytest.raises(Refusal) as refused:
        services.mark_filed(actor, packet, Filed(today(), "a receipt"), version=packet.version)
    assert refused.value.code == "stale"


def test_the_filer_of_last_time_is_proposed(actor: Actor, packet: Packet) -> None:
    assert services.filer_of(actor)["filer_eoir_id"] == "AB123456"
    assert services.filer_of(attorney_of(group_of())[1])["filer_name"] == "Dana Example"
