"""A list tells what is missing to those who work on it, and to a home only its own."""

from datetime import date

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.casefile.child_list import children_of, rows_of
from posada.office.counsel.models import Engagement
from posada.office.day import today
from tests.office.people import acting, assign, counsel_of, group_of, home_of, person


def test_filters_find_who_has_no_home_and_who_has_no_counsel() -> None:
    placed, engaged = group_of().children.get(), group_of().children.get()
    placed.placements.create(home=home_of(), from_date=date(2026, 1, 1))
    Engagement.objects.create(group=engaged.group, counsel=counsel_of(), from_date=today())
    actor = acting(Role.INTAKE_WORKER)
    assert list(children_of(actor, "no_home")) == [engaged]
    assert list(children_of(actor, "no_counsel")) == [placed]
    assert {row.is_represented for row in rows_of(actor, [placed, engaged])} == {True, False}


def test_a_foster_parents_list_says_nothing_of_counsel() -> None:
    user, home, child = person(Role.FOSTER_PARENT), home_of(), group_of().children.get()
    assign(user, Role.FOSTER_PARENT, home=home)
    child.placements.create(home=home, from_date=date(2026, 1, 1))
    actor = actor_of(user)
    (row,) = rows_of(actor, list(children_of(actor, "no_counsel")))
    assert (row.child, row.home, row.is_represented) == (child, home.home_id, None)
