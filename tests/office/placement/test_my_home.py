"""What a foster parent sees of the own home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.licensing.models import Home
from posada.office.placement import my_home
from tests.office.docket.cases import hearing_of
from tests.office.people import TODAY, acting, assign, group_of, home_of
from tests.office.placement.offered import offer_of, parent_of, placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_a_home_sees_its_open_offers_its_children_and_its_visits_and_nobody_elses() -> None:
    group, home = placed()
    placed()
    offer_of(group_of(), home, state="declined")
    open_one = offer_of(group_of(), home)
    offer_of(group_of(), home_of())
    own = my_home.homes_of(actor_of(parent_of(home)))
    assert [each.home for each in own] == [home]
    assert own[0].offers == [open_one]
    assert own[0].children == [group.children.get()]
    assert (len(own[0].visits), own[0].to_confirm) == (4, True)


def test_somebody_without_a_home_sees_none() -> None:
    assert my_home.homes_of(acting(Role.FOSTER_PARENT)) == []


def test_a_home_that_the_door_hides_takes_its_hearings_with_it() -> None:
    (shown, home), (hidden, gone) = placed(), placed()
    user = parent_of(home)
    assign(user, Role.FOSTER_PARENT, home=gone)
    hearings = [hearing_of(each, TODAY + timedelta(days=9)) for each in (shown, hidden)]
    both = my_home.homes_of(actor_of(user))
    assert [[each.row for each in own.appointments] for own in both] == [[each] for each in hearings]
    Home.objects.filter(pk=gone.pk).update(voided_at=timezone.now())
    own = my_home.homes_of(actor_of(user))
    assert [(each.home, [line.row for line in each.appointments]) for each in own] == [(home, hearings[:1])]
