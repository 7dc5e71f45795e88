"""Opens a letter that the public site has sealed to the office.

Comes in: the bytes of a letter and the office's private key. Goes out: what the person wrote. The form is the
exchange's: magic, the letter's own X25519 key, ChaCha20-Poly1305 under HKDF-SHA256 of the shared secret.
Docs: docs/decisions/0012-the-public-site-and-the-office-exchange-files.md. Tests: tests/newsroom/test_letters.py.
"""

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAGIC, KEY_BYTES, NONCE, MOST_BYTES = b"POSADA-LETTER-1\n", 32, bytes(12), 40_000


class NoLetter(Exception):
    """The bytes are no letter to this office, or somebody has changed them."""


def open_letter(sealed: bytes, *, key: X25519PrivateKey) -> dict[str, Any]:
    """What the letter says. Raises NoLetter."""
    head = len(MAGIC) + KEY_BYTES
    if not sealed.startswith(MAGIC) or not head < len(sealed) <= MOST_BYTES:
        raise NoLetter
    public = sealed[len(MAGIC) : head]
    own = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(public))
        opening = HKDF(SHA256(), KEY_BYTES, salt=public + own, info=MAGIC).derive(shared)
        framed = ChaCha20Poly1305(opening).decrypt(NONCE, sealed[head:], MAGIC + public)
        told = json.loads(framed[4 : 4 + int.from_bytes(framed[:4], "big")])
    except (InvalidTag, ValueError):
        raise NoLetter from None
    if not isinstance(told, dict):
        raise NoLetter
    return told
