"""What ends in 90, 60 and 30 days is a task in time, and each once."""

from datetime import date, timedelta

import pytest

from posada.office.desk.models import Task
from posada.office.licensing.models import Home
from posada.office.placement.looking_ahead import open_tasks_ahead, step_of
from posada.office.placement.models import Placement
from tests.office.people import TODAY
from tests.office.placement.offered import placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _kinds() -> list[str]:
    return sorted(Task.objects.filter(values__has_key="ends_on").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days", "step"), [(100, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-5, 30)]
)
def test_the_nearest_step_that_has_been_reached_counts(days: int, step: int | None) -> None:
    assert step_of(TODAY + timedelta(days=days), on=TODAY, steps=[30, 60, 90]) == step


def test_a_stay_a_license_and_a_childhood_that_end_open_a_task_each_at_every_step() -> None:
    placed(date(2009, 2, 1))
    Home.objects.update(license_to=TODAY + timedelta(days=80))
    assert open_tasks_ahead() == 2
    assert _kinds() == ["license_ends", "turns_18"], "a stay of 90 days has just begun"
    assert open_tasks_ahead() == 0
    assert open_tasks_ahead(TODAY + timedelta(days=30)) == 3
    assert _kinds() == ["length_ends", "license_ends", "license_ends", "turns_18", "turns_18"]
    assert open_tasks_ahead(TODAY + timedelta(days=61)) == 3


def test_what_ends_later_or_holds_nobody_opens_nothing() -> None:
    placed(date(2014, 5, 1))
    Placement.objects.update(expected_until=None)
    assert open_tasks_ahead() == 0


def test_on_the_birthday_itself_it_is_still_told() -> None:
    placed(date(2008, 11, 25))
    Placement.objects.update(expected_until=None)
    assert open_tasks_ahead(TODAY + timedelta(days=1)) == 1
    assert Task.objects.get(kind="turns_18").due_on == date(2026, 11, 25)
