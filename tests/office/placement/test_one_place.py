"""Several unrelated children in one place stop an offer, whatever the place is called on file."""

from datetime import date, timedelta

import pytest

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.intake.models import KinLink, SiblingGroup
from posada.office.licensing.checking import approve_exception, ask_exception
from posada.office.licensing.models import Home, HouseholdMember
from posada.office.placement.offer_checks import UNRELATED, Fault, faults_of
from posada.office.placement.offer_words import fault_sentence
from posada.office.placement.one_place import stop_of
from tests.office.people import TODAY, acting, assign_placement, group_of, home_of, person
from tests.office.placement.offered import the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _farm() -> tuple[SiblingGroup, Home]:
    """Two children without kin live in a closed home and in one with a flat's number; a third is to come."""
    address = {"street": "7 Farm Road", "postal_code": "21201"}
    closed, flat, home = home_of(state="closed"), home_of(), home_of()
    doors.seal_fields(closed, {**address, "street": "7 FARM RD."})
    doors.seal_fields(flat, {**address, "unit": "2", "phone": "301-555-0100"})
    doors.seal_fields(home, {"phone": "(301) 555-0100"})
    assign_placement(group_of(), closed)
    assign_placement(group_of(), flat)
    return group_of(), home


def _codes(group: SiblingGroup, home: Home) -> set[str]:
    return {each.code for each in faults_of(group, home)}


def test_the_third_unrelated_child_of_a_place_stops_and_the_address_is_never_shown() -> None:
    group, home = _farm()
    assert UNRELATED in _codes(group, home)
    stop = stop_of(group, home, children=group.children.all())
    assert stop is not None
    assert (stop.children, stop.shared) == (3, ("address", "phone"))
    told = str(fault_sentence(Fault(UNRELATED), home)) + repr(stop)
    assert "Farm" not in told
    assert "555" not in told


def test_a_sponsor_is_stopped_alone_and_kin_are_not_counted() -> None:
    home = home_of(kind="kin")
    group = group_of(date(2012, 1, 1), date(2013, 1, 1), date(2014, 1, 1))
    link = KinLink.objects.create(group=group, home=home, sponsor_category="3")
    assert UNRELATED in _codes(group, home)
    link.sponsor_category = "1"
    link.save()
    assert UNRELATED not in _codes(group, home)


def test_a_licensed_home_alone_is_bounded_by_its_license() -> None:
    home = home_of()
    for _each in range(3):
        assign_placement(group_of(), home)
    assert UNRELATED not in _codes(group_of(), home)


def test_another_human_being_may_agree_for_some_days() -> None:
    group, home = _farm()
    fields = {
        "rule": UNRELATED,
        "group": group,
        "from_date": TODAY,
        "to_date": TODAY + timedelta(days=30),
        "reason": "two apartments of one house, both visited",
    }
    asked = ask_exception(acting(Role.LICENSING_WORKER), home, fields=fields)
    assert UNRELATED in _codes(group, home)
    approve_exception(acting(Role.LICENSING_WORKER), asked, version=asked.version)
    assert UNRELATED not in _codes(group, home)


def test_a_third_home_is_found_through_a_member_of_two() -> None:
    first, second, third = home_of(), home_of(), home_of()
    living = {"label": "carer", "part": "carer", "moved_in_on": TODAY - timedelta(days=900)}
    for each, user in zip((first, second), [person()] * 2, strict=True):
        HouseholdMember.objects.create(home=each, user=user, **living)
    doors.seal_fields(second, {"phone": "301-555-0100"})
    doors.seal_fields(third, {"phone": "301-555-0100"})
    assign_placement(group_of(), third)
    assign_placement(group_of(), third)
    group = group_of()
    stop = stop_of(group, first, children=group.children.all())
    assert stop is not None and stop.children == 3
