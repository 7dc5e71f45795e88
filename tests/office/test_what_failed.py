"""A failure of the house says what is lacking and what to do, and nothing of the program's insides."""

import errno
import logging
import re

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory
from django.utils.translation import override

from posada.office.what_failed import Lacking, failed, lacking


class _OfPostgresqlError(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def of_postgresql(sqlstate: str, words: str = "whatever") -> DatabaseError:
    error = OperationalError(words)
    error.__cause__ = _OfPostgresqlError(sqlstate)
    return error


CASES = [
    (OperationalError("database or disk is full"), Lacking.ROOM),
    (OperationalError("disk I/O error"), Lacking.ROOM),
    (of_postgresql("53100"), Lacking.ROOM),
    (OSError(errno.ENOSPC, "x"), Lacking.ROOM),
    (OSError(errno.EFBIG, "x"), Lacking.ROOM),
    (OperationalError("attempt to write a readonly database"), Lacking.WRITING),
    (of_postgresql("25006"), Lacking.WRITING),
    (OSError(errno.EROFS, "x"), Lacking.WRITING),
    (OperationalError("connection is bad"), Lacking.DATABASE),
    (InterfaceError("connection already closed"), Lacking.DATABASE),
    (of_postgresql("57P01"), Lacking.DATABASE),
    (OperationalError("no such table: desk_task"), Lacking.NOTHING),
    (of_postgresql("22001", "the cupboard is full"), Lacking.NOTHING),
    (IntegrityError("UNIQUE"), Lacking.NOTHING),
    (of_postgresql("22001"), Lacking.NOTHING),
    (ValueError("Brisa Ejemplo"), Lacking.NOTHING),
    (None, Lacking.NOTHING),
]


@pytest.mark.parametrize(("error", "wanted"), CASES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_says_what_is_lacking_and_its_number_stands_in_the_log(
    error: BaseException | None, wanted: Lacking, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert lacking(error) == wanted
    with override(language), caplog.at_level(logging.ERROR, logger="posada.gate"):
        answer = failed(RequestFactory().get("/"), error)
    assert answer.status_code == (503 if wanted else 500)
    text = answer.content.decode()
    number = re.search(r"<code>([0-9a-f]{10})</code>", text)
    assert number and number[1] in caplog.text
    told = re.sub(r"/static/posada/[\w./-]+", "", text)
    for word in ("Traceback", "Error", "sqlite", "Brisa", "posada/"):
        assert word not in told
    assert "Brisa" not in caplog.text
    assert ("Retry-After" in answer.headers) == (wanted == Lacking.DATABASE)
