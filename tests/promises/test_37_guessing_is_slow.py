"""Promise 37: guessing is slow, nobody elsewhere is locked out by it, and no answer or work tells who has an account.

The clock of the two locks stands where a test sets it. What counts as tried is a password that was really hashed.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import axes.attempts
import axes.handlers.proxy
import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.web.settings import office as shipped
from tests.office.access.cells import HANDLER
from tests.office.people import person
from tests.served_office import code_now

pytestmark = pytest.mark.django_db
GUESSES = int(os.environ.get("POSADA_GUESSES", "100"))
RIGHT, WRONG = "correct horse battery", "wrong wrong wrong"
QUARTER, TRIES = 15 * 60, 10  # seconds; tries within them, by name and address
HERS = "198.51.100.7"
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken":")\w+')
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Seconds; both locks look at it. It begins at the time of day, since sessions look at that."""
    cache.clear()
    stands = SimpleNamespace(at=ratelimit.time.time())
    told = SimpleNamespace(**{**vars(ratelimit.time), "time": lambda: stands.at})
    monkeypatch.setattr(ratelimit, "time", told)
    for module in (timezone, axes.attempts, axes.handlers.proxy):
        monkeypatch.setattr(module, "now", lambda: datetime.fromtimestamp(stands.at, UTC))
    yield stands
    cache.clear()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed, in order; the right one is hashed when a person is made and signs in."""
    return _noted(monkeypatch, MD5PasswordHasher, "encode")


def _tried(hashed: list[str]) -> int:
    return sum(each != RIGHT for each in hashed)


def _noted(monkeypatch: pytest.MonkeyPatch, of: type, *methods: str) -> list[str]:
    """What a class is given as the first argument of its methods, which do their work as before."""
    found: list[str] = []
    for method in methods:
        real = getattr(of, method)

        def note(this: Any, first: str, *more: Any, _real: Callable[..., Any] = real) -> Any:
            found.append(first)
            return _real(this, first, *more)

        monkeypatch.setattr(of, method, note)
    return found


def _browser(address: str) -> Client:
    client = Client(REMOTE_ADDR=address)
    client.handler = HANDLER
    return client


def _give(address: str, name: str, password: str = WRONG) -> Any:
    return _browser(address).post("/accounts/login/", {"login": name, "password": password})


def _can_sign_in(user: User) -> bool:
    """From her own address, while somebody guesses elsewhere."""
    return bool(_give(HERS, user.username, RIGHT).headers.get("Location") == CODE_PAGE)


def test_from_one_address_ten_guesses_are_tried_in_a_quarter_of_an_hour(
    clock: SimpleNamespace, hashed: list[str]
) -> None:
    user, tried_at = person(Role.AUDITOR), []
    for number in range(GUESSES):
        if number % 20 == 0:
            clock.at += QUARTER + 1  # one who waits until the lock has opened
        clock.at += 1
        before = len(hashed)
        _give("203.0.113.9", user.username, f"a guess, number {number}")
        tried_at += [clock.at] * (len(hashed) - before)
    print(f"{len(tried_at)} tries of {GUESSES} guesses")
    assert len(tried_at) == TRIES * GUESSES // 20
    assert all(later - first > QUARTER for first, later in zip(tried_at, tried_at[TRIES:], strict=False))
    assert _can_sign_in(user)


def test_who_goes_on_without_waiting_tries_no_more_however_the_name_is_spelled(
    clock: SimpleNamespace, hashed: list[str]
) -> None:
    user, each = person(Role.AUDITOR), 18  # seconds between two guesses
    for number in range(GUESSES):
        clock.at += each
        name = (user.username, user.username.upper(), f" {user.username} ", f"\t{user.username}")[number % 4]
        _give("203.0.113.9", name, f"a guess, number {number}")
    assert TRIES <= _tried(hashed) <= TRIES * (1 + GUESSES * each // QUARTER)
    assert _can_sign_in(user)


@pytest.mark.parametrize("first, apart", [("198.18.0.1", 1), ("2001:db8::1", 1 << 64)], ids=["ipv4", "ipv6"])
def test_each_of_many_addresses_tries_ten_and_the_person_still_signs_in(
    hashed: list[str], first: str, apart: int
) -> None:
    user, addresses = person(Role.AUDITOR), GUESSES // 20
    for number in range(GUESSES):
        address = ip_address(first) + apart * (number % addresses)
        _give(str(address), user.username, f"a guess, number {number}")
        if number % (GUESSES // 4) == 0:
            assert _can_sign_in(user)
    assert _tried(hashed) == TRIES * addresses < GUESSES
    assert _can_sign_in(user)


def test_a_cache_that_was_emptied_opens_no_lock(hashed: list[str]) -> None:
    user = person(Role.AUDITOR)
    for _number in range(2 * TRIES):
        _give("203.0.113.9", user.username)
        cache.clear()
    assert _tried(hashed) == TRIES
    assert _give("203.0.113.9", user.username, RIGHT).status_code == 429
    assert _can_sign_in(user)


def test_wrong_tries_of_other_names_at_ones_own_address_lock_nobody() -> None:
    user = person(Role.AUDITOR)
    for number in range(TRIES + 2):
        assert _give(HERS, f"nobody-{number}").status_code == 200
    assert _give(HERS, user.username).status_code == 200, "one wrong try of her own is not the eleventh"
    assert _can_sign_in(user)


def test_a_device_that_is_known_is_locked_by_nobody_who_shares_its_address(hashed: list[str]) -> None:
    user, hers = person(Role.AUDITOR), _browser(HERS)
    secret = generate_totp_secret()
    user.authenticator_set.all().delete()
    TOTP.activate(user, secret)
    hers.post("/accounts/login/", {"login": user.username, "password": RIGHT})
    hers.post(CODE_PAGE, {"code": code_now(secret)})
    assert hers.get("/").status_code == 200
    hers.post("/accounts/logout/")
    for number in range(GUESSES):
        _give(HERS, user.username if number % 2 else f"nobody-{number}")
    assert not _can_sign_in(user), "a browser that is not known waits"
    before = _tried(hashed)
    for _number in range(TRIES - 1):
        hers.post("/accounts/login/", {"login": user.username, "password": WRONG})
    assert _tried(hashed) - before == TRIES - 1
    answer = hers.post("/accounts/login/", {"login": user.username, "password": RIGHT})
    assert answer.headers["Location"] == CODE_PAGE
    thief = _browser("203.0.113.9")
    thief.cookies["known_device"] = hers.cookies["known_device"].value
    for _number in range(2 * TRIES):
        thief.post("/accounts/login/", {"login": user.username, "password": WRONG})
    assert _tried(hashed) - before == TRIES, "a thief of the device guesses no faster"


def test_one_network_of_the_longer_addresses_is_one_address(hashed: list[str]) -> None:
    user = person(Role.AUDITOR)
    for number in range(2 * TRIES):
        _give(f"2001:db8:0:1::{number:x}", user.username)
    assert _tried(hashed) == TRIES


def test_codes_are_tried_ten_times_from_however_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    user, found = person(Role.AUDITOR), []
    monkeypatch.setattr(TOTP, "validate_code", lambda _totp, code: found.append(code))
    for number in range(3 * TRIES):
        client = _browser(f"203.0.113.{number + 1}")
        client.post("/accounts/login/", {"login": user.username, "password": RIGHT})
        client.post(CODE_PAGE, {"code": f"{number:06}"})
    assert len(found) == TRIES


def test_known_and_unknown_names_cost_the_same_and_answer_to_the_byte_alike(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)  # what one hashing costs is not asked here
    known, off = person(Role.AUDITOR), person(Role.AUDITOR, is_active=False)
    names = [known.username, off.username, "x" * len(known.username)]
    hashed = _noted(monkeypatch, Argon2PasswordHasher, "encode", "verify")
    for turn in range(TRIES + 1):
        work, pages = [], []
        for place, name in enumerate(names):
            before = len(hashed)
            answer = _give(f"203.0.113.{place}", name)
            work.append(len(hashed) - before)
            pages.append((answer.status_code, _bare(answer.content.decode(), name), sorted(answer.headers)))
        assert work == [int(turn < TRIES)] * 3
        assert pages[0] == pages[1] == pages[2]
        assert turn != TRIES - 1 or pages[0][0] == 429


def _bare(page: str, name: str) -> str:
    """Without the name that was sent, and without what is new in every page."""
    return TOKEN.sub(r"\1", page.replace(name, "NAME"))
