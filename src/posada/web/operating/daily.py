"""What is due by the clock: once a minute, or once a day after an hour of the office's own time.

Each job is a plain service of its room. Whether a job has run in its turn stands in the cache's table, by
compare-and-set, so that a worker that starts again repeats nothing. A job that fails is logged by its name and the
kind of error, and is tried again in its next turn; it never stops the others.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_daily.py.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from posada.office.access.actor import machine
from posada.office.audit.chain import sign_day
from posada.office.away.devices import erase_ended
from posada.office.desk.digests import send_digests
from posada.office.docket.recompute import recompute_all, recompute_changed
from posada.office.docket.reminders import recall_reminders, send_reminders
from posada.office.ledger.publishing import publish_daily
from posada.office.licensing.letters import tell_standings
from posada.office.licensing.opening import recount_all
from posada.office.many_rows import count_tables
from posada.office.nudges.telling import tell_staff
from posada.office.packets.shares import lapse_shares
from posada.office.placement.looking_ahead import open_tasks_ahead
from posada.office.placement.offers import deliver_waiting, lapse_offers
from posada.office.retention.asking import open_tasks as open_retention_tasks
from posada.office.retention.erasing import finish as finish_erasing

log = logging.getLogger("posada.daily")
KEPT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do in each turn. `hour` None: each minute; else once a day, from that hour on."""

    name: str
    does: Callable[[], Any]
    hour: int | None = None

    def turn(self, at: datetime) -> str | None:
        """The name of the turn that is due at an instant of the office's time; None: not yet."""
        if self.hour is None:
            return at.strftime("%Y-%m-%dT%H:%M")
        return at.strftime("%Y-%m-%d") if at.hour >= self.hour else None


def run_due(jobs: Iterable[Job] | None = None, *, at: datetime | None = None) -> list[str]:
    """Run every job whose turn has come and was not taken. Returns the names of those that ran to their end."""
    now = timezone.localtime(at)
    done = []
    for job in JOBS if jobs is None else jobs:
        turn = job.turn(now)
        if turn is None or not cache.add(f"daily:{job.name}:{turn}", "taken", timeout=172_800):
            continue
        try:
            job.does()
        except Exception as error:  # one job's fault is not another's
            log.error("%s failed: %s", job.name, type(error).__name__)
        else:
            done.append(job.name)
    return done


def clear_what_is_over() -> None:
    """Sessions that have ended, and results of tasks that nobody needs any more."""
    from django_tasks_db.models import DBTaskResult

    call_command("clearsessions")
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


def sign_yesterday() -> None:
    """Sign where the log stood when the day ended."""
    sign_day(timezone.localdate() - timedelta(days=1))


def recount_homes() -> None:
    """Birthdays, checks and exceptions that ran out put homes on hold on the day itself."""
    recount_all(machine("each day's count of checks"))


JOBS: tuple[Job, ...] = (
    Job("offers_lapse", lapse_offers),
    Job("offers_are_delivered", deliver_waiting),
    Job("docket_follows_changes", recompute_changed),
    Job("shares_lapse", lapse_shares),
    Job("reminders_are_recalled", recall_reminders),
    Job("standings_are_told", tell_standings),
    Job("staff_are_told", tell_staff),
    Job("erasures_are_finished", finish_erasing),
    Job("log_is_signed", sign_yesterday, hour=0),
    Job("homes_are_counted", recount_homes, hour=0),
    Job("docket_is_computed", recompute_all, hour=0),
    Job("tasks_open_ahead", open_tasks_ahead, hour=1),
    Job("what_is_due_is_named", open_retention_tasks, hour=1),
    Job("what_is_over_is_cleared", clear_what_is_over, hour=3),
    Job("keys_of_devices_end", erase_ended, hour=3),
    Job("tables_are_counted", count_tables, hour=3),
    Job("figures_are_published", publish_daily, hour=5),
    Job("digests_are_sent", send_digests, hour=6),
    Job("reminders_are_sent", send_reminders, hour=8),
)
"""In the order in which they run when several are due."""
