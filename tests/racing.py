"""Threads that act on one database in the same moment: on PostgreSQL as it is, on SQLite in a file of its own.

The tests' SQLite lives in memory, where two threads cannot write; `real_database` copies it into a file, as an office
has it, for as long as the race lasts. Comes in: what each thread does. Goes out: what came of it, in order.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

WAIT = 120  # seconds; a race that hangs is a failure


@contextmanager
def real_database(folder: Path) -> Iterator[None]:
    """Until the end of the block, threads that begin here use a database that several of them can write."""
    described = connections.settings["default"]
    before = described["NAME"]
    if connection.vendor == "sqlite":
        file = folder / "race.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        described["NAME"] = str(file)
    try:
        yield
    finally:
        described["NAME"] = before


def in_a_thread(act: Callable[[], Any]) -> Any:
    """Run something in a thread of its own and hand back what it gave or raise what it raised."""
    found = at_once([act])[0]
    if isinstance(found, BaseException):
        raise found
    return found


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every act in its own thread, all from the same moment. An error is handed back as its own result."""
    ready, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            ready.wait(WAIT)
            found[place] = act()
        except Exception as error:
            found[place] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads), "a race did not end"
    return found
