"""What the file holds for whom."""

from datetime import date, timedelta

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.casefile.child_file import file_of
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.refusals import NotThere
from tests.office.people import acting, assign, counsel_of, group_of, home_of, person


def test_advice_at_a_clinic_is_not_representation() -> None:
    group = group_of()
    engagement = Engagement.objects.create(
        group=group, counsel=counsel_of(), from_date=today(), scope="clinic"
    )
    actor, pk = acting(Role.LEGAL_COORDINATOR), group.children.get().pk
    assert not file_of(actor, pk).is_represented
    Engagement.objects.filter(pk=engagement.pk).update(scope="limited")
    assert file_of(actor, pk).is_represented


def test_sealed_fields_are_named_only_to_those_who_may_open_them() -> None:
    child, director = group_of().children.get(), person(Role.PROGRAM_DIRECTOR)
    doors.seal_fields(child, {"a_number": "000-000-001"})
    assign(director, Role.PROGRAM_DIRECTOR, group=child.group)
    assert file_of(acting(Role.INTAKE_WORKER), child.pk).sealed == ("a_number",)
    assert file_of(actor_of(director), child.pk).sealed == ()


def test_who_is_both_counsel_and_foster_parent_sees_each_child_by_that_relation() -> None:
    user, home = person(Role.ATTORNEY, Role.FOSTER_PARENT), home_of()
    client, guest = group_of().children.get(), group_of().children.get()
    Engagement.objects.create(group=client.group, counsel=counsel_of(user=user), from_date=today())
    assign(user, Role.FOSTER_PARENT, home=home)
    guest.placements.create(home=home, from_date=date(2026, 1, 1))
    assert file_of(actor_of(user), client.pk).is_whole
    assert not file_of(actor_of(user), guest.pk).is_whole


def test_a_sibling_in_another_home_is_not_on_the_smaller_page() -> None:
    user, home = person(Role.FOSTER_PARENT), home_of()
    assign(user, Role.FOSTER_PARENT, home=home)
    one, two = group_of(date(2012, 1, 1), date(2014, 1, 1)).children.order_by("child_id")
    one.placements.create(home=home, from_date=date(2026, 1, 1))
    two.placements.create(home=home_of(), from_date=date(2026, 1, 1))
    assert file_of(actor_of(user), one.pk).siblings == ()
    with pytest.raises(NotThere):
        file_of(actor_of(user), two.pk)


def test_the_day_of_majority_is_computed_and_an_ended_placement_is_not_a_home() -> None:
    child = group_of(date(2010, 2, 28)).children.get()
    child.placements.create(
        home=home_of(), from_date=date(2026, 1, 1), to_date=today() - timedelta(days=1), ending="moved"
    )
    file = file_of(acting(Role.INTAKE_WORKER), child.pk)
    assert file.of_age_on == date(2028, 2, 28)
    assert file.standing_placement is None
