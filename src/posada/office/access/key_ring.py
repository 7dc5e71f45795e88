"""The sealing keys as they are at this moment, and the public number of each.

Comes in: nothing; the deployment knows its key file. Goes out: keys, newest first: the first seals, all of them open.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_key_ring.py.
"""

import hashlib

from django.conf import settings


def sealing_keys() -> tuple[bytes, ...]:
    """Newest first. Ask after what is to be opened was read, so that its key is known."""
    keys: tuple[bytes, ...] = settings.DEPLOYMENT.sealing_now()
    return keys


def key_number(key: bytes) -> str:
    """A public name of a key: the beginning of its hash."""
    return hashlib.sha256(b"posada sealing key" + key).hexdigest()[:16]


def newest_number() -> str:
    """The number of the key that seals."""
    return key_number(sealing_keys()[0])
