"""Drafts of forms: sealed under the secret of the link to resume them, so that the database alone opens nothing.

Comes in: the secret of a link. Goes out: what was typed so far, and the names that the letter and its standing have.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_form_drafts.py.
"""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils import timezone

from posada.newsroom.models import Draft

KEPT_FOR = timedelta(days=14)
SECRET_BYTES, NONCE_BYTES = 24, 12


@dataclass(frozen=True, slots=True)
class Names:
    """What is derived from the secret of a link, each apart: nobody gets from one to another."""

    lookup: str
    letter: str
    ticket: str
    key: bytes


def new_secret() -> str:
    """A secret for a link."""
    return secrets.token_urlsafe(SECRET_BYTES)


def names_of(secret: str) -> Names:
    """The names of a draft, its letter and its standing, and the key that seals it."""
    return Names(
        lookup=_named(secret, "lookup"),
        letter=_named(secret, "letter")[:32],
        ticket=_named(secret, "ticket")[:16],
        key=HKDF(SHA256(), 32, salt=None, info=b"posada seals a draft").derive(secret.encode()),
    )


def keep(secret: str, typed: dict[str, Any], *, sent: bool = False) -> None:
    """Keep what was typed; once sent, nothing of it is kept but that it was sent."""
    names, nonce = names_of(secret), os.urandom(NONCE_BYTES)
    plain = json.dumps({} if sent else typed, ensure_ascii=False).encode()
    sealed = nonce + ChaCha20Poly1305(names.key).encrypt(nonce, plain, names.lookup.encode())
    kept: dict[str, Any] = {"sealed": sealed}
    if sent:
        kept["sent_at"] = timezone.now()
    Draft.objects.update_or_create(lookup=names.lookup, defaults=kept)


def opened(secret: str) -> tuple[dict[str, Any], bool] | None:
    """What was typed, and whether it was sent. None: nothing is kept under this secret."""
    names = names_of(secret)
    draft = Draft.objects.filter(lookup=names.lookup).first()
    if draft is None:
        return None
    sealed = bytes(draft.sealed)
    try:
        plain = ChaCha20Poly1305(names.key).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], names.lookup.encode()
        )
    except InvalidTag:
        return None
    return json.loads(plain), draft.sent_at is not None


def remove_old() -> int:
    """Remove drafts that nobody has touched for two weeks."""
    return Draft.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _named(secret: str, what_for: str) -> str:
    return hashlib.sha256(f"posada {what_for}\n{secret}".encode()).hexdigest()
