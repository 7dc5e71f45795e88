"""What guards an act, taken away in turn: for promise 28. Nothing of the office's own is replaced.

A scanner is a real program that hangs or talks rubbish; a store is a folder that is not there, or one that the system
lets nobody write; keys are others; the log's table takes no row; the clock of this process shows another day.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from posada.office.casefile import scanner
from tests.promises.guarded_acts import CLOCK, KEYS, LOG, SCANNER, STORE
from tests.promises.test_26_27_no_sealed_reading_without_its_entry import unwritable_log

Away = Callable[[], AbstractContextManager[None]]
NOBODY_WRITES_THERE = "/proc/self/task"
"""The system makes no file there, not even for its administrator."""


@dataclass(frozen=True)
class Guard:
    """A guard, how it is away, and what the page then says: one of these sentences."""

    kind: str
    how: str
    away: Away
    says: tuple[str, ...]


def guards(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Guard]:
    """Every guard in every way in which it can be away."""
    return [*_scanners(monkeypatch, folder), *_others(monkeypatch, folder)]


def _scanners(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Guard]:
    programs = {
        "hanging": "import time; time.sleep(60)",
        "talking rubbish": "import sys; print('\\0' * 9999); sys.exit(50)",
        "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "closing its ears": "import sys; sys.stdin.close(); sys.exit(2)",
    }
    commands = {"missing": str(folder / "no-such-program"), "misspelled": "scan 'without an end"}
    for how, lines in programs.items():
        program = folder / f"{how.replace(' ', '_')}.py"
        program.write_text(lines)
        commands[how] = f"{sys.executable} {program}"
    for how, command in commands.items():
        yield Guard(SCANNER, how, _scanner(monkeypatch, command), ("scanner gives no answer",))


def _scanner(monkeypatch: pytest.MonkeyPatch, command: str) -> Away:
    @contextmanager
    def away() -> Iterator[None]:
        with monkeypatch.context() as changed, override_settings(DOCUMENT_SCANNER=command):
            changed.setattr(scanner, "SECONDS", 0.5)
            yield

    return away


def _set(**changed: Any) -> Away:
    return lambda: override_settings(**changed)


def _others(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Guard]:
    unread, unwritten = "This file can’t be read", "could not be written"
    blocked = folder / "a-file-where-a-folder-was"
    blocked.write_bytes(b"")
    no_store = (unread, unwritten, "It could not be built")
    for how, place in (("gone", str(blocked / "documents")), ("taking no writing", NOBODY_WRITES_THERE)):
        yield Guard(STORE, how, _set(MEDIA_ROOT=place), no_store)
    held = settings.DEPLOYMENT
    others = replace(held, keys=replace(held.keys, sealing=(b"w" * 32,)), key_file=None)
    no_build = "It could not be built"
    sentences = (
        unread,
        "its key is not there",
        "not valid",
        "Something failed here",
        "Incorrect code",
        no_build,
    )
    yield Guard(KEYS, "others", _set(DEPLOYMENT=others), sentences)
    full = ("The disk of the office is full", "Something failed here", "could not be", no_build)
    yield Guard(LOG, "taking no entry", unwritable_log, full)
    stale = ("The approval does not stand", "That page is not here", "Incorrect code", "sign in", "Sign in")
    for days in (-1, 1, 3650):
        how = f"{abs(days):,} days {'back' if days < 0 else 'ahead'}"
        yield Guard(CLOCK, how, _clock(monkeypatch, days), stale)


def _clock(monkeypatch: pytest.MonkeyPatch, days: int) -> Away:
    """The clock of this process; the phone of who signs in keeps the right time."""
    off, real, now = timedelta(days=days), time.time, timezone.now

    @contextmanager
    def away() -> Iterator[None]:
        with monkeypatch.context() as changed:
            changed.setattr(time, "time", lambda: real() + off.total_seconds())
            changed.setattr(timezone, "now", lambda: now() + off)
            yield

    return away
