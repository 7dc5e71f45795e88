"""The signature of a release: Ed25519 over SHA256SUMS, which names every file of it with its hash.

Comes in: the folder of a release, and a private key in PEM: POSADA_RELEASE_KEY names its file or holds its text.
Goes out: SHA256SUMS.sig, 64 bytes, which OpenSSL verifies without anything of Posada. The public key is not laid
beside it: who could change the release could change that too.
Docs: docs/how-to/make-a-release.md. Tests: tests/release/test_signing.py.
"""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

NAME = "POSADA_RELEASE_KEY"
PEM = "-----BEGIN"


class NoKey(ValueError):  # noqa: N818
    """The key cannot be used; the message says why, and nothing of the key."""


def key_from(told: str) -> Ed25519PrivateKey:
    """The private key that a path names or a PEM text is. Raises NoKey."""
    try:
        text = told.encode() if told.startswith(PEM) else _read(Path(told))
        key = load_pem_private_key(text, password=None)
    except NoKey:
        raise
    except (OSError, ValueError, TypeError) as wrong:
        raise NoKey(
            f"{NAME} does not give a private key without a password: {type(wrong).__name__}"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{NAME} gives a key of another kind; an Ed25519 key is wanted")
    return key


def _read(path: Path) -> bytes:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise NoKey(f"{path} can be read by others: chmod 600 it, and think whether it was")
    return path.read_bytes()


def sign(folder: Path, *, key: Ed25519PrivateKey) -> Path:
    """Write the signature of the folder's SHA256SUMS beside it."""
    signature = folder / "SHA256SUMS.sig"
    signature.write_bytes(key.sign((folder / "SHA256SUMS").read_bytes()))
    return signature


def given() -> Ed25519PrivateKey | None:
    """The key of the environment; None where no key is named. Raises NoKey."""
    told = os.environ.get(NAME, "")
    return key_from(told) if told else None
