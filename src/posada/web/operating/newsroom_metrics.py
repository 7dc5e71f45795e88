"""How the public site stands, in numbers: its worker, and what is still to be told to who asked.

Comes in: the newsroom for which Django is set up. Goes out: readings that name nobody.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_newsroom_health.py.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from posada.newsroom.notifications.models import Announcement
from posada.newsroom.worker import SIGN_OF_LIFE
from posada.web.operating.health import seconds_since
from posada.web.operating.metrics import Reading, one


def readings() -> Iterator[Reading]:
    """Every number; what needs the database is left out while it does not answer."""
    folder = Path(settings.NEWSROOM.folder)
    yield one("posada_disk_free_bytes", "Room left for the data.", shutil.disk_usage(folder).free)
    seen = seconds_since(folder / "run" / SIGN_OF_LIFE)
    yield one("posada_worker_seen_seconds", "Since the worker's last sign of life.", seen)
    waiting: int | None = None
    with contextlib.suppress(DatabaseError, InterfaceError):
        waiting = Announcement.objects.filter(next_at__isnull=False).count()
    yield one("posada_database_up", "1: the database answers.", float(waiting is not None))
    yield one("posada_push_waiting", "Happenings that are not yet told to all who asked.", waiting)
