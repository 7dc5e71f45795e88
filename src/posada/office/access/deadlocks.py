"""Two acts that wait for each other's rows: PostgreSQL ends one of them, and it is done again from its beginning.

Comes in: a request and the error that it ended with. Goes out: whether it is answered anew. Nothing is done twice: an
act is whole or absent and stands with its entry in the log, so a request of which no entry stands has done nothing.
SQLite lets one act write at a time and knows no such thing.
Source: PostgreSQL's manual, 13.3.4 and 13.5. Docs: docs/decisions/0015-an-act-that-met-another-is-done-again.md.
Tests: tests/office/access/test_deadlocks.py.
"""

import logging
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from posada.office.refusals import AtTheSameMoment

STATES = frozenset({"40P01", "40001"})
"""deadlock_detected and serialization_failure: SQLSTATE of what was taken back and may be tried again."""
MOST = 3
"""Times that one request is answered; then a person is told."""
log = logging.getLogger("posada.gate")


def is_deadlock(error: BaseException) -> bool:
    """Whether the database took an act back because another was in its way."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") in STATES


def note_deadlock(request: HttpRequest) -> AtTheSameMoment:
    """Remember that this request ended so, and give what a person is told if it goes on ending so."""
    request.ended_by_deadlock = True  # type: ignore[attr-defined]
    log.warning("an act met another at the same moment, and was taken back")
    return AtTheSameMoment()


def again_after_deadlock(request: HttpRequest, standing: Sequence[int]) -> bool:
    """Whether to answer the request once more: `standing`, numbers of its entries in the log, has to be empty."""
    ended, times = getattr(request, "ended_by_deadlock", False), getattr(request, "times_answered", 1)
    if not ended or standing or times >= MOST:
        return False
    request.ended_by_deadlock, request.times_answered = False, times + 1  # type: ignore[attr-defined]
    nothing: MultiValueDict[str, UploadedFile] = MultiValueDict()
    brought = getattr(request, "_files", nothing)
    for _name, files in brought.lists():
        for file in files:
            file.seek(0)
    return True
