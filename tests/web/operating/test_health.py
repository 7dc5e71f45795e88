"""The office says whether it lives and whether it is ready, opens no session for it, and tells a stranger no more."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from posada.office.access.models import SealedValue
from posada.office.access.roles import Role
from posada.web.operating import health
from posada.web.operating.health import SECONDS_ALIVE, Lacking
from posada.web.operating.worker import SIGN_OF_LIFE
from posada.web.served_keys import LOCK, RUN
from tests.office.people import browser_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_too]
TOKEN = "a watcher's token, long enough"
AS_WATCHER = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder that looks served to the office; goes out: where its worker gives its sign of life."""
    monkeypatch.setattr(settings, "DEPLOYMENT", replace(settings.DEPLOYMENT, folder=tmp_path))
    (tmp_path / RUN).mkdir()
    with (tmp_path / RUN / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield tmp_path / RUN / SIGN_OF_LIFE


def asked(**headers: Any) -> tuple[int, str]:
    answer = Client().get("/ready", **headers)
    return answer.status_code, answer.content.decode()


def lacking(*what: Lacking) -> tuple[int, str]:
    return 503, "; ".join(["not ready", *what]) + "\n"


@pytest.mark.parametrize("address", [health.HEALTH, health.READY])
def test_whoever_asks_is_nobody_and_gets_no_cookie(address: str, django_assert_max_num_queries: Any) -> None:
    somebody = browser_of(person(Role.ADMINISTRATOR))
    with django_assert_max_num_queries(0 if address == health.HEALTH else 40) as queries:
        answer = somebody.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not [
        each["sql"] for each in queries if "session" in each["sql"] and "migrations" not in each["sql"]
    ]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [health.HEALTH, health.READY])
def test_only_looking_is_possible(address: str) -> None:
    assert Client().post(address).status_code == 405


def test_a_site_that_is_asked_beside_its_proxy_is_not_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", True)
    monkeypatch.setattr(settings, "SECURE_REDIRECT_EXEMPT", settings.WATCHED)
    assert [Client().get(each).status_code for each in ("/health", "/ready", "/")] == [200, 200, 301]


def test_a_worker_without_a_sign_of_life_is_missed(served: Path) -> None:
    assert asked(**AS_WATCHER) == lacking(Lacking.WORKER)
    served.touch()
    assert asked(**AS_WATCHER) == (200, "ready\n")
    long_ago = served.stat().st_mtime - SECONDS_ALIVE - 5
    os.utime(served, (long_ago, long_ago))
    assert asked(**AS_WATCHER) == lacking(Lacking.WORKER)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    "given", ["", "Bearer ", f"Bearer {TOKEN[:-1]}", f"bearer {TOKEN}", TOKEN, "Bearer ñ"]
)
def test_a_stranger_hears_only_that_it_is_not_ready(given: str) -> None:
    assert asked(HTTP_AUTHORIZATION=given) == (503, "not ready\n")


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("token", ["", "short"])
def test_a_token_that_is_short_opens_nothing(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", token)
    assert asked(HTTP_AUTHORIZATION=f"Bearer {token}") == (503, "not ready\n")


def test_a_key_that_is_gone_is_missed() -> None:
    SealedValue.objects.create(
        owner_kind="intake.child", owner_id=uuid.uuid4(), field="phone", sealed=b"x", key_number="gone"
    )
    assert asked(**AS_WATCHER) == lacking(Lacking.KEYS)


def test_tables_of_another_version_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_tables_are_there", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'nudges'")
    assert asked(**AS_WATCHER) == lacking(Lacking.TABLES)


def test_a_database_that_fails_is_said_and_the_process_still_lives() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    assert asked(**AS_WATCHER) == lacking(Lacking.DATABASE)
    assert Client().get("/health").status_code == 200


def test_what_lacks_is_logged_when_it_changes_only(served: Path, caplog: pytest.LogCaptureFixture) -> None:
    health._said.clear()
    for _ in range(3):
        asked()
    served.touch()
    asked()
    told = [each.getMessage() for each in caplog.records]
    assert told == [f"not ready: {Lacking.WORKER}", "ready again"]
