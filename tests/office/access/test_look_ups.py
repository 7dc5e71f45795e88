"""The same place and the same people are found in any spelling, and nothing is opened for it."""

import pytest

from posada.office.access import doors
from posada.office.access.look_ups import linked_homes, same_sealed_as
from posada.office.licensing.models import Home
from tests.office.people import home_of

pytestmark = pytest.mark.django_db


def _at(street: str, unit: str = "", postal_code: str = "21201", **more: str) -> Home:
    home = home_of()
    doors.seal_fields(home, {"street": street, "unit": unit, "postal_code": postal_code, **more})
    return home


def test_the_same_contact_or_the_same_address_is_found_in_any_spelling() -> None:
    one, other = _at("12 Main Street", phone="301-555-0100"), _at("12 MAIN ST.", postal_code="21201-0001")
    phone = _at("9 Elm Road", phone="(301) 555 0100")
    _at("12 Main Street", postal_code="20850")
    assert set(same_sealed_as(one, "licensing.home")) == {one.pk, other.pk, phone.pk}


def test_a_flat_is_found_without_its_number_and_another_flat_is_another_home() -> None:
    bare, four, five = _at("12 Main St"), _at("12 Main St", "Apt 4"), _at("12 Main St", "5")
    keys = linked_homes(four)
    assert keys[four.pk] & keys[bare.pk]
    assert not keys[four.pk] & keys[five.pk]


def test_homes_are_linked_through_others_and_a_home_alone_stays_alone() -> None:
    one = _at("1 Elm Road", phone="301-555-0100")
    middle = _at("2 Oak Road", phone="301 555 0100", email="a@example.org")
    last = _at("3 Ash Road", email="A@example.org")
    assert set(linked_homes(one)) == {one.pk, middle.pk, last.pk}
    assert set(linked_homes(_at("9 Far Road"))) != set(linked_homes(one))
