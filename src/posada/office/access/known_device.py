"""A device on which a person has signed in whole: wrong tries from elsewhere, even from next to her, don't lock it.

Comes in: requests to sign in. Goes out: where a try counts: at the device, if it is known for the name that was
given, else at the address; and the cookie that makes it known, a number drawn by chance and a proof, without a name.
It opens nothing: the password and the second factor are asked as everywhere, ten tries in a quarter of an hour.
Source: promise 37. Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_known_device.py.
"""

import secrets
from ipaddress import IPv6Address

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from posada.office.access.client_address import client_address

KEPT_FOR = 90 * 24 * 3600  # seconds
NUMBER_BYTES = 15
OWN_NETWORK = b"\xfd"
"""The lock counts by addresses, so a device is written as one of the network that RFC 4193 leaves to everybody."""
SIGNER = TimestampSigner(salt="posada.known-device", sep=".")


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Make this device known for somebody who has just given everything that is asked. A known one stays the same."""
    number = number_of(request, username) or secrets.token_hex(NUMBER_BYTES)
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        SIGNER.sign(f"{number}-{_whose(number, username)}"),
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def number_of(request: HttpRequest, username: str) -> str:
    """The number of a device that is known for this name; empty: it is not."""
    try:
        told = SIGNER.unsign(request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, ""), max_age=KEPT_FOR)
    except BadSignature:
        return ""
    number, _dash, whose = told.partition("-")
    return number if secrets.compare_digest(whose, _whose(number, username)) else ""


def place_of_try(request: HttpRequest, username: str | None = None) -> str:
    """Where wrong tries count: an address as text. `username` as it was given; left out: the form's."""
    number = number_of(request, _name_given(request) if username is None else username)
    if number:
        return str(IPv6Address(OWN_NETWORK + bytes.fromhex(number)))
    return client_address(request)


def _name_given(request: HttpRequest) -> str:
    """Of the sign-in alone: elsewhere nothing of a body may be read before its view has set its bounds."""
    return request.POST.get("login", "") if request.path == reverse("account_login") else ""


def _whose(number: str, username: str) -> str:
    """Proves that number and name belong together. The name can't be read from it, nor guessed without our key."""
    return salted_hmac(
        "posada.known-device.name", f"{number}{username.strip().lower()}", algorithm="sha256"
    ).hexdigest()
