"""A plan says whether what it was made from still stands, and what has changed."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from posada.office.audit.history import save_change
from posada.office.placement.models import PlanRun
from posada.office.placement.plan_state import current_plan, is_given_up, last_unfinished, staleness_of
from posada.office.placement.plans import ask_for_plan, stop_plan
from posada.office.program import note_change
from tests.office.people import TODAY
from tests.office.placement.planned import plan_now, planner, small_program, tonight
from tests.office.placement.test_plan_jobs import LATER

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_fresh_plan_is_not_stale_and_one_of_yesterday_is() -> None:
    small_program()
    run = plan_now()
    assert not staleness_of(run).is_stale
    settings = tonight()
    settings.plan_date = TODAY + timedelta(days=1)
    settings.save()
    assert staleness_of(run).other_day


def test_a_stale_plan_says_how_many_records_of_which_kind_have_changed() -> None:
    _groups, homes, counsel = small_program()
    run = plan_now()
    for home in homes:
        save_change(home, version=1, changes={"max_siblings": 1}, actor=planner(), act="home.change")
    save_change(counsel, version=1, changes={"open_slots": 0}, actor=planner(), act="counsel.change")
    note_change()
    found = staleness_of(run)
    assert found.is_stale
    assert found.changes == {"homes": 2, "counsel": 1}


@override_settings(TASKS=LATER)
def test_a_run_that_was_stopped_is_told_of_until_there_is_a_newer_plan() -> None:
    small_program()
    run = ask_for_plan(planner())
    stop_plan(planner(), run)
    assert last_unfinished(current_plan()) == run
    with override_settings(
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    ):
        ready = plan_now()
    assert current_plan() == ready
    assert last_unfinished(ready) is None


@override_settings(TASKS=DATABASE)
def test_a_run_whose_task_has_failed_is_given_up_and_the_next_to_ask_gets_a_new_one() -> None:
    from django_tasks_db.models import DBTaskResult

    small_program()
    run = ask_for_plan(planner())
    assert not is_given_up(run)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    PlanRun.objects.filter(pk=run.pk).update(changed_at=timezone.now() - timedelta(minutes=5))
    run.refresh_from_db()
    assert is_given_up(run)
    again = ask_for_plan(planner())
    run.refresh_from_db()
    assert (run.state, run.failure) == (PlanRun.State.FAILED, "worker_gone")
    assert again.number == run.number + 1
