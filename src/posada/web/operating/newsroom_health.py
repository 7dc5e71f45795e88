"""What the public site lacks to be ready: database, tables, worker, room on the disk.

Comes in: the newsroom for which Django is set up; of the office nothing is known here. Goes out: what lacks.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_newsroom_health.py.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from posada.newsroom.worker import SIGN_OF_LIFE
from posada.web.operating.health import Lacking, lacks_database, lacks_disk, lacks_worker, ready_when


def lacks() -> Iterator[Lacking]:
    """What lacks."""
    folder = Path(settings.NEWSROOM.folder)
    yield from lacks_database()
    yield from lacks_worker(folder / "run" / SIGN_OF_LIFE)
    yield from lacks_disk(folder)


ready = ready_when(lacks)
