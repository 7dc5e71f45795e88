"""What the office lacks to be ready: database, tables, worker, room on the disk, and the keys of what is sealed.

Comes in: the office for which Django is set up. Goes out: what lacks; nothing is opened or changed.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_health.py.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.access.models import SealedValue
from posada.web.operating.health import (
    Lacking,
    alive,
    lacks_database,
    lacks_disk,
    lacks_worker,
    ready_when,
)
from posada.web.operating.worker import SIGN_OF_LIFE
from posada.web.served_keys import RUN, is_served


def lacks() -> Iterator[Lacking]:
    """What lacks. A worker is asked for where `posada serve` runs, which starts one."""
    folder = Path(settings.DEPLOYMENT.folder)
    yield from lacks_database()
    yield from _lacks_keys()
    if is_served(folder):
        yield from lacks_worker(folder / RUN / SIGN_OF_LIFE)
    yield from lacks_disk(folder)


def _lacks_keys() -> Iterator[Lacking]:
    """Whether the key is known that sealed what was sealed last."""
    try:
        last = SealedValue.objects.order_by("-pk").values_list("key_number", flat=True).first()
    except (DatabaseError, InterfaceError):
        return  # lacks by itself
    if last is not None and last not in {key_number(each) for each in sealing_keys()}:
        yield Lacking.KEYS


health, ready = opens_to(ANYONE)(alive), opens_to(ANYONE)(ready_when(lacks))
