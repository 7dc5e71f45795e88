"""Hours that counsel give."""

from datetime import date, timedelta

import pytest

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.ledger import hours
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.people import TODAY, acting, counsel_of, person


def test_counsel_writes_her_own_hours_and_nobody_elses() -> None:
    user = person(Role.ATTORNEY)
    mine, other = counsel_of(user=user), counsel_of()
    actor = actor_of(user)
    hours.add_hours(actor, counsel=mine.pk, given_on=TODAY, minutes=90)
    with pytest.raises(NotThere):
        hours.add_hours(actor, counsel=other.pk, given_on=TODAY, minutes=90)
    assert [row.minutes for row in hours.hours_of(actor)] == [90]


def test_the_desk_writes_them_for_any_counsel() -> None:
    desk = acting(Role.LEGAL_COORDINATOR)
    hours.add_hours(desk, counsel=counsel_of().pk, given_on=TODAY, minutes=30)
    assert hours.hours_of(desk).count() == 1
    assert hours.hours_of(acting(Role.PROGRAM_DIRECTOR)).count() == 0


def test_a_day_has_no_more_than_its_hours_and_is_not_to_come() -> None:
    desk, who = acting(Role.LEGAL_COORDINATOR), counsel_of()
    hours.add_hours(desk, counsel=who.pk, given_on=date(2026, 11, 2), minutes=1_400)
    for on, minutes in ((date(2026, 11, 2), 41), (TODAY, 0), (TODAY + timedelta(days=1), 60)):
        with pytest.raises(FieldsRefused):
            hours.add_hours(desk, counsel=who.pk, given_on=on, minutes=minutes)


def test_a_mistake_is_taken_out_with_a_reason() -> None:
    desk = acting(Role.LEGAL_COORDINATOR)
    row = hours.add_hours(desk, counsel=counsel_of().pk, given_on=TODAY, minutes=30)
    with pytest.raises(NotThere):
        hours.take_out(acting(Role.ATTORNEY), row, version=1, reason="entered twice")
    hours.take_out(desk, row, version=1, reason="entered twice")
    assert not hours.hours_of(desk).exists()
