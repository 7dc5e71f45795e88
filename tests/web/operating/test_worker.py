"""The worker: what is asked for is done soon, and what a dead worker left is done again."""

from pathlib import Path
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from posada.office.packets import jobs as packet_jobs
from posada.office.placement import plan_jobs
from posada.office.placement.models import PlanRun
from posada.web.operating.daily import Job, run_due
from posada.web.operating.worker import MOST_TRIES, _each_with_a_sign, put_back_orphans

pytestmark = pytest.mark.django_db


def running(*workers: str, path: str = "no.such.task", asked_for: str = "") -> DBTaskResult:
    from django.utils import timezone

    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [asked_for] if asked_for else [], "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=list(workers),
    )


def test_a_task_whose_worker_died_is_ready_again() -> None:
    found = running("posada-1")
    assert put_back_orphans() == 1
    found.refresh_from_db()
    assert found.status == "READY"


def test_a_task_over_which_three_workers_died_counts_as_failed() -> None:
    found = running(*(f"posada-{number}" for number in range(MOST_TRIES)))
    put_back_orphans()
    found.refresh_from_db()
    assert found.status == "FAILED"
    assert found.finished_at is not None


def test_who_waits_for_a_task_that_was_given_up_is_told() -> None:
    run = PlanRun.objects.create(number=1, state=PlanRun.State.SOLVING, tries=2)
    dead = [f"posada-{number}" for number in range(MOST_TRIES)]
    running(*dead, path="posada.office.placement.plan_jobs.solve_plan", asked_for=str(run.pk))
    put_back_orphans()
    run.refresh_from_db()
    assert (run.state, run.failure) == (PlanRun.State.FAILED, "worker_died")


def test_each_task_that_is_told_of_is_a_task() -> None:
    for room in (plan_jobs, packet_jobs):
        assert all(hasattr(getattr(room, name), "enqueue") for name in room.GIVEN_UP)


def test_a_sign_of_life_is_given_between_two_jobs_too(tmp_path: Path) -> None:
    sign, seen = tmp_path / "worker.alive", []

    def takes_long() -> None:
        seen.append(sign.exists())
        sign.unlink()

    jobs = [Job(f"{uuid4()}", takes_long) for _ in range(2)]
    assert len(run_due(_each_with_a_sign(jobs, sign))) == 2
    assert seen == [True, True]
