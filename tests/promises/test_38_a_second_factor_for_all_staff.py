"""Promise 38: without a second factor no page of the office opens, and each code opens once, in its half minute.

Codes are told by a clock that stands; the cache that remembers them is the office's own table, with its own limits.
"""

import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from posada.office.access.gate import BEFORE_SECOND_FACTOR
from posada.office.access.models import User
from posada.office.access.roles import NEED_SECOND_FACTOR, Role
from posada.web.settings import office as shipped
from tests.office.access.cells import HANDLER
from tests.office.access.routes import Route, Row, routes, rows
from tests.office.people import person
from tests.racing import at_once, in_a_thread, real_database

HALF_MINUTE, START = 30, 1_800_000_000  # seconds; a half minute begins at START
CODE_PAGE, SET_UP = "/accounts/2fa/authenticate/", "/accounts/2fa/totp/activate/"
RACES, RACERS = 4, 4


@pytest.fixture
def clock(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Seconds, at the beginning of a half minute; codes last as long as the office says, not the tests' settings."""
    settings.MFA_TOTP_TOLERANCE = getattr(shipped, "MFA_TOTP_TOLERANCE", 0)
    settings.CACHES = shipped.CACHES
    call_command("createcachetable", verbosity=0)
    stands = SimpleNamespace(at=START)
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: stands.at))
    yield stands
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE office_cache")


def _code(secret: str, at: int) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, at // HALF_MINUTE))


def _with_app() -> tuple[User, str]:
    user, secret = person(Role.AUDITOR), auth.generate_totp_secret()
    user.authenticator_set.all().delete()
    auth.TOTP.activate(user, secret)
    return user, secret


def _at_the_code(user: User) -> Client:
    """A browser in which the right password was given."""
    client = Client()
    client.handler = HANDLER
    answer = client.post("/accounts/login/", {"login": user.username, "password": "correct horse battery"})
    assert answer.status_code == 302
    return client


def _is_let_in(client: Client, code: str) -> bool:
    answer = client.post(CODE_PAGE, {"code": code})
    inside = client.get("/").status_code == 200
    assert inside == (answer.status_code == 302)
    return inside


def _address(route: Route, row: Row) -> str:
    """The gate looks before any record is sought: an id of nothing will do."""
    for made_up in (uuid.uuid4(), 987654):
        try:
            return reverse(route.name, kwargs={**dict.fromkeys(route.parts, made_up), **row.words})
        except NoReverseMatch:
            continue
    raise AssertionError(route.name)


def test_only_who_writes_for_the_public_needs_none() -> None:
    assert set(Role) - NEED_SECOND_FACTOR == {Role.NEWSROOM_EDITOR}


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(NEED_SECOND_FACTOR))
def test_without_a_factor_every_page_leads_to_setting_one_up(role: Role) -> None:
    user, listed, requests = person(role), rows(), 0
    user.authenticator_set.all().delete()
    client = _at_the_code(user)
    for route in routes():
        row = listed[route.name]
        if route.name in BEFORE_SECOND_FACTOR or "anyone" in row.opens_to or not row.opens_to_role(role):
            continue
        for method in row.methods:
            answer = client.generic(method, _address(route, row))
            assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP), (route.name, method)
            requests += 1
    print(f"{role}: {requests} requests")
    assert requests > 5


@pytest.mark.django_db
def test_a_code_opens_once_whoever_sends_it(clock: SimpleNamespace) -> None:
    user, secret = _with_app()
    first, second = _at_the_code(user), _at_the_code(user)
    clock.at = START + HALF_MINUTE - 1
    code = _code(secret, clock.at)
    assert _is_let_in(first, code)
    assert not _is_let_in(second, code)
    first.post("/accounts/logout/")
    assert not _is_let_in(_at_the_code(user), code)
    clock.at += 1
    assert not _is_let_in(second, code), "its half minute is over"
    assert _is_let_in(second, _code(secret, clock.at))


@pytest.mark.django_db
@pytest.mark.parametrize("ago", [300, 60, 30, -30, -300])
def test_a_code_of_another_time_opens_nothing(clock: SimpleNamespace, ago: int) -> None:
    user, secret = _with_app()
    assert not _is_let_in(_at_the_code(user), _code(secret, clock.at - ago))


@pytest.mark.django_db
def test_the_code_that_set_the_app_up_opens_nothing_more(clock: SimpleNamespace) -> None:
    user = person(Role.AUDITOR)
    user.authenticator_set.all().delete()
    client = _at_the_code(user)
    secret = client.get(SET_UP).context["form"].secret
    code = _code(secret, clock.at)
    assert client.post(SET_UP, {"code": code}).status_code == 302
    assert not _is_let_in(_at_the_code(user), code)


@pytest.mark.django_db
def test_no_flood_of_tries_makes_the_office_forget_a_code(clock: SimpleNamespace) -> None:
    user, secret = _with_app()
    code = _code(secret, clock.at)
    assert _is_let_in(_at_the_code(user), code)
    for number in range(1000):
        cache.set(f"allauth:rl:a-name-that-a-stranger-tries-{number}", [1.0], 900)
    assert not _is_let_in(_at_the_code(user), code)


@pytest.mark.django_db(transaction=True)
def test_of_sessions_that_send_one_code_at_once_one_is_let_in(clock: SimpleNamespace, tmp_path: Path) -> None:
    with real_database(tmp_path):
        for _race in range(RACES):
            user, secret = in_a_thread(_with_app)
            clients = in_a_thread(lambda: [_at_the_code(user) for _ in range(RACERS)])  # noqa: B023
            code = _code(secret, clock.at)
            found = at_once([lambda each=each: _is_let_in(each, code) for each in clients])  # noqa: B023
            assert sorted(found) == [False] * (RACERS - 1) + [True], found
    print(f"{RACES * RACERS} tries of {RACES} codes")
