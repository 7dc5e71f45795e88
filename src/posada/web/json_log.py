"""Log lines as JSON, for a program that gathers logs; by POSADA_LOG=json, plain lines are the default.

Comes in: what a program says, after posada.web.plain_log has cut people out of it. Goes out: one object a line with
`at` (UTC), `level`, `from` and `says`; nothing else of a record is told, since it could name a person.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/test_json_log.py.
"""

import json
import logging
from datetime import UTC, datetime

SETTING, JSON = "POSADA_LOG", "json"


class JsonLine(logging.Formatter):
    """One object a line, whatever stands in the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname, "from": record.name, "says": record.getMessage()}
        return json.dumps(told, ensure_ascii=False)
