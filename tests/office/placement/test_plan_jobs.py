"""The worker solves what was asked for, once, also after it was killed; a stop or a fault leaves the plan before."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from posada.office.audit.models import Entry
from posada.office.placement import plan_jobs
from posada.office.placement.models import PlannedGroup, PlanQuestion, PlanRun
from posada.office.placement.plan_jobs import MOST_TRIES, Progress, Stopped, solve_plan
from posada.office.placement.plan_state import current_plan
from posada.office.placement.plans import ask_for_plan, stop_plan
from posada.programme import read_plan
from tests.office.people import home_of
from tests.office.placement.planned import plan_now, planner, siblings, small_program, tonight

LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""Tasks wait, as they do for a worker that has not come yet."""


def test_a_plan_that_was_asked_for_is_solved_checked_and_kept() -> None:
    groups, homes, _counsel = small_program()
    run = plan_now()
    assert run.state == PlanRun.State.READY
    assert run.counts["placed"] == run.counts["children"] == 3
    assert {row.group_id for row in run.groups.all()} == {group.pk for group in groups}
    assert {row.home_id for row in run.groups.all()} <= {home.pk for home in homes}
    opened = read_plan(Path(settings.DEPLOYMENT.plans) / run.folder)
    assert opened.program.input_sha256 == run.input_sha256
    assert len(run.levels) == 7
    assert Entry.objects.filter(act="plan.ready", subject_id=str(run.pk)).count() == 1


def test_nobody_at_all_is_a_plan_too() -> None:
    tonight()
    run = plan_now()
    assert (run.state, run.counts["children"]) == (PlanRun.State.READY, 0)


def test_a_run_that_is_over_is_not_solved_a_second_time() -> None:
    small_program()
    run = plan_now()
    siblings(4)
    solve_plan.func(str(run.pk))
    run.refresh_from_db()
    assert run.groups.count() == 2
    assert run.tries == 1


@override_settings(TASKS=LATER)
def test_a_killed_worker_leaves_a_run_that_is_solved_once_more() -> None:
    small_program()
    run = ask_for_plan(planner())
    killed = plan_jobs._claim(run.pk)
    assert killed is not None
    half = PlannedGroup(run=run, group=siblings(3), children_count=1)
    half.save()
    solve_plan.func(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.tries) == (PlanRun.State.READY, 2)
    assert run.groups.count() == 3
    assert PlannedGroup.objects.filter(pk=half.pk).count() == 0


@override_settings(TASKS=LATER)
def test_a_run_over_which_workers_keep_dying_counts_as_failed() -> None:
    small_program()
    run = ask_for_plan(planner())
    for _death in range(MOST_TRIES):
        assert plan_jobs._claim(run.pk) is not None
    solve_plan.func(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.failure) == (PlanRun.State.FAILED, "worker_died")


@override_settings(TASKS=LATER)
def test_the_plan_before_stays_while_another_is_solved_and_after_that_was_stopped() -> None:
    small_program()
    before = ask_for_plan(planner())
    solve_plan.func(str(before.pk))
    home_of()
    run = ask_for_plan(planner())
    assert plan_jobs._claim(run.pk) is not None
    assert current_plan() == PlanRun.objects.get(pk=before.pk)
    stop_plan(planner(), PlanRun.objects.get(pk=run.pk))
    solve_plan.func(str(run.pk))
    run.refresh_from_db()
    assert run.state == PlanRun.State.STOPPED
    assert current_plan() == PlanRun.objects.get(pk=before.pk)


@override_settings(TASKS=LATER)
def test_solving_ends_at_the_next_step_after_somebody_stopped_it() -> None:
    small_program()
    asked = ask_for_plan(planner())
    run = plan_jobs._claim(asked.pk)
    assert run is not None
    tell = Progress(run)
    tell("finding every lawful home")
    run.refresh_from_db()
    assert run.progress["step"] == "homes"
    stop_plan(planner(), PlanRun.objects.get(pk=run.pk))
    with pytest.raises(Stopped):
        tell("writing down who goes where, and why not")


def test_a_policy_that_nobody_knows_fails_in_plain_words_and_changes_nothing() -> None:
    small_program()
    settings_row = tonight()
    settings_row.policy = "atlantis"
    settings_row.save()
    run = plan_now()
    assert (run.state, run.failure) == (PlanRun.State.FAILED, "rules")
    assert current_plan() is None
    assert run.groups.count() == 0


def test_a_fault_that_nobody_foresaw_is_a_failed_run_and_not_an_endless_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_program()

    def broken(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("posada.office.placement.plan_store.store_plan", broken)
    run = plan_now()
    assert (run.state, run.failure) == (PlanRun.State.FAILED, "unexpected")


def test_a_question_that_has_its_answer_is_not_answered_again() -> None:
    small_program()
    run = plan_now()
    question = PlanQuestion.objects.filter(run=run).first()
    assert question is not None
    plan_jobs.answer_question.func(str(question.pk))
    again = PlanQuestion.objects.get(pk=question.pk)
    assert again.answered_at == question.answered_at


def test_the_pages_and_services_of_the_plan_do_not_load_the_solver_by_themselves() -> None:
    """Other rooms may load it today; the plan's own modules name it only inside the worker's functions."""
    room = Path(plan_jobs.__file__).parent
    for name in ("plans", "plan_jobs", "plan_state", "plan_views", "board", "group_panel", "plan_overrides"):
        for line in (room / f"{name}.py").read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("from posada.placement.plan ", "import highspy")), name
