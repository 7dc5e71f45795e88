"""The worker: what is asked for is done soon, and what a dead worker left is done again."""

import pytest
from django_tasks_db.models import DBTaskResult

from posada.web.operating.worker import MOST_TRIES, put_back_orphans

pytestmark = pytest.mark.django_db


def running(*workers: str) -> DBTaskResult:
    from django.utils import timezone

    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="no.such.task",
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
