"""Messages are opened by another library, with the browser's key alone."""

import json

import http_ece
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from posada.push.message import MOST_BYTES, NotASubscription, checked_keys, sealed
from tests.push.fake_service import Browser

BROWSER = Browser()


@given(st.text(max_size=600))
def test_what_is_sealed_is_read_by_another_library(words: str) -> None:
    body = sealed(json.dumps({"title": words}).encode(), p256dh=BROWSER.p256dh, auth=BROWSER.auth)
    assert BROWSER.opened(body) == {"title": words}


def test_the_length_tells_next_to_nothing_and_no_message_looks_like_another() -> None:
    short, long = (sealed(b"x" * count, p256dh=BROWSER.p256dh, auth=BROWSER.auth) for count in (1, 511))
    assert len(short) == len(long) == 16 + 5 + 65 + 512 + 16
    assert short[:16] != long[:16] and short[21:86] != long[21:86]


def test_the_longest_message_still_fits_into_what_services_take() -> None:
    body = sealed(b"x" * MOST_BYTES, p256dh=BROWSER.p256dh, auth=BROWSER.auth)
    assert len(body) <= 4096
    with pytest.raises(ValueError, match="bytes"):
        sealed(b"x" * (MOST_BYTES + 1), p256dh=BROWSER.p256dh, auth=BROWSER.auth)


def test_nobody_else_opens_it() -> None:
    body, other = sealed(b"{}", p256dh=BROWSER.p256dh, auth=BROWSER.auth), Browser()
    with pytest.raises((InvalidTag, http_ece.ECEException)):
        http_ece.decrypt(body, private_key=other.private, auth_secret=BROWSER.secret, version="aes128gcm")


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", BROWSER.auth),
        (BROWSER.p256dh, ""),
        ("BA" + "A" * 85, BROWSER.auth),
        (BROWSER.p256dh, BROWSER.auth + "AAAA"),
        ("ü", BROWSER.auth),
        (BROWSER.auth, BROWSER.auth),
    ],
    ids=["no key", "no secret", "no point", "long secret", "no letter", "short key"],
)
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(NotASubscription):
        checked_keys(p256dh, auth)
