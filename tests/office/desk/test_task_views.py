"""Tasks as a list and one by one; the monthly list of a counsel."""

import pytest
from django.urls import reverse

from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.desk import tasks
from posada.office.desk.models import Confirmation, Task
from posada.office.desk.tasks import Wanted
from tests.office.people import TODAY, browser_of, counsel_of, group_of, person
from tests.office.placement.offered import the_day


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def _task(**fields: object) -> Task:
    made: dict[str, object] = {"kind": "concern", "role": Role.PLACEMENT_WORKER, **fields}
    return tasks.open_task(machine("tests"), Wanted(**made))  # type: ignore[arg-type]


def test_the_list_is_narrowed_and_paged_without_names_in_its_address() -> None:
    me = browser_of(person(Role.PLACEMENT_WORKER))
    for _n in range(30):
        _task(due_on=TODAY)
    _task(kind="go_there", values={"tries": 3})
    page = me.get(reverse("tasks"), {"show": "soon", "kind": "concern"})
    assert page.context["page"].paginator.count == 30
    assert (
        "show=soon&amp;kind=concern&amp;page=2" in page.content.decode() or "page=2" in page.content.decode()
    )
    assert "31 tasks wait" in me.get(reverse("tasks")).content.decode()


def test_a_task_is_taken_put_to_rest_and_done() -> None:
    user = person(Role.PLACEMENT_WORKER)
    me, task = browser_of(user), _task(group=group_of())
    act = lambda word, version: me.post(  # noqa: E731
        reverse("task_act", args=[task.pk, word]), {"version": version, "outcome": "visited"}
    )
    assert act("take", 1).status_code == 302
    assert act("acknowledge", 2).status_code == 302
    assert act("acknowledge", 2).status_code in (302, 409)
    assert act("done", "x").status_code == 422
    assert act("fly", 3).status_code == 404
    task.refresh_from_db()
    assert act("done", task.version).status_code == 302
    task.refresh_from_db()
    assert (task.owner, task.outcome) == (user, "visited")
    assert "visited" in me.get(reverse("task_page", args=[task.pk])).content.decode()


def test_anothers_task_is_not_there() -> None:
    task = _task()
    stranger = browser_of(person(Role.INTAKE_WORKER))
    assert stranger.get(reverse("task_page", args=[task.pk])).status_code == 404
    assert stranger.post(reverse("task_act", args=[task.pk, "done"]), {"version": 1}).status_code == 404


def test_a_counsel_looks_through_the_list_once_a_month_in_two_taps() -> None:
    user = person(Role.ATTORNEY)
    counsel, group = counsel_of(user=user), group_of(given_name="Plantada")
    Engagement.objects.create(group=group, counsel=counsel, from_date=TODAY)
    me = browser_of(user)
    page = me.get(reverse("my_list")).content.decode()
    assert ("Plantada" in page, "Yes, that is right" in page) == (True, True)
    assert me.post(reverse("my_list"), {"answer": "right"}).status_code == 302
    assert Confirmation.objects.get().counsel == counsel
    assert "Yes, that is right" not in me.get(reverse("my_list")).content.decode()


def test_the_list_stays_within_its_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    me = browser_of(person(Role.PLACEMENT_WORKER))
    for _n in range(25):
        _task(group=group_of())
    for address in (reverse("tasks"), "/"):
        with django_assert_max_num_queries(30):
            me.get(address)
