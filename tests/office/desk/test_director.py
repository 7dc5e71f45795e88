"""The director's figures: totals only, small ones hidden, and no queue without somebody unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posada.office.access.actor import machine
from posada.office.access.models import RoleGrant
from posada.office.access.roles import Role
from posada.office.desk import tasks
from posada.office.desk.director import answering, program_figures, unattended
from posada.office.desk.tasks import Wanted
from posada.office.licensing.models import Enquiry
from posada.office.placement.models import Placement
from tests.office.people import TODAY, browser_of, group_of, home_of, person
from tests.office.placement.offered import the_day


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def _children(living: int, waiting: int) -> list[int | None]:
    home = home_of()
    for number in range(living + waiting):
        child = group_of().children.get()
        if number < living:
            Placement.objects.create(child=child, home=home, from_date=TODAY)
    return [each.count for each in program_figures().children]


def test_large_figures_are_shown() -> None:
    assert _children(living=12, waiting=11) == [23, 12, 11]


def test_a_small_figure_is_hidden_with_the_one_that_would_tell_it() -> None:
    everybody, living, waiting = _children(living=12, waiting=3)
    assert waiting is None
    assert [everybody, living].count(None) == 1


def test_time_to_first_answer_is_a_median_and_the_oldest_is_shown() -> None:
    now = timezone.now()
    for number, (received, answered) in enumerate(((9, 8), (9, 6), (9, 2), (5, None), (20, None))):
        Enquiry.objects.create(
            reference=f"E-{number}",
            county_fips="24031",
            received_at=now - timedelta(days=received),
            first_answer_at=None if answered is None else now - timedelta(days=answered),
        )
    found = answering()
    assert (found.median_days, found.oldest_days) == (3.0, 20)
    Enquiry.objects.all().delete()
    assert answering().median_days is None


def test_a_queue_that_nobody_works_on_is_named() -> None:
    user = person(Role.INTAKE_WORKER)
    tasks.open_task(
        machine("tests"), Wanted("look", role=Role.INTAKE_WORKER, due_on=TODAY - timedelta(days=1))
    )
    assert program_figures().tasks == [("Intake worker", 1, 1, True)]
    RoleGrant.objects.filter(user=user).update(until_at=timezone.now())
    assert program_figures().tasks == [("Intake worker", 1, 1, False)]
    assert "auditor" in unattended()
    person(Role.AUDITOR)
    assert "auditor" not in unattended()


def test_the_page_opens_to_the_director_alone_and_names_nobody() -> None:
    group_of(given_name="Plantada")
    page = browser_of(person(Role.PROGRAM_DIRECTOR)).get("/director/")
    assert (page.status_code, b"Plantada" in page.content) == (200, False)
    assert browser_of(person(Role.PLACEMENT_WORKER)).get("/director/").status_code == 404
