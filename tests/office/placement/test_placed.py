"""Arrivals and endings: the day it happened decides, the day it was entered is kept beside it."""

from datetime import date, timedelta

import pytest

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.placement import placed
from posada.office.placement.models import CheckIn, Placement
from posada.office.program import read_program
from posada.office.refusals import FieldsRefused, Refusal
from tests.office.people import TODAY, acting
from tests.office.placement.offered import placed as placed_group
from tests.office.placement.offered import seen, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


@pytest.fixture
def worker() -> Actor:
    return acting(Role.PLACEMENT_WORKER)


def test_an_arrival_that_is_entered_late_moves_check_ins_to_the_day_it_happened(worker: Actor) -> None:
    group, _home = placed_group()
    came = TODAY - timedelta(days=3)
    placed.confirm_arrival(worker, group, on=came, seen=seen(group))
    row = Placement.objects.get()
    assert (row.from_date, row.entered_at.date() > came) == (came, True)
    assert row.expected_until == came + timedelta(days=90)
    due = CheckIn.objects.filter(voided_at=None).order_by("due_on").values_list("due_on", flat=True)
    assert due[0] == came + timedelta(days=7)
    assert Task.objects.get(kind="arrival_to_confirm").outcome == "arrived"


def test_who_saw_an_older_state_changes_nothing(worker: Actor) -> None:
    group, _home = placed_group()
    before = seen(group)
    placed.confirm_arrival(worker, group, on=TODAY, seen=before)
    for act in (
        lambda: placed.confirm_arrival(worker, group, on=TODAY, seen=before),
        lambda: placed.end(worker, group, on=TODAY, kind="left", seen=before),
    ):
        with pytest.raises(placed.ChangedSince):
            act()


def test_children_who_never_came_wait_again_and_cannot_be_unconfirmed(worker: Actor) -> None:
    group, _home = placed_group()
    placed.did_not_arrive(worker, group, seen=seen(group), reason="stayed with an aunt")
    assert placed.placements_of(group) == []
    assert not CheckIn.objects.filter(voided_at=None).exists()
    assert read_program().placements == ()
    other, _home = placed_group()
    placed.confirm_arrival(worker, other, on=TODAY, seen=seen(other))
    with pytest.raises(Refusal):
        placed.did_not_arrive(worker, other, seen=seen(other), reason="a mistake")


def test_a_stay_ends_with_its_kind_and_unknown_is_one(worker: Actor) -> None:
    group, _home = placed_group()
    with pytest.raises(FieldsRefused):
        placed.end(worker, group, on=TODAY, kind="", seen=seen(group))
    placed.end(worker, group, on=TODAY, kind="unknown", seen=seen(group))
    assert Placement.objects.get().ending == "unknown"
    assert not CheckIn.objects.filter(voided_at=None).exists()


def test_one_of_two_siblings_may_go_home_first(worker: Actor) -> None:
    group, _home = placed_group(date(2012, 1, 1), date(2014, 1, 1))
    first = placed.placements_of(group)[0].child_id
    placed.end(worker, group, on=TODAY, kind="reunified", seen=seen(group), who=[first])
    assert [each.child_id == first for each in placed.placements_of(group)] == [False]
    assert CheckIn.objects.filter(voided_at=None).exists()
    with pytest.raises(FieldsRefused):
        placed.end(worker, group, on=TODAY, kind="reunified", seen=seen(group), who=[])


def test_release_to_a_sponsor_opens_the_services_after_it(worker: Actor) -> None:
    group, _home = placed_group()
    placed.end(worker, group, on=TODAY, kind="released", seen=seen(group))
    assert Task.objects.filter(kind="post_release_services", group=group).exists()


def test_days_to_come_and_days_before_arrival_are_refused(worker: Actor) -> None:
    group, _home = placed_group()
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(FieldsRefused):
            placed.end(worker, group, on=day, kind="left", seen=seen(group))
    with pytest.raises(FieldsRefused):
        placed.confirm_arrival(worker, group, on=TODAY - timedelta(days=800), seen=seen(group))
