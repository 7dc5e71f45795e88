"""A known device is counted by itself, for its own person alone, and tells nobody's name."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.signing import b62_decode
from django.http import HttpResponse
from django.test import RequestFactory

from posada.office.access.known_device import KEPT_FOR, number_of, place_of_try, remember

HERS = "198.51.100.7"


def request_with(cookie: str = "", login: str = "ana") -> Any:
    request = RequestFactory().post("/accounts/login/", {"login": login}, REMOTE_ADDR=HERS)
    if cookie:
        request.COOKIES[settings.KNOWN_DEVICE_COOKIE_NAME] = cookie
    return request


def remembered(username: str = "ana", *, cookie: str = "") -> Any:
    response = HttpResponse()
    remember(request_with(cookie), response, username)
    return response.cookies[settings.KNOWN_DEVICE_COOKIE_NAME]


def test_a_known_device_is_a_place_of_its_own_for_its_own_person_alone() -> None:
    cookie = remembered().value
    place = place_of_try(request_with(cookie))
    assert place.startswith("fd")
    assert place_of_try(request_with(cookie, login=" Ana ")) == place, "however the name is written"
    assert place_of_try(request_with(cookie), "ana") == place
    assert place_of_try(request_with(cookie, login="ben")) == HERS
    assert place_of_try(request_with(cookie), "ben") == HERS
    assert place_of_try(request_with()) == HERS


def test_two_devices_are_two_places_and_one_stays_the_same_when_it_signs_in_again() -> None:
    first, second = remembered().value, remembered().value
    assert place_of_try(request_with(first)) != place_of_try(request_with(second))
    again = remembered(cookie=first).value
    assert place_of_try(request_with(again)) == place_of_try(request_with(first))
    of_another = remembered("ben", cookie=first).value
    assert number_of(request_with(of_another), "ana") == ""


@pytest.mark.parametrize(
    "spoil", [lambda told: "", lambda told: told[:-1], lambda told: "0" + told, str.upper]
)
def test_a_cookie_that_was_made_up_or_changed_is_none(spoil: Any) -> None:
    assert number_of(request_with(spoil(remembered().value)), "ana") == ""


def test_a_device_is_known_for_ninety_days(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = remembered().value
    monkeypatch.setattr("django.core.signing.time.time", lambda: _seconds(cookie) + KEPT_FOR - 1)
    assert number_of(request_with(cookie), "ana")
    monkeypatch.setattr("django.core.signing.time.time", lambda: _seconds(cookie) + KEPT_FOR + 1)
    assert number_of(request_with(cookie), "ana") == ""


def _seconds(cookie: str) -> int:
    return b62_decode(cookie.split(".")[1])


def test_the_cookie_names_nobody_and_no_script_reads_it() -> None:
    cookie = remembered("ana")
    assert re.fullmatch(r"[0-9a-f]{30}-[0-9a-f]{64}\.\w+\.[\w-]+", cookie.value)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
