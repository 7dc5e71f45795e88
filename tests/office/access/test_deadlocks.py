"""An act that PostgreSQL ends because another was in its way is done again, once, and nobody sees a failure."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from posada.office.access.actor import Actor
from posada.office.access.deadlocks import MOST, again_after_deadlock, note_deadlock
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.chain import append, standing_entries, verify
from posada.office.audit.models import Entry
from tests.office.people import acting, browser_of, person
from tests.racing import WAIT, at_once, in_a_thread, real_database

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def hold_the_log_and_then_want(actor: Actor, user: User, held: threading.Event) -> None:
    """Has the head of the log, and wants the other's row once the other waits; the database ends the other first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL deadlock_timeout = '60s'")
        append(actor, "test.held")
        held.set()
        over, waiting = time.monotonic() + WAIT, 0
        while not waiting and time.monotonic() < over:
            time.sleep(0.01)
            cursor.execute(WAITS)
            waiting = cursor.fetchone()[0]
        User.objects.filter(pk=user.pk).update(language="es")


@pytest.mark.postgresql_too
def test_what_met_another_act_is_done_again_and_stands_once(tmp_path: Path) -> None:
    """On SQLite, where one act writes at a time, nobody is met."""

    def prepare() -> tuple[User, User, Actor]:
        return person(Role.ADMINISTRATOR), person(Role.LICENSING_WORKER), acting(Role.ADMINISTRATOR)

    def ask() -> int:
        held.wait(WAIT)
        return int(browser_of(me).post(f"/people/{user.pk}/way-in/").status_code)

    held, meets = threading.Event(), connection.vendor == "postgresql"
    with real_database(tmp_path):
        me, user, other = in_a_thread(prepare)
        acts: list[Any] = [ask]
        if meets:
            acts.append(lambda: hold_the_log_and_then_want(other, user, held))
        else:
            held.set()
        assert at_once(acts)[0] == 200

        def told() -> tuple[int, str, int | None]:
            entries = Entry.objects.filter(act="account.way_in", subject_id=str(user.pk)).count()
            return entries, User.objects.get(pk=user.pk).language, verify().broken_at

        assert in_a_thread(told) == (1, "es" if meets else user.language, None)


def test_what_stands_is_not_done_again_and_nothing_is_tried_without_end() -> None:
    with standing_entries() as standing:
        request = RequestFactory().post("/")
        assert not again_after_deadlock(request, standing)
        for _ in range(MOST - 1):
            note_deadlock(request)
            assert again_after_deadlock(request, standing)
        note_deadlock(request)
        assert not again_after_deadlock(request, standing)
        request = RequestFactory().post("/")
        note_deadlock(request)
        with transaction.atomic():
            append(acting(Role.ADMINISTRATOR), "test.done")
            assert standing == []
        assert len(standing) == 1
        assert not again_after_deadlock(request, standing)
