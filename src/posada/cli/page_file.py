"""Writes the page of a plan whole or not at all, and never over something that is no page of a plan.

Tests: tests/cli/test_page_file.py.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from posada.programme import OutExists, OutNotReplaceable, OutNotWritten

ENDINGS = (".html", ".htm")
_START = b"<!doctype html>"


def check_page(page: Path, *, out: Path, replace: bool) -> None:
    """Whether a page may be written to `page`: asked before a long solve.

    Raises OutExists, OutNotReplaceable (something that is no page is there, or its place is one of the
    plan's own files), OutNotWritten (its folder is not there).
    """
    if page.suffix.lower() not in ENDINGS:
        raise OutNotWritten(f"{page}: the name of a page ends in .html.")
    within = _within(page, out=out)
    if within is not None:
        if len(within.parts) != 1:
            raise OutNotWritten(f"{page}: choose a place in {out} itself, or outside of it.")
        return
    if page.is_dir():
        raise OutNotReplaceable(f"{page}: this is a folder; give the name of a file.")
    if not page.parent.is_dir():
        raise OutNotWritten(f"{page}: the folder {page.parent} is not there.")
    if not os.path.lexists(page) or (page.is_file() and page.stat().st_size == 0):
        return
    if not replace:
        raise OutExists(f"{page}: this is there already; use --replace to replace it, or choose another.")
    if not _is_page(page):
        raise OutNotReplaceable(f"{page}: this is not a page that Posada wrote, so it is not replaced.")


def page_in_plan(page: Path, *, out: Path) -> str | None:
    """The page's name if it lies in the plan's folder, and is then written with it; else None."""
    within = _within(page, out=out)
    return None if within is None else within.name


@contextmanager
def staged_page(page: Path | None, *, text: str) -> Iterator[Callable[[], None]]:
    """Write the text beside `page`; the function that is handed out puts it in place in one step.

    Raises OutNotWritten where the disk refuses. Without a call of the function nothing is left behind.
    """
    if page is None:
        yield lambda: None
        return
    beside = page.with_name(f".{page.name}.posada-new")
    try:
        _write_through(beside, text)
        yield lambda: _put(beside, page=page)
    finally:
        beside.unlink(missing_ok=True)


def _write_through(path: Path, text: str) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise OutNotWritten(f"{path}: cannot be written: {error.strerror}.") from error


def _put(beside: Path, *, page: Path) -> None:
    try:
        beside.replace(page)
    except OSError as error:
        raise OutNotWritten(f"{page}: cannot be written: {error.strerror}. The plan was.") from error


def _within(page: Path, *, out: Path) -> Path | None:
    here, there = page.resolve(), out.resolve()
    return here.relative_to(there) if there in here.parents else None


def _is_page(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            start = stream.read(4096)
    except OSError:
        return False
    return start.lstrip().lower().startswith(_START) and b"Posada" in start
