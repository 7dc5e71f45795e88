"""Secrets come back as they were, and only with a key of the deployment."""

import pytest
from cryptography.fernet import InvalidToken

from posada.office.access.sealed_secret import open_bytes, open_secret, seal_bytes, seal_secret


def test_what_was_sealed_comes_back() -> None:
    assert open_secret(seal_secret("Ñandú")) == "Ñandú"
    assert open_bytes(seal_bytes(b"\0\xff")) == b"\0\xff"


def test_what_was_changed_does_not_open() -> None:
    hidden = bytearray(seal_bytes(b"text"))
    hidden[20] ^= 1
    with pytest.raises(InvalidToken):
        open_bytes(bytes(hidden))
