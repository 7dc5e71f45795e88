"""The worker: runs what pages have asked for (plans, mail), and what is due by the clock.

Comes in: the tasks of django-tasks' database backend. A task starts within a fifth of a second; one that a worker
was killed over is tried again, twice at most. A database that cannot be reached is waited for, however long it is
away. Runs as `python -m posada.web.operating.worker`.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_worker.py.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

SECONDS_BETWEEN_LOOKS = 0.15
SECONDS_BETWEEN_SIGNS = 10.0
SECONDS_BETWEEN_TRIES = 2.0
"""How long a database that cannot be reached is left alone."""
MOST_TRIES = 3
SIGN_OF_LIFE = "worker.alive"
"""File under the deployment's `run/` whose time tells when the worker was last seen alive."""
log = logging.getLogger("posada.worker")


class Worker:
    """Takes one task at a time until it is told to stop."""

    def __init__(self) -> None:
        from django_tasks_db.management.commands.db_worker import Worker as TaskRunner

        self.stopping = threading.Event()
        self.name = f"posada-{os.getpid()}"
        self.runner: Any = TaskRunner(
            queue_names=["*"],
            interval=SECONDS_BETWEEN_LOOKS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until told to stop; a task that is running is finished first."""
        from django.db import InterfaceError, OperationalError, connection

        while not self.stopping.is_set():
            try:
                put_back_orphans()  # also what was running when the database went away
                self._take_all()
            except (OperationalError, InterfaceError) as error:
                log.warning("the database cannot be used (%s): waiting", type(error).__name__)
                connection.close()
                self.stopping.wait(SECONDS_BETWEEN_TRIES)

    def _take_all(self) -> None:
        from django.db import close_old_connections

        while not self.stopping.is_set():
            close_old_connections()
            if not self.take_one():
                self.stopping.wait(SECONDS_BETWEEN_LOOKS)

    def take_one(self) -> bool:
        """Run the next task that is ready. False: there was none."""
        from django_tasks_db.models import DBTaskResult
        from django_tasks_db.utils import exclusive_transaction

        ready = DBTaskResult.objects.ready().filter(backend_name="default")
        if not ready.exists():  # asked first, so that an idle worker locks nobody out
            return False
        with exclusive_transaction(ready.db):
            found = ready.get_locked()
            if found is not None:
                found.claim(self.name)
        if found is None:
            return False
        self.runner.run_task(found)
        return True

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Stop after the task at hand."""
        self.stopping.set()


def put_back_orphans() -> int:
    """Tasks that were running when a worker died are ready again; after three tries they count as failed.

    There is one worker for one office, so whatever runs when it starts is nobody's.
    """
    from django.db import transaction
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    count = 0
    for found in DBTaskResult.objects.running():
        is_last = len(found.worker_ids) >= MOST_TRIES
        status = "FAILED" if is_last else "READY"
        finished = timezone.now() if is_last else None
        with transaction.atomic():
            count += DBTaskResult.objects.filter(pk=found.pk, status="RUNNING").update(
                status=status, finished_at=finished, started_at=None if not is_last else found.started_at
            )
            if is_last:
                _tell_given_up(found)
    return count


def _tell_given_up(found: Any) -> None:
    """Whoever waits for a task is told by its room that nothing comes any more, where the room says how."""
    from importlib import import_module

    room, _, name = found.task_path.rpartition(".")
    try:
        given_up = getattr(import_module(room), "GIVEN_UP", {})
    except ImportError:
        return
    if name in given_up:
        given_up[name](*found.args_kwargs["args"], **found.args_kwargs["kwargs"])


def _each_with_a_sign(jobs: Iterable[Any], signs: Path) -> Iterator[Any]:
    """Between two jobs too: a night with long ones must not look like a worker that has died."""
    for job in jobs:
        signs.touch()
        yield job


def _watch_the_clock(worker: Worker, signs: Path) -> None:
    """Beside the tasks: say that we live, and start what is due."""
    from django.db import connection

    from posada.office.licensing.letters import take_letters
    from posada.web.operating.daily import JOBS, run_due

    last_sign = 0.0
    while not worker.stopping.is_set():
        if time.monotonic() - last_sign > SECONDS_BETWEEN_SIGNS:
            signs.touch()
            last_sign = time.monotonic()
            try:
                run_due(_each_with_a_sign(JOBS, signs))
            except Exception as error:  # a database that is away must not stop the clock
                log.error("what is due could not be looked up: %s", type(error).__name__)
            connection.close()
        try:
            took = take_letters()
        except Exception as error:  # a fault of this one must not stop the clock
            log.error("letters could not be taken: %s", type(error).__name__)
            took = 1
        if took:
            connection.close()
        worker.stopping.wait(1.0)
    signs.unlink(missing_ok=True)


def _unapplied_once_reached() -> list[str]:
    """Changes of tables that the database lacks; one that cannot be reached yet is waited for."""
    from django.db import InterfaceError, OperationalError, connection

    from posada.web.operating.preparing import unapplied

    while True:
        try:
            return unapplied()
        except (OperationalError, InterfaceError) as error:
            log.warning("the database cannot be used (%s): waiting", type(error).__name__)
            connection.close()
            time.sleep(SECONDS_BETWEEN_TRIES)


def main() -> int:
    """Run the worker of the office that POSADA_DATA names."""
    import django
    from django.conf import settings

    from posada.web.deployment import DeploymentUnusable
    from posada.web.serving import DO_NOT_RESTART, RUN

    try:
        django.setup()
    except DeploymentUnusable as error:
        print(error, file=sys.stderr)
        return DO_NOT_RESTART
    from posada.web.operating.restored import settle
    from posada.web.operating.right_keys import why_not

    if missing := _unapplied_once_reached():
        mend = f"Run `posada init --data {settings.DEPLOYMENT.folder}`."
        print(f"The database lacks {len(missing)} changes of tables. {mend}", file=sys.stderr)
        return DO_NOT_RESTART
    if other := why_not():
        print(other, file=sys.stderr)
        return DO_NOT_RESTART
    settle(Path(settings.DEPLOYMENT.folder))
    signs = Path(settings.DEPLOYMENT.folder) / RUN / SIGN_OF_LIFE
    signs.parent.mkdir(mode=0o700, exist_ok=True)
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    clock = threading.Thread(target=_watch_the_clock, args=(worker, signs), name="clock", daemon=True)
    clock.start()
    worker.run()
    clock.join(timeout=5)
    return 0


if __name__ == "__main__":
    sys.exit(main())
