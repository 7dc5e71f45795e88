"""The keys by which a site proves to push services who sends (VAPID, RFC 8292).

Comes in: a private key (P-256) as text, and how to reach the operator. Goes out: the public key that browsers
subscribe with, and the header `Authorization` for a push service. A token is good for half a day at most; services
refuse one that lives for more than a day, or whose contact is no real address.
Docs: docs/explanation/push.md. Tests: tests/push/test_keys.py.
"""

import ipaddress
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import derive_private_key as derive
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TOKEN_SECONDS, RENEW_SECONDS = 12 * 3600, 3600
PRIVATE_BYTES = 32
NEVER_PUBLIC = ("localhost", "local", "internal", "lan", "home", "test", "invalid", "example", "onion")
RESERVED = ("example.com", "example.org", "example.net")
CONTACT = re.compile(r"(?:mailto:[^@\s<>,;]+@|https://)(?P<host>[A-Za-z0-9.-]+)(?P<rest>[/?#]\S*)?")


class KeysUnusable(Exception):
    """The keys or the contact cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class PushKeys:
    """A site's own key and contact. `public` is what browsers subscribe with: 65 bytes in base64url, no padding."""

    private: EllipticCurvePrivateKey = field(repr=False)
    contact: str
    _tokens: dict[str, tuple[str, float]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def public(self) -> str:
        """The application server key."""
        return text_of(self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def text(self) -> str:
        """The private key as it is kept: 32 bytes in base64url. A secret."""
        return text_of(self.private.private_numbers().private_value.to_bytes(PRIVATE_BYTES, "big"))

    def authorization(self, origin: str, *, now: float) -> str:
        """The header for a push service. `origin`: as in `https://host`; `now`: seconds since 1970.

        The same token serves an origin until shortly before it ends.
        """
        kept = self._tokens.get(origin)
        if kept is None or not kept[1] - TOKEN_SECONDS <= now < kept[1] - RENEW_SECONDS:
            ends = int(now) + TOKEN_SECONDS
            kept = (f"vapid t={_token(self, origin, ends)}, k={self.public}", float(ends))
            self._tokens[origin] = kept
        return kept[0]


def new_keys(*, contact: str, demonstration: bool = False) -> PushKeys:
    """Fresh keys. Raises KeysUnusable for a contact that push services refuse."""
    return PushKeys(generate(SECP256R1()), checked_contact(contact, demonstration=demonstration))


def read_keys(text: str, *, contact: str, demonstration: bool = False) -> PushKeys:
    """Keys as they were kept. Raises KeysUnusable."""
    try:
        private = derive(int.from_bytes(bytes_of(text), "big"), SECP256R1())
    except ValueError:
        raise KeysUnusable("The push key is not a key: `posada push keys --new` draws one.") from None
    return PushKeys(private, checked_contact(contact, demonstration=demonstration))


def checked_contact(contact: str, *, demonstration: bool = False) -> str:
    """A contact that every push service accepts. Names kept for examples are good for a demonstration only.

    Raises KeysUnusable.
    """
    found = CONTACT.fullmatch(contact.strip())
    host = found["host"].lower().rstrip(".") if found else ""
    refused = not _is_public_name(host) or (not demonstration and host.endswith(RESERVED))
    if found is None or refused or (contact.startswith("mailto:") and found["rest"]):
        raise KeysUnusable(
            f"{contact or '(none)'}: push services want a real contact, as in mailto:press@your-program.gov "
            "or https://your-program.gov; they refuse localhost and made-up names."
        )
    return contact.strip()


def text_of(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Back from base64url, padded or not. Raises ValueError."""
    stripped = text.strip().rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", stripped):
        raise ValueError("not base64url")
    return urlsafe_b64decode(stripped + "=" * (-len(stripped) % 4))


def _is_public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and host.rpartition(".")[2] not in NEVER_PUBLIC and ".." not in host
    return False


def _token(keys: PushKeys, origin: str, ends: int) -> str:
    claims = {"aud": origin, "exp": ends, "sub": keys.contact}
    parts = [text_of(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims)]
    signed = ".".join(parts)
    r, s = decode_dss_signature(keys.private.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{text_of(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
