"""The office's two keys of the exchange with the public site, derived from the keys that it has.

Comes in: the audit key and the newest sealing key of the deployment. Goes out: the Ed25519 key that signs what is
published and the X25519 key that opens letters; the public halves stand in the newsroom's description.
Docs: docs/decisions/0012-the-public-site-and-the-office-exchange-files.md. Tests: tests/newsroom/test_letters.py.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def figures_signer(audit_key: bytes) -> Ed25519PrivateKey:
    """Signs the file of figures."""
    return Ed25519PrivateKey.from_private_bytes(_derived(audit_key, b"posada signs its figures"))


def letters_opener(sealing_key: bytes) -> X25519PrivateKey:
    """Opens letters from the public site."""
    return X25519PrivateKey.from_private_bytes(_derived(sealing_key, b"posada opens its letters"))


def public_bytes(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _derived(key: bytes, what_for: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=what_for).derive(key)
