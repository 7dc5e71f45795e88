"""Sessions that can be read while nothing can be written: looking goes on when the disk is full.

Docs: docs/explanation/reliability.md. Tests: tests/office/access/test_session_saved.py.
"""

import logging

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("posada.gate")


class SessionSavedMiddleware(SessionMiddleware):
    """Django's own; but a page that only shows something is shown, though the session cannot be saved.

    What is lost is when the person was last seen: the session ends sooner, never later.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save what has changed."""
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if request.method not in {"GET", "HEAD"}:
                raise
            log.error("a session could not be saved: %s", type(error).__name__)
            request.session.modified = False
            return super().process_response(request, response)
