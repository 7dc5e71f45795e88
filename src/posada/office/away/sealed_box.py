"""Opens what a device closed: the device can only close, and this office alone can open.

Comes in: the private half of a pair of keys (P-256) and a box: ephemeral public key, salt, nonce, ciphertext. Goes
out: the bytes. Source: ECIES as NIST SP 800-56A with HKDF (RFC 5869) and AES-256-GCM; web/static/posada/away.js does
the closing with the browser's own cryptography.
Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_sealed_box.py.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

CURVE = ec.SECP256R1()
PURPOSE = b"posada away 1"


class BoxUnreadable(Exception):
    """No key of this device opens the box, or it was changed, or it is not a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """What the device sends, each part as base64 of the address kind. `bound`: the ids that it is closed with."""

    point: str
    salt: str
    nonce: str
    closed: str
    bound: str


def new_pair() -> tuple[bytes, str]:
    """A pair of keys: the private half (DER) and the public one (an uncompressed point, base64)."""
    made = ec.generate_private_key(CURVE)
    private = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return private, _text(made.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def open_box(private: bytes, box: Box) -> bytes:
    """What was closed. Raises BoxUnreadable."""
    try:
        key = load_der_private_key(private, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise BoxUnreadable
        shared = key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(box.point))
        )
        return AESGCM(_derived(shared, _bytes(box.salt))).decrypt(
            _bytes(box.nonce), _bytes(box.closed), box.bound.encode()
        )
    except (ValueError, Error, InvalidTag) as error:
        raise BoxUnreadable from error


def close_box(public: str, content: bytes, *, bound: str, salt: bytes, nonce: bytes) -> Box:
    """What the device does, for tests and other clients. `salt`: 16 random bytes; `nonce`: 12."""
    once = ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(public))
    closed = AESGCM(_derived(once.exchange(ec.ECDH(), theirs), salt)).encrypt(nonce, content, bound.encode())
    point = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Box(_text(point), _text(salt), _text(nonce), _text(closed), bound)


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(shared)


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
