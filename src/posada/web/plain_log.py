"""Keep people out of the log: a request's path is kept, what was asked and typed is not.

Tests: tests/web/test_plain_log.py.
"""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']*")
TOKEN = re.compile(
    r"(/(?:answer|offer|open|shared|calendar|stop|terminar|sign-in/new/[^/\s\"']+)/)[^/\s\"']+"
)


class NoPerson(logging.Filter):
    """Cut query strings and single-use tokens out of every line, and locals out of every traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the line; what could name a person is cut from it."""
        record.msg = _cut(record.getMessage())
        record.args = ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.msg} [{record.exc_info[0].__name__}]"
            record.exc_info = record.exc_text = None
        return True


def _cut(text: str) -> str:
    return TOKEN.sub(r"\1…", QUERY.sub("?…", text))
