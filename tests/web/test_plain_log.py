"""What stands in a log line, and what never does."""

import logging
import sys

from posada.web.plain_log import NoPerson


def line(message: str, *arguments: object, failed: bool = False) -> logging.LogRecord:
    exc_info = None
    if failed:
        try:
            raise ValueError("Brisa Lucero Ejemplo")
        except ValueError:
            exc_info = sys.exc_info()
    record = logging.LogRecord("posada", logging.ERROR, "file.py", 1, message, arguments, exc_info)
    assert NoPerson().filter(record)
    return record


def test_what_was_asked_for_is_cut_and_the_path_is_kept() -> None:
    assert line("GET %s", "/children/?name=Brisa").getMessage() == "GET /children/?…"


def test_single_use_tokens_are_cut() -> None:
    assert line("POST /answer/abc123/accept").getMessage() == "POST /answer/…/accept"
    for door in ("shared", "calendar", "stop", "es/reciba-avisos/terminar", "cms/sign-in/new/Nw"):
        assert line(f"Not Found: /{door}/abc123/").getMessage() == f"Not Found: /{door}/…/"


def test_of_an_error_only_its_kind_is_kept() -> None:
    record = line("failed", failed=True)
    assert record.getMessage() == "failed [ValueError]"
    assert record.exc_info is None
