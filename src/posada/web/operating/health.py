"""Whether a site lives and whether it is ready, for whatever watches it: a container, a proxy, a monitor.

Comes in: a request of nobody. Goes out: one plain line. `/health` says that the process answers and asks nothing
else; `/ready` says 503 where something lacks. What lacks is said to the log, and to who has the watcher's token
(POSADA_METRICS_TOKEN); everybody else hears only that the site is not ready. No session is opened, no cookie set.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_health.py.
"""

import hashlib
import hmac
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

HEALTH, READY = "/health", "/ready"
LEAST_FREE = 100 << 20  # bytes; the doctor warns much earlier
SECONDS_ALIVE = 180.0
"""How old a worker's sign of life may be: one job of the night may take longer than a minute."""
LEAST_TOKEN = 24
"""Characters of a watcher's token; a shorter one opens nothing."""
log = logging.getLogger("posada.health")
_said: set[str] = set()
_tables_are_there: set[str] = set()


class Lacking(StrEnum):
    """What a site that is not ready lacks."""

    DATABASE = "the database does not answer"
    TABLES = "tables are not of this version"
    WORKER = "the worker gives no sign of life"
    DISK = "the disk is full"
    KEYS = "a key is missing"


class NobodyMiddleware:
    """Whoever asks `/health` or `/ready` is nobody: cookies are taken off before a session looks for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.path in (HEALTH, READY):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; neither the database nor anything else is asked."""
    return _plain("alive", status=200)


def ready_when(lacks: Callable[[], Iterator[Lacking]]) -> Callable[[HttpRequest], HttpResponse]:
    """A page that says 200 `ready` where nothing lacks, and else 503 `not ready`."""

    @require_safe
    def ready(request: HttpRequest) -> HttpResponse:
        found = list(dict.fromkeys(lacks()))
        _say_once(found)
        if not found:
            return _plain("ready", status=200)
        return _plain("; ".join(["not ready", *(found if is_watcher(request) else [])]), status=503)

    return ready


def is_watcher(request: HttpRequest) -> bool:
    """Whether a request carries the watcher's token. Compared in a time that tells nothing of it."""
    token: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    same = hmac.compare_digest(_digest(given), _digest(f"Bearer {token}"))
    return len(token) >= LEAST_TOKEN and same


def lacks_database() -> Iterator[Lacking]:
    """Whether the database answers, and has every change of tables that this code needs."""
    from posada.web.operating.preparing import unapplied

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
            cursor.fetchone()
        if connection.alias not in _tables_are_there:  # asked until it is so, since it is not cheap
            if unapplied():
                yield Lacking.TABLES
            else:
                _tables_are_there.add(connection.alias)
    except (DatabaseError, InterfaceError):
        yield Lacking.DATABASE


def lacks_worker(sign: Path) -> Iterator[Lacking]:
    """Whether a worker has given its sign of life in time."""
    seen = seconds_since(sign)
    if seen is None or seen > SECONDS_ALIVE:
        yield Lacking.WORKER


def lacks_disk(folder: Path) -> Iterator[Lacking]:
    """Whether there is room to write."""
    if shutil.disk_usage(folder).free < LEAST_FREE:
        yield Lacking.DISK


def seconds_since(sign: Path) -> float | None:
    """Since when a file was last touched; None: it is not there."""
    try:
        return max(0.0, time.time() - sign.stat().st_mtime)
    except OSError:
        return None


def _say_once(found: list[Lacking]) -> None:
    """Into the log, when it changes."""
    if set(found) == _said:
        return
    _said.clear()
    _said.update(found)
    if found:
        log.warning("not ready: %s", "; ".join(found))
    else:
        log.info("ready again")


def _plain(line: str, *, status: int) -> HttpResponse:
    answer = HttpResponse(line + "\n", status=status, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(answer)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # it is said once, and not at each asking
    return answer


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
