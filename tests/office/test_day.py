"""The office's day: a demonstration stands still, a real office lives today."""

from datetime import date

from django.utils import timezone

from posada.office.day import one_day, today
from posada.office.intake.models import ProgramSettings


def test_without_a_plan_date_it_is_today() -> None:
    assert today() == timezone.localdate()


def test_a_demonstration_stands_still_on_its_plan_date() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=date(2014, 9, 30))
    assert today() == date(2014, 9, 30)


def test_a_request_stays_on_the_day_on_which_it_began() -> None:
    ProgramSettings.objects.create(pk=1, plan_date=date(2014, 9, 30))
    with one_day():
        assert today() == date(2014, 9, 30)
        ProgramSettings.objects.filter(pk=1).update(plan_date=date(2014, 10, 1))
        assert today() == date(2014, 9, 30)
    assert today() == date(2014, 10, 1)
