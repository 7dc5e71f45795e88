"""Keys of backups: a public one that makes them, and two halves, each held by a person, that open them together.

The office holds the public key only, so that nobody who takes its machine can read its old backups. The private key
is split into two halves of 32 bytes by exclusive or; one alone says nothing.
Sources: RFC 7748 (X25519), RFC 5869 (HKDF).
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_backup_keys.py.
"""

import hashlib
import secrets
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, CHECK_BYTES, NONCE_BYTES = 32, 4, 12
LETTERS_IN_A_ROW = 4
_PURPOSE = b"posada backup: wrap a data key"


class WrongKeys(Exception):
    """The keys do not open this backup, or are not written as they were given out."""


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """Fresh keys: `public` for the office, `halves` for two persons. Its repr shows nothing."""

    public: str
    halves: tuple[str, str]

    def __repr__(self) -> str:
        return "BackupKeys(…)"


def draw_keys() -> BackupKeys:
    """New keys, drawn by chance and kept nowhere."""
    private = X25519PrivateKey.generate()
    first = secrets.token_bytes(KEY_BYTES)
    second = _either(private.private_bytes_raw(), first)
    return BackupKeys(_public_text(private.public_key()), (_spell(first), _spell(second)))


def wrap(data_key: bytes, *, public: str) -> dict[str, str]:
    """The data key of one backup, for whoever holds both halves. Raises WrongKeys if `public` is no public key."""
    recipient = _public_key(public)
    public = _public_text(recipient)  # as unwrapping spells it, whatever line end or space came with it
    passing = X25519PrivateKey.generate()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_shared(passing, recipient, to=public)).encrypt(nonce, data_key, public.encode())
    return {
        "recipient": public,
        "passing": _public_text(passing.public_key()),
        "wrapped": urlsafe_b64encode(nonce + sealed).decode(),
    }


def is_wrapped(found: object) -> bool:
    """Whether this has the shape of what `wrap` gives."""
    names = {"recipient", "passing", "wrapped"}
    return (
        isinstance(found, dict) and found.keys() == names and all(isinstance(v, str) for v in found.values())
    )


def unwrap(wrapped: dict[str, str], *, halves: tuple[str, str]) -> bytes:
    """The data key again. Raises WrongKeys."""
    private = X25519PrivateKey.from_private_bytes(_either(*map(_read, halves)))
    public = wrapped["recipient"]
    if _public_text(private.public_key()) != public:
        raise WrongKeys("These two halves do not open this backup.")
    try:
        sealed = urlsafe_b64decode(wrapped["wrapped"])
        key = _shared(private, _public_key(wrapped["passing"]), to=public)
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], public.encode())
    except (InvalidTag, ValueError):
        raise WrongKeys("The backup is damaged: its key cannot be unwrapped.") from None


def _shared(private: X25519PrivateKey, public: X25519PublicKey, *, to: str) -> bytes:
    info = _PURPOSE + to.encode()
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(
        private.exchange(public)
    )


def _public_text(key: X25519PublicKey) -> str:
    return urlsafe_b64encode(key.public_bytes_raw()).decode()


def _public_key(text: str) -> X25519PublicKey:
    try:
        return X25519PublicKey.from_public_bytes(urlsafe_b64decode(text.encode()))
    except ValueError:
        raise WrongKeys(
            "The public key of backups is not one that `posada backup --new-keys` has drawn."
        ) from None


def _either(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _spell(half: bytes) -> str:
    """In letters that can be read aloud, with a check at the end."""
    letters = b32encode(half + _check(half)).decode().rstrip("=")
    return "-".join(letters[at : at + LETTERS_IN_A_ROW] for at in range(0, len(letters), LETTERS_IN_A_ROW))


def _read(text: str) -> bytes:
    letters = "".join(text.split()).replace("-", "").upper()
    try:
        read = b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        read = b""
    half, check = read[:KEY_BYTES], read[KEY_BYTES:]
    if len(half) != KEY_BYTES or check != _check(half):
        raise WrongKeys("A half of the key is not written as it was given out: compare it letter by letter.")
    return half


def _check(half: bytes) -> bytes:
    return hashlib.sha256(b"posada half" + half).digest()[:CHECK_BYTES]
