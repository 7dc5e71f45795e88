"""Tasks open once for each cause, stand in a queue, and are done by people."""

from datetime import date

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of, machine
from posada.office.access.roles import Role
from posada.office.audit.models import Revision
from posada.office.desk import tasks
from posada.office.desk.models import Task
from posada.office.desk.tasks import Wanted
from posada.office.refusals import Refusal
from tests.office.people import acting, assign, group_of, home_of, person

MACHINE = machine("tests")


def _wanted(key: str = "", **fields: object) -> Wanted:
    made: dict[str, object] = {"kind": "look", "role": Role.PLACEMENT_WORKER, "once_key": key, **fields}
    return Wanted(**made)  # type: ignore[arg-type]


def test_the_same_cause_opens_one_task_even_after_it_was_done() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    first = tasks.open_task(MACHINE, _wanted("cause:1"))
    assert tasks.open_task(MACHINE, _wanted("cause:1")).pk == first.pk
    tasks.finish(worker, first, version=first.version)
    assert tasks.open_task(MACHINE, _wanted("cause:1")).pk == first.pk
    assert tasks.open_many(MACHINE, [_wanted("cause:1"), _wanted("cause:2"), _wanted("cause:2")]) == 1
    assert Task.objects.count() == 2


def test_a_cause_that_comes_back_may_open_its_task_again() -> None:
    worker = acting(Role.PLACEMENT_WORKER)
    first = tasks.open_task(MACHINE, _wanted("bounce:1"))
    tasks.finish(worker, first, version=first.version)
    assert tasks.open_task(MACHINE, _wanted("bounce:1", again=True)).pk != first.pk


def test_many_tasks_have_a_first_revision_each() -> None:
    assert tasks.open_many(MACHINE, [_wanted(f"many:{n}") for n in range(3)]) == 3
    assert Revision.objects.filter(record_kind="desk.task").count() == 3


def test_a_task_that_is_done_is_not_done_again_by_somebody_else() -> None:
    first, other = acting(Role.PLACEMENT_WORKER), acting(Role.PLACEMENT_WORKER)
    task = tasks.open_task(MACHINE, _wanted())
    done = tasks.finish(first, task, version=1, outcome="called")
    assert (done.outcome, done.done_by_id) == ("called", first.user_id)
    assert tasks.finish(first, done, version=1).pk == done.pk
    with pytest.raises(Refusal):
        tasks.finish(other, done, version=done.version)


def test_a_person_sees_the_tasks_of_the_own_queues_and_of_own_groups_and_homes_only() -> None:
    group, home = group_of(), home_of()
    mine = person(Role.FOSTER_PARENT)
    assign(mine, Role.FOSTER_PARENT, home=home)
    for role, about in (
        (Role.PLACEMENT_WORKER, {"group": group}),
        (Role.FOSTER_PARENT, {"home": home}),
        (Role.FOSTER_PARENT, {"home": home_of()}),
        (Role.FOSTER_PARENT, {}),
        (Role.INTAKE_WORKER, {}),
    ):
        tasks.open_task(MACHINE, _wanted(role=role, **about))
    assert [each.home_id for each in doors.tasks(actor_of(mine))] == [home.pk]
    assert doors.tasks(acting(Role.PLACEMENT_WORKER)).count() == 1
    assert doors.tasks(acting(Role.AUDITOR)).count() == 0
    near = person(Role.PLACEMENT_WORKER, whole_program=False)
    assert doors.tasks(actor_of(near)).count() == 0
    assign(near, Role.PLACEMENT_WORKER, group=group)
    assert doors.tasks(actor_of(near)).count() == 1


def test_tasks_of_somebody_who_leaves_go_back_to_the_queue_or_to_another() -> None:
    leaving, staying = person(Role.LEGAL_COORDINATOR), person(Role.LEGAL_COORDINATOR)
    task = tasks.open_task(MACHINE, _wanted(role=Role.LEGAL_COORDINATOR, due_on=date(2026, 12, 1)))
    task = tasks.take(actor_of(leaving), task, version=1)
    tasks.acknowledge(actor_of(leaving), task, version=task.version)
    assert tasks.owned_by(leaving).count() == 1
    assert tasks.give_back(acting(Role.ADMINISTRATOR), leaving, to=staying) == 1
    task.refresh_from_db()
    assert (task.owner_id, task.acknowledged_at, task.role) == (staying.pk, None, Role.LEGAL_COORDINATOR)
    assert tasks.owned_by(leaving).count() == 0


def test_the_task_of_a_cause_that_is_no_more_closes() -> None:
    task = tasks.open_task(MACHINE, _wanted("gone:1"))
    tasks.finish_cause(MACHINE, "gone:1", outcome="no longer needed")
    task.refresh_from_db()
    assert task.outcome == "no longer needed"
