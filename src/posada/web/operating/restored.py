"""What a restored office does before anything else, once: it falls silent, ends what was under way, and logs it.

Comes in: the mark that `posada restore` has put beside the data, whose tables are until then exactly those that were
backed up. Goes out: an office that sends nothing until an administrator says that it is the live one, in which
everybody signs in again, and no message of then is ever sent. Tasks of then are done: none of them sends. Both the
web server and the worker ask for it when they start, before the first request and the first task.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_restored.py.
"""

import fcntl
import os
from pathlib import Path

from posada.down_to_disk import sync_folder

MARK = "muted"
"""A file of the data folder; it holds when the backup was made."""


def mark(folder: Path, *, made_at: str) -> None:
    """Say that this folder is a copy that no process has been started in yet."""
    with os.fdopen(os.open(folder / MARK, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(made_at + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)


def settle(folder: Path) -> bool:
    """Mute the office for which Django is set up, where its mark is there. Returns whether it was."""
    path = folder / MARK
    try:
        opened = path.open()
    except FileNotFoundError:
        return False
    with opened:
        fcntl.flock(opened, fcntl.LOCK_EX)  # the web server and the worker start at the same time
        if not path.exists():
            return False
        _fall_silent(opened.read().strip())
        path.unlink()
    return True


def _fall_silent(made_at: str) -> None:
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session
    from django.db import transaction

    from posada.office.access.actor import machine
    from posada.office.audit.chain import append
    from posada.office.desk.models import Mail
    from posada.office.intake.models import ProgramSettings

    with transaction.atomic():
        ProgramSettings.objects.update_or_create(pk=1, defaults={"is_muted": True})
        held = Mail.objects.filter(state=Mail.State.QUEUED).update(state=Mail.State.HELD)
        UserSession.objects.all().delete()
        Session.objects.all().delete()
        told = {"made_at": made_at, "mails_held": held}
        append(machine("posada restore"), "backup.restore", detail=told)
