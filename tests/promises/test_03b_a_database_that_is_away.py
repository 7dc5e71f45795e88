"""Promise 3, of a database that goes away and comes back: a page says so, nothing is lost, and all goes on by itself.

A really served office on PostgreSQL whose database ends every connection and takes no new one, for longer than a
worker or a web process lives without it. And on both databases: a worker that is killed over a plan; the plan is made
once, by the next one.
"""

import json
import os
import signal
import sqlite3
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.served_office import Office, posada

SECONDS_AWAY, PATIENCE, TRIES = 12.0, 120.0, 5
SOLVING = "SELECT count(*) FROM placement_planrun WHERE state IN ('queued', 'solving')"
SOLVED = "SELECT count(*) FROM placement_planrun WHERE state IN ('ready', 'superseded', 'approved')"
STARTS = "SELECT detail FROM audit_entry WHERE act = 'plan.solve' ORDER BY number"
RUNNING = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"


def address_of(office: Office) -> str:
    return str(tomllib.loads((office.data / "deployment.toml").read_text()).get("database_url", ""))


def asked(office: Office, question: str) -> list[Any]:
    """Rows, by a connection of our own."""
    address = address_of(office)
    if not address:
        opened: Any = sqlite3.connect(f"file:{office.data / 'office.sqlite3'}?mode=ro", uri=True)
    else:
        import psycopg

        opened = psycopg.connect(address, autocommit=True)
    try:
        return list(opened.execute(question).fetchall())
    finally:
        opened.close()


def until(claim: Callable[[], bool], *, every: float = 0.2) -> bool:
    over = time.monotonic() + PATIENCE
    while time.monotonic() < over:
        if claim():
            return True
        time.sleep(every)
    return False


@contextmanager
def away(office: Office) -> Iterator[None]:
    """The database ends every connection and takes no new one."""
    _let_in(address_of(office), False)
    try:
        yield
    finally:
        _let_in(address_of(office), True)


def _let_in(address: str, may: bool) -> None:
    import psycopg

    name = address.rpartition("/")[2]
    with psycopg.connect(f"{address.rpartition('/')[0]}/postgres", autocommit=True) as opened:
        opened.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {may}".encode())
        opened.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.postgresql_only
def test_the_office_says_so_waits_and_goes_on_by_itself(office: Office) -> None:
    planner = office.visitor("placement")
    token, entries = planner.token("/plan/"), int(posada("audit", "verify", "--data", office.data).stdout)
    over, told = time.monotonic() + SECONDS_AWAY, set()
    with away(office):
        while time.monotonic() < over:
            answer = planner.send("/plan/solve/", token=token)
            assert answer.status == 503, answer.text
            assert "Traceback" not in answer.text
            told.add(answer.status)
            time.sleep(1)
        assert office.process.poll() is None, "".join(office.said)
    assert told == {503}
    assert until(lambda: planner.get("/").status == 200), "".join(office.said)
    made = asked(office, SOLVED)[0][0]
    assert planner.send("/plan/solve/", token=planner.token("/plan/")).status == 200
    assert until(lambda: asked(office, SOLVED)[0][0] > made), "".join(office.said)
    found = posada("audit", "verify", "--data", office.data)
    assert (found.returncode, int(found.stdout) > entries) == (0, True)


def test_a_worker_that_is_killed_over_a_plan_is_followed_by_one_that_makes_it_once(office: Office) -> None:
    planner = office.visitor("placement")
    for _ in range(TRIES):
        assert until(lambda: asked(office, SOLVING)[0][0] == asked(office, RUNNING)[0][0] == 0)
        before, made = len(asked(office, STARTS)), asked(office, SOLVED)[0][0]
        assert planner.send("/plan/solve/", token=planner.token("/plan/")).status == 200
        assert until(lambda: len(asked(office, STARTS)) > before, every=0.005)  # noqa: B023
        for each in office.children_of():  # one of them is the worker
            os.kill(each, signal.SIGKILL)
        is_midway = asked(office, SOLVING)[0][0] == 1
        assert until(lambda: asked(office, SOLVING)[0][0] == 0), "".join(office.said)
        assert asked(office, SOLVED)[0][0] == made + 1
        starts = [row if isinstance(row, dict) else json.loads(row) for (row,) in asked(office, STARTS)]
        tries = [start["try"] for start in starts[before:]]
        assert tries == ([1, 2] if is_midway else [1])
        assert until(lambda: _answers(office))
        if is_midway:
            return
    pytest.fail("no worker was hit over a plan")


def _answers(office: Office) -> bool:
    try:
        return office.visitor().get("/accounts/login/").status == 200
    except OSError:
        return False
