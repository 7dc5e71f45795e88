"""A child's record changes by those who may, by version, and what depends on it follows."""

from datetime import date

import pytest

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.casefile.children import change_child
from posada.office.casefile.search import find_children
from posada.office.program import settings_of_program
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from tests.office.people import acting, assign, group_of, person


def test_a_new_name_is_found_at_once_and_the_old_one_no_more() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    change_child(actor, child, version=1, changes={"given_name": "Josué", "family_name": "Paz"})
    assert list(find_children(actor, "josue paz")) == [child]
    assert not find_children(actor, child.given_name).exists()


def test_only_what_a_plan_reads_makes_plans_stale() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    before = settings_of_program().changed_number
    change_child(actor, child, version=1, changes={"given_name": "Josué"})
    assert settings_of_program().changed_number == before
    change_child(actor, child, version=2, changes={"needs": ["asthma"]})
    assert settings_of_program().changed_number == before + 1


def test_the_second_of_two_sees_both_texts_and_nothing_is_overwritten() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    change_child(actor, child, version=1, changes={"given_name": "Ana"})
    with pytest.raises(SomebodySavedFirst) as first:
        change_child(actor, child, version=1, changes={"given_name": "Anna"})
    assert first.value.pairs == [("given_name", ("Ana", "Anna"))]
    child.refresh_from_db()
    assert child.given_name == "Ana"


def test_an_estimate_cannot_end_before_it_begins() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of(date(2012, 1, 1)).children.get()
    with pytest.raises(FieldsRefused):
        change_child(actor, child, version=1, changes={"birth_date_latest": date(2011, 1, 1)})


def test_a_name_with_signs_that_nobody_sees_is_refused() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    with pytest.raises(FieldsRefused):
        change_child(actor, child, version=1, changes={"given_name": "Ju\u2060ana"})


@pytest.mark.parametrize("role", [Role.ATTORNEY, Role.FOSTER_PARENT, Role.PROGRAM_DIRECTOR, Role.AUDITOR])
def test_who_only_reads_changes_nothing(role: Role) -> None:
    user, child = person(role), group_of().children.get()
    assign(user, role, group=child.group)
    with pytest.raises(NotThere):
        change_child(actor_of(user), child, version=1, changes={"given_name": "Ana"})


def test_a_field_that_is_not_for_this_form_is_refused() -> None:
    child = group_of().children.get()
    with pytest.raises(NotThere):
        change_child(acting(Role.INTAKE_WORKER), child, version=1, changes={"group_id": child.group_id})
