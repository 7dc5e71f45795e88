"""The page for what failed in the office's own house: what happened, what to do, and a number that the log has too.

Comes in: an error that is nobody's refusal. Goes out: a page with status 503 where room, the right to write or the
database is lacking, else 500. It says nothing of the program's insides, and shows also while the database is away.
Docs: docs/explanation/reliability.md. Tests: tests/office/test_what_failed.py.
"""

import errno
import logging
import uuid
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_WRITING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
PAGE = "office/broken.html"
SECONDS_TO_TRY_AGAIN = 30
OWN_FAULTS = ("no such", "has no column", "syntax error", "too many", "ambiguous column")
"""SQLite calls these operational too; they are the program's."""
log = logging.getLogger("posada.gate")


class Lacking(StrEnum):
    """What the house lacks. `NOTHING`: the fault is the program's own."""

    ROOM = "room"
    WRITING = "writing"
    DATABASE = "database"
    NOTHING = ""


OF_POSTGRESQL = {"53100": Lacking.ROOM, "53000": Lacking.ROOM, "25006": Lacking.WRITING}


def lacking(error: BaseException | None) -> Lacking:
    """What an error says that the house lacks: by the number of the system, of PostgreSQL, or SQLite's own words."""
    if isinstance(error, OSError) and not isinstance(error, ConnectionError):
        if error.errno in NO_ROOM:
            return Lacking.ROOM
        return Lacking.WRITING if error.errno in NO_WRITING else Lacking.NOTHING
    if not isinstance(error, DatabaseError | InterfaceError):
        return Lacking.NOTHING
    state, words = str(getattr(error.__cause__, "sqlstate", None) or ""), str(error)
    if state:  # PostgreSQL's words can quote what somebody typed
        return OF_POSTGRESQL.get(state, Lacking.DATABASE if state[:2] in {"08", "57"} else Lacking.NOTHING)
    if "is full" in words or "disk I/O" in words:
        return Lacking.ROOM
    if "readonly" in words or "read-only" in words:
        return Lacking.WRITING
    ours = not isinstance(error, OperationalError | InterfaceError) or any(
        each in words for each in OWN_FAULTS
    )
    return Lacking.NOTHING if ours else Lacking.DATABASE


def failed(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The page. The log gets the number and the kind of error, never its words."""
    number, what = uuid.uuid4().hex[:10], lacking(error)
    told = error if settings.DEBUG else None
    log.error("error %s %s %s", number, type(error).__name__, what or "unforeseen", exc_info=told)
    status, context = 503 if what else 500, {"number": number, "lacking": what.value}
    try:
        answer = render(request, PAGE, context, status=status)
    except Exception:  # the page around it asks the database too
        answer = HttpResponse(render_to_string(PAGE, context), status=status)
    if what == Lacking.DATABASE:
        answer.headers["Retry-After"] = str(SECONDS_TO_TRY_AGAIN)
    return answer
