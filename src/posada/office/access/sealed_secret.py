"""Secrets of accounts (second factors, forms kept for a moment) sealed with the deployment's keys.

Apart from the sealed fields of people: these are opened by the sign-in itself, not by a person for a reason.
Tests: tests/office/access/test_sealed_secret.py.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


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


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in settings.DEPLOYMENT.keys.sealing])
