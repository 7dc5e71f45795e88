"""The first page of each role: every figure opens as many rows as it says."""

from datetime import timedelta

import pytest
from django.urls import resolve
from django.utils import timezone

from posada.office.access.actor import actor_of, machine
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.desk import tasks
from posada.office.desk.first_page import MOST_TASKS, first_page_of
from posada.office.desk.tasks import Wanted
from posada.office.placement.models import CheckIn
from tests.office.people import TODAY, acting, browser_of, group_of, home_of, person
from tests.office.placement.offered import offer_of, parent_of, placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _many_tasks(role: Role, count: int) -> None:
    for number in range(count):
        due = TODAY + timedelta(days=number - 3)
        tasks.open_task(machine("tests"), Wanted("look", role=role, due_on=due))


def test_each_figure_of_a_placement_worker_is_the_count_of_the_page_it_opens() -> None:
    user = person(Role.PLACEMENT_WORKER)
    for _time in range(3):
        placed()
    offer_of(group_of(), home_of())
    offer_of(group_of(), home_of(), state="not_delivered")
    CheckIn.objects.filter(kind="day_7").update(due_on=TODAY - timedelta(days=1))
    _many_tasks(Role.PLACEMENT_WORKER, 6)
    client, compared = browser_of(user), 0
    for figure in first_page_of(actor_of(user)).figures:
        page = client.get(figure.address).context["page"]
        if resolve(figure.address.split("?")[0]).view_name in ("tasks", "offers", "placed"):
            assert page.paginator.count == figure.count, figure.words
            compared += 1
    assert compared == 6


def test_it_is_never_more_than_a_screen_and_overdue_tasks_stand_first() -> None:
    _many_tasks(Role.INTAKE_WORKER, 12)
    page = first_page_of(acting(Role.INTAKE_WORKER))
    assert (len(page.tasks), page.more) == (MOST_TASKS, 4)
    assert page.tasks[0].due_on == TODAY - timedelta(days=3)
    assert page.answer == "3 things are overdue"
    assert len(page.figures) <= 9


def test_every_role_has_a_first_page_and_an_idle_one_says_so() -> None:
    for role in Role:
        user = person(role)
        answer = browser_of(user).get("/")
        assert answer.status_code == 200
        assert first_page_of(actor_of(user)).answer == "Nothing waits for you today", role


def test_a_home_sees_its_waiting_offer_and_no_name() -> None:
    home = home_of()
    parent = parent_of(home)
    offer_of(group_of(given_name="Plantada"), home)
    page = browser_of(parent).get("/").content.decode()
    assert "offers wait for my answer" in page
    assert "Plantada" not in page


def test_the_second_person_sees_requests_of_others_only() -> None:
    asking, other = acting(Role.PROGRAM_DIRECTOR), acting(Role.PROGRAM_DIRECTOR)
    now = timezone.now()
    Approval.objects.create(
        act="sealed.bulk",
        scope_digest="0" * 64,
        reason="a yearly drill",
        asked_by_id=asking.user_id,
        asked_at=now,
        expires_at=now + timedelta(hours=1),
    )
    counts = []
    for actor in (asking, other, acting(Role.AUDITOR)):
        figures = {str(each.words): each.count for each in first_page_of(actor).figures}
        counts.append(figures.get("requests wait for a second person", 0))
    assert counts == [0, 1, 0]
