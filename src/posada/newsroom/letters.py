"""Letters to the office: sealed so that whoever keeps this site cannot read them again.

Comes in: what a person has written, and the office's X25519 public key. Goes out: bytes that only the office opens:
magic, the letter's own public key, ChaCha20-Poly1305 over the padded JSON, under a key from HKDF-SHA256 of the shared
secret. Padding to a multiple of 4096 bytes keeps the length of a letter from saying anything.
Docs: docs/decisions/0012-the-public-site-and-the-office-exchange-files.md. Tests: tests/newsroom/test_letters.py.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from posada.down_to_disk import sync_folder

MAGIC, STEP, MOST_BYTES = b"POSADA-LETTER-1\n", 4096, 16_384
NONCE = bytes(12)
"""Fixed: each letter has a key of its own."""
SUFFIX = ".letter"


class LetterTooLong(Exception):
    """More was written than a letter holds."""


def seal_letter(content: Mapping[str, Any], *, office_key: bytes) -> bytes:
    """A letter that only the holder of the office's private key opens. Raises LetterTooLong."""
    plain = json.dumps(dict(content), ensure_ascii=False, sort_keys=True).encode()
    if len(plain) > MOST_BYTES:
        raise LetterTooLong(f"A letter holds {MOST_BYTES} bytes.")
    framed = len(plain).to_bytes(4, "big") + plain
    padded = framed + bytes(-len(framed) % STEP)
    own = X25519PrivateKey.generate()
    public = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = own.exchange(X25519PublicKey.from_public_bytes(office_key))
    key = HKDF(SHA256(), 32, salt=public + office_key, info=MAGIC).derive(shared)
    return MAGIC + public + ChaCha20Poly1305(key).encrypt(NONCE, padded, MAGIC + public)


def post_letter(sealed: bytes, *, name: str, exchange: Path) -> Path:
    """Put a sealed letter where the office takes it from; the file appears whole or not at all."""
    folder = exchange / "from_public"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target, staged = folder / f"{name}{SUFFIX}", folder / f".{name}.{os.getpid()}"
    opened = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(target)
    sync_folder(folder)  # else a power cut may lose the name of a letter that was said to be sent
    return target
