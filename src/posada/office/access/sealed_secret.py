"""Secrets of accounts, uploads, documents and what a child told, sealed with the deployment's keys.

Apart from the sealed fields of people: these are opened by the sign-in itself, or by a door of their own.
Source: the Fernet specification; of each key the first 16 bytes prove, the last 16 encrypt.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_sealed_secret.py.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet

from posada.office.access.key_ring import key_number, sealing_keys

PROVING_BYTES, PROOF_BYTES = 16, 32


def seal_secret(text: str) -> str:
    """`text` sealed with the newest key."""
    return _keys().encrypt(text.encode()).decode()


def open_secret(hidden: str) -> str:
    """What was sealed with any key of the deployment. Raises cryptography.fernet.InvalidToken."""
    return _keys().decrypt(hidden.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    """Bytes (an upload, a document) sealed with the newest key."""
    return urlsafe_b64decode(_keys().encrypt(content))


def open_bytes(hidden: bytes) -> bytes:
    """What was sealed with any key of the deployment. Raises cryptography.fernet.InvalidToken."""
    return _keys().decrypt(urlsafe_b64encode(bytes(hidden)))


def sealed_by(hidden: bytes) -> str:
    """The number of the key that sealed these bytes; empty: none of this deployment's, or they were changed.

    Only the proof at their end is looked at; nothing is opened.
    """
    content, proof = bytes(hidden[:-PROOF_BYTES]), bytes(hidden[-PROOF_BYTES:])
    for key in sealing_keys():
        if hmac.compare_digest(hmac.digest(key[:PROVING_BYTES], content, "sha256"), proof):
            return key_number(key)
    return ""


def seal_again(hidden: bytes) -> bytes:
    """The same content sealed with the newest key. Raises cryptography.fernet.InvalidToken."""
    return urlsafe_b64decode(_keys().rotate(urlsafe_b64encode(bytes(hidden))))


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in sealing_keys()])
