"""The newsroom's worker: publishes and withdraws at its time, tells who asked, removes old drafts of forms.

Runs as `python -m posada.newsroom.worker`, beside the site and apart from the office's worker.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_worker.py.
"""

import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_CLEARINGS, SECONDS_BETWEEN_TELLINGS = 5.0, 3600.0, 2.0
SIGN_OF_LIFE = "worker.alive"
DO_NOT_RESTART, SECONDS_TO_END = 3, 8.0
log = logging.getLogger("posada.newsroom")


def look() -> None:
    """Publish what is due; what ends is withdrawn in every language."""
    from django.core.management import call_command

    call_command("publish_scheduled", verbosity=0)


def tell(stopping: threading.Event) -> None:
    """Tell who asked, in a thread of its own: a push service that is slow delays no publication."""
    from django.db import DatabaseError, connection

    from posada.newsroom.notifications.delivering import deliver_due

    while not stopping.is_set():
        try:
            deliver_due(stopping=stopping)
        except DatabaseError as error:
            log.error("the newsroom's worker could not tell: %s", type(error).__name__)
        except Exception:
            log.exception("telling failed")
        connection.close()
        stopping.wait(SECONDS_BETWEEN_TELLINGS)


def main() -> int:
    """Work until told to stop."""
    import django
    from django.conf import settings
    from django.db import DatabaseError, connection

    from posada.newsroom.deployment import NewsroomUnusable

    try:
        django.setup()
    except NewsroomUnusable as error:
        print(error, file=sys.stderr)
        return DO_NOT_RESTART
    from posada.newsroom.form_drafts import remove_old
    from posada.newsroom.notifications.delivering import forget_old

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sign = Path(settings.NEWSROOM.folder) / "run" / SIGN_OF_LIFE
    sign.parent.mkdir(mode=0o700, exist_ok=True)
    cleared = -SECONDS_BETWEEN_CLEARINGS
    telling = threading.Thread(target=tell, args=(stopping,), name="tell", daemon=True)
    telling.start()
    while not stopping.is_set():
        sign.touch()
        try:
            if not settings.NEWSROOM.is_muted:
                look()
            if time.monotonic() - cleared > SECONDS_BETWEEN_CLEARINGS:
                remove_old()
                forget_old()
                cleared = time.monotonic()
        except DatabaseError as error:
            log.error("the newsroom's worker could not look: %s", type(error).__name__)
        connection.close()
        stopping.wait(SECONDS_BETWEEN_LOOKS)
    telling.join(SECONDS_TO_END)
    sign.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.web.settings.newsroom")
    sys.exit(main())
