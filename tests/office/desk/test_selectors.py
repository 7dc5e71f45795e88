"""Lists of tasks share no task and leave none out."""

from datetime import timedelta

import pytest

from posada.office.access.actor import actor_of, machine
from posada.office.access.roles import Role
from posada.office.desk import tasks
from posada.office.desk.selectors import SHOWN, open_tasks, tasks_shown
from posada.office.desk.tasks import Wanted
from tests.office.people import TODAY, person
from tests.office.placement.offered import the_day


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def test_overdue_soon_and_later_are_all_open_tasks_and_each_once() -> None:
    actor = actor_of(person(Role.INTAKE_WORKER))
    for days in (-40, -1, 0, 1, 7, 8, 90, None):
        due = None if days is None else TODAY + timedelta(days=days)
        tasks.open_task(machine("tests"), Wanted("look", role=Role.INTAKE_WORKER, due_on=due))
    parts = {show: list(tasks_shown(actor, show)) for show in ("overdue", "soon", "later")}
    assert {show: len(rows) for show, rows in parts.items()} == {"overdue": 2, "soon": 3, "later": 3}
    together = [task.pk for rows in parts.values() for task in rows]
    assert sorted(together) == sorted(task.pk for task in open_tasks(actor))
    assert next(task.due_on for task in open_tasks(actor)) == TODAY - timedelta(days=40)
    assert open_tasks(actor).last().due_on is None  # type: ignore[union-attr]


def test_mine_done_and_kinds_narrow_the_list() -> None:
    actor = actor_of(person(Role.INTAKE_WORKER))
    for kind in ("look", "look", "call"):
        tasks.open_task(machine("tests"), Wanted(kind, role=Role.INTAKE_WORKER))
    first, second = tasks_shown(actor, kind="look")
    tasks.take(actor, first, version=1)
    tasks.finish(actor, second, version=1)
    counts = {show: tasks_shown(actor, show).count() for show in ("mine", "done", "")}
    assert counts == {"mine": 1, "done": 1, "": 2}
    assert set(SHOWN) == {"overdue", "soon", "later", "mine", "done"}
