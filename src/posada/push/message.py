"""Seals a message so that only the subscribed browser opens it (RFC 8291 over RFC 8188, `aes128gcm`).

Comes in: bytes, and the two keys that a browser gave with its subscription. Goes out: the body of the request. Every
message is padded to a multiple of 512 bytes, so that its length tells a push service next to nothing.
Docs: docs/explanation/push.md. Tests: tests/push/test_message.py.
"""

import os
import struct

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from posada.push.keys import bytes_of

PUBLIC_BYTES, SECRET_BYTES, SALT_BYTES = 65, 16, 16
RECORD_SIZE, PADDED_TO, MOST_BYTES = 4096, 512, 3584 - 1
"""Services take 4096 bytes in all; the message itself may have 3583."""
LAST_RECORD = b"\x02"


class NotASubscription(Exception):
    """The keys of a subscription are no keys."""


def checked_keys(p256dh: str, auth: str) -> tuple[bytes, bytes]:
    """The browser's public key (65 bytes, on the curve) and its secret (16). Raises NotASubscription."""
    try:
        public, secret = bytes_of(p256dh), bytes_of(auth)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    except ValueError:
        raise NotASubscription("The subscription's keys are not keys.") from None
    if len(public) != PUBLIC_BYTES or len(secret) != SECRET_BYTES:
        raise NotASubscription("The subscription's keys have the wrong length.")
    return public, secret


def sealed(payload: bytes, *, p256dh: str, auth: str) -> bytes:
    """The body for one browser, under a key pair and a salt drawn for this message alone.

    Raises NotASubscription; ValueError where the payload has more than `MOST_BYTES`.
    """
    if len(payload) > MOST_BYTES:
        raise ValueError(f"A push message may have {MOST_BYTES} bytes.")
    public, secret = checked_keys(p256dh, auth)
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    own = generate_private_key(SECP256R1())
    own_public = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ECDH(), theirs)
    material = _derived(shared, salt=secret, told=b"WebPush: info\x00" + public + own_public, size=32)
    salt = os.urandom(SALT_BYTES)
    key = _derived(material, salt=salt, told=b"Content-Encoding: aes128gcm\x00", size=16)
    nonce = _derived(material, salt=salt, told=b"Content-Encoding: nonce\x00", size=12)
    plain = payload + LAST_RECORD
    padded = plain + b"\x00" * (-len(plain) % PADDED_TO)
    head = salt + struct.pack("!IB", RECORD_SIZE, PUBLIC_BYTES) + own_public
    return head + AESGCM(key).encrypt(nonce, padded, None)


def _derived(material: bytes, *, salt: bytes, told: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=told).derive(material)
