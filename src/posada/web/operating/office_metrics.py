"""How the office stands, in numbers: its worker, tasks, mail, openings of sealed fields, backup and log.

Comes in: the office for which Django is set up. Goes out: readings that name no child, home, person or address.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_metrics.py.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Min
from django.utils import timezone

from posada.office.access.opening_pace import ACT
from posada.office.audit.models import Entry, Head
from posada.office.desk.models import Mail
from posada.web.operating.health import seconds_since
from posada.web.operating.metrics import Reading, one
from posada.web.operating.worker import SIGN_OF_LIFE
from posada.web.served_keys import RUN

BACKUP_MADE = "backup.made"
"""File under the office's `run/` whose time tells when a backup was last put in place whole."""


def readings() -> Iterator[Reading]:
    """Every number; what needs the database is left out while it does not answer."""
    folder = Path(settings.DEPLOYMENT.folder)
    yield one("posada_disk_free_bytes", "Room left for the data.", shutil.disk_usage(folder).free)
    seen = seconds_since(folder / RUN / SIGN_OF_LIFE)
    yield one("posada_worker_seen_seconds", "Since the worker's last sign of life.", seen)
    made = seconds_since(folder / RUN / BACKUP_MADE)
    yield one("posada_backup_age_seconds", "Since the last whole backup.", made)
    try:
        found = [*_tasks(), *_mail(), *_log()]
    except (DatabaseError, InterfaceError):
        found = []
    yield one("posada_database_up", "1: the database answers.", float(bool(found)))
    yield from found


def _tasks() -> Iterator[Reading]:
    from django_tasks_db.models import DBTaskResult

    counted = dict(DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk")))
    values = tuple((word, counted.get(word.upper(), 0)) for word in ("ready", "running", "failed"))
    yield Reading("posada_tasks", "What pages have asked the worker for.", values)
    oldest = DBTaskResult.objects.ready().aggregate(at=Min("enqueued_at"))["at"]
    waits = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    yield one("posada_oldest_task_seconds", "How long the oldest of them has waited.", waits)


def _mail() -> Iterator[Reading]:
    kept = (Mail.State.QUEUED, Mail.State.HELD)
    counted = dict(
        Mail.objects.filter(state__in=kept).order_by().values_list("state").annotate(n=Count("pk"))
    )
    values = tuple((str(state), counted.get(state, 0)) for state in kept)
    yield Reading("posada_mail_waiting", "Mail that has not left.", values)


def _log() -> Iterator[Reading]:
    since = timezone.now() - timedelta(hours=1)
    opened = Entry.objects.filter(act=ACT, at__gt=since).count()
    yield one("posada_sealed_opened_last_hour", "Sealed fields that were opened, by all together.", opened)
    entries = Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    yield one("posada_log_entries", "Entries of the log.", entries)
