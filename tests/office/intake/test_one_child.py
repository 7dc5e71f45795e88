"""One child at a time: one name is enough, nothing is invented, and mistakes can be undone."""

from datetime import date

import pytest

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.intake import joining, one_child
from posada.office.intake.models import NameKey, PossibleDuplicate
from posada.office.intake.one_child import Said, add_child
from posada.office.placement.models import Placement
from posada.office.program import read_program
from posada.office.refusals import FieldsRefused, Refusal
from tests.office.people import acting, group_of, home_of

CELLS = {"birth_date": "2014-05-01", "sex": "F", "languages": "quc", "country": "", "arrived_on": ""}


def said(name: str = "Juana", **more: object) -> Said:
    """What a form says."""
    return Said(cells={**CELLS, "needs": "", "location_fips": ""}, given_name=name, **more)  # type: ignore[arg-type]


def test_one_name_is_enough_and_an_empty_part_stays_empty() -> None:
    child = add_child(acting(Role.INTAKE_WORKER), said())
    assert (child.name, child.family_name, child.languages) == ("Juana", "", ["quc"])
    assert child.understands_spanish == ""
    assert "juana" in NameKey.objects.filter(child=child).values_list("key", flat=True)
    assert [each.child_id for each in read_program().children] == [child.child_id]


def test_what_is_dangerous_is_sealed() -> None:
    child = add_child(acting(Role.INTAKE_WORKER), said(sealed={"a_number": "000-000-004", "birth_name": ""}))
    assert doors.has_sealed(child) == {"a_number"}


def test_a_number_that_another_record_has_stops_and_asks() -> None:
    actor = acting(Role.INTAKE_WORKER)
    add_child(actor, said(sealed={"a_number": "000-000-004"}))
    with pytest.raises(FieldsRefused) as caught:
        add_child(actor, said("Somebody Else", sealed={"a_number": "000000004"}))
    assert set(caught.value.faults) == {"a_number"}
    add_child(actor, said("Somebody Else", sealed={"a_number": "000-000-0041"}))


def test_an_estimated_birth_date_keeps_its_other_bound() -> None:
    child = add_child(acting(Role.INTAKE_WORKER), said(basis="estimated", latest=date(2015, 5, 1)))
    assert (child.birth_date_basis, child.birth_date_latest) == ("estimated", date(2015, 5, 1))
    with pytest.raises(FieldsRefused):
        add_child(acting(Role.INTAKE_WORKER), said(latest=date(2013, 1, 1)))


def test_a_child_without_a_name_or_with_the_id_of_another_is_refused() -> None:
    actor = acting(Role.INTAKE_WORKER)
    taken = add_child(actor, said())
    for wrong, name in ((said("  "), ""), (said(), taken.child_id)):
        with pytest.raises(FieldsRefused):
            add_child(actor, wrong, child_id=name)


def test_a_child_who_may_be_here_already_is_noted_as_a_pair() -> None:
    actor = acting(Role.INTAKE_WORKER)
    add_child(actor, said("José Pérez López"))
    add_child(actor, said("Lopez Perez", family_name="Jose"))
    assert PossibleDuplicate.objects.count() == 1


def test_a_child_who_joins_a_placed_group_waits_until_somebody_has_seen_what_it_means() -> None:
    group, actor = group_of(), acting(Role.INTAKE_WORKER)
    Placement.objects.create(child=group.children.get(), home=home_of(), from_date=date(2026, 11, 1))
    with pytest.raises(joining.LookFirst) as look:
        add_child(actor, said(), group=group)
    assert look.value.means.outcome == "fits_same_home"
    assert group.children.count() == 1
    add_child(actor, said(), group=group, seen=True)
    assert group.children.count() == 2


def test_a_mistake_is_taken_out_with_a_reason_and_can_be_brought_back() -> None:
    actor = acting(Role.INTAKE_WORKER)
    child = add_child(actor, said())
    with pytest.raises(Refusal):
        one_child.void_child(actor, child, version=1, reason=" ")
    one_child.void_child(actor, child, version=1, reason="entered twice")
    assert not doors.children(actor).exists()
    assert read_program().children == ()
    one_child.bring_back(actor, child, version=2)
    assert doors.children(actor).get().voided_reason == ""


def test_who_lives_in_a_home_is_not_taken_out() -> None:
    actor = acting(Role.INTAKE_WORKER)
    child = add_child(actor, said())
    Placement.objects.create(child=child, home=home_of(), from_date=date(2026, 11, 1))
    with pytest.raises(Refusal):
        one_child.void_child(actor, child, version=1, reason="entered twice")
    assert one_child.refers_to(child) == [("placement.placement", 1)]
