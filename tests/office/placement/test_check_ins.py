"""Check-ins: only a visit is done; tried and refused set the next try, and then somebody goes."""

from datetime import timedelta

import pytest

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.placement import check_ins
from posada.office.placement.models import CheckIn
from posada.office.refusals import FieldsRefused, Refusal, SomebodySavedFirst
from tests.office.people import TODAY, acting
from tests.office.placement.offered import placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


@pytest.fixture
def worker() -> Actor:
    return acting(Role.PLACEMENT_WORKER)


def _first() -> CheckIn:
    placed()
    row = CheckIn.objects.order_by("due_on").first()
    assert row is not None
    return row


@pytest.mark.parametrize("outcome", ["not_reached", "refused"])
def test_tried_and_refused_count_as_not_done_and_set_the_next_try(worker: Actor, outcome: str) -> None:
    row = check_ins.record(worker, _first(), version=1, outcome=outcome, on=TODAY, note="no answer")
    assert (row.done_on, row.outcome) == (None, outcome)
    assert check_ins.next_try(row) == TODAY + timedelta(days=2)
    assert not Task.objects.filter(kind="go_there").exists()


def test_after_three_tries_a_person_goes(worker: Actor) -> None:
    row = _first()
    for _time in range(4):
        row = check_ins.record(worker, row, version=row.version, outcome="not_reached", on=TODAY)
    task = Task.objects.get(kind="go_there")
    assert (task.values["tries"], task.due_on) == (3, TODAY + timedelta(days=1))


def test_a_visit_is_done_once(worker: Actor) -> None:
    row = check_ins.record(worker, _first(), version=1, outcome="safe", on=TODAY)
    assert (row.done_on, row.by_id) == (TODAY, worker.user_id)
    with pytest.raises(Refusal):
        check_ins.record(worker, row, version=row.version, outcome="safe", on=TODAY)


def test_a_concern_is_a_task_for_the_next_day(worker: Actor) -> None:
    check_ins.record(worker, _first(), version=1, outcome="concern", on=TODAY)
    assert Task.objects.get(kind="concern").due_on == TODAY + timedelta(days=1)


def test_the_family_confirms_its_address_at_the_first_check_in(worker: Actor) -> None:
    row = check_ins.record(worker, _first(), version=1, outcome="safe", on=TODAY, address_confirmed=True)
    assert type(row.home).objects.get(pk=row.home_id).address_confirmed_on == TODAY


def test_the_second_of_two_writers_is_told(worker: Actor) -> None:
    row = _first()
    check_ins.record(worker, row, version=1, outcome="not_reached", on=TODAY)
    with pytest.raises(SomebodySavedFirst):
        check_ins.record(acting(Role.PLACEMENT_WORKER), row, version=1, outcome="refused", on=TODAY)


def test_a_day_to_come_and_an_unknown_result_are_refused(worker: Actor) -> None:
    row = _first()
    with pytest.raises(FieldsRefused):
        check_ins.record(worker, row, version=1, outcome="safe", on=TODAY + timedelta(days=1))
    with pytest.raises(FieldsRefused):
        check_ins.record(worker, row, version=1, outcome="well", on=TODAY)


def test_when_the_last_one_is_done_the_next_month_follows(worker: Actor) -> None:
    for row in list(CheckIn.objects.filter(pk=_first().pk)) + list(CheckIn.objects.order_by("due_on")[1:]):
        check_ins.record(worker, row, version=1, outcome="safe", on=TODAY)
    assert list(CheckIn.objects.filter(done_on=None).values_list("kind", flat=True)) == ["month_n"]
