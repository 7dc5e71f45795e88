"""Secrets come back as they were, and only with a key of the deployment."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.fernet import InvalidToken

from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.access.sealed_secret import (
    open_bytes,
    open_secret,
    seal_again,
    seal_bytes,
    seal_secret,
    sealed_by,
)


def test_what_was_sealed_comes_back() -> None:
    assert open_secret(seal_secret("Ñandú")) == "Ñandú"
    assert open_bytes(seal_bytes(b"\0\xff")) == b"\0\xff"


def test_what_was_changed_does_not_open() -> None:
    hidden = bytearray(seal_bytes(b"text"))
    hidden[20] ^= 1
    with pytest.raises(InvalidToken):
        open_bytes(bytes(hidden))


def test_which_key_sealed_something_is_seen_without_opening_it(settings: Any) -> None:
    (first,) = sealing_keys()
    hidden = seal_bytes(b"text")
    assert sealed_by(hidden) == key_number(first)
    assert sealed_by(hidden[:-1] + bytes([hidden[-1] ^ 1])) == sealed_by(b"") == ""
    held = replace(settings.DEPLOYMENT.keys, sealing=(b"2" * 32, first))
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held, key_file=None)
    again = seal_again(hidden)
    assert (sealed_by(hidden), sealed_by(again)) == (key_number(first), key_number(b"2" * 32))
    assert open_bytes(hidden) == open_bytes(again) == b"text"
    with pytest.raises(InvalidToken):
        seal_again(b"\x80" + bytes(100))
