"""Sealed fields at rest: AES-256-GCM, bound to the place where each value stands, and keyed hashes for look-ups.

Only `posada.office.access.doors` may import this module: reading one leaves an entry in the log first; and
`resealing`, which shows nothing to anybody.
Source: NIST SP 800-38D (GCM); the nonce is random, 96 bits, one for each sealing.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_sealed.py.
"""

import hashlib
import hmac
import os
import re
import unicodedata
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from posada.office.access.key_ring import key_number, sealing_keys

NONCE_BYTES = 12
_SAME_WORD = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct",
    "boulevard": "blvd", "place": "pl", "terrace": "ter", "circle": "cir", "highway": "hwy", "parkway": "pkwy",
    "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
"""Words of a street as the postal service shortens them. Source: USPS Publication 28, appendix C1."""
_BEFORE_A_UNIT = frozenset({"apt", "apartment", "unit", "no", "number", "ste", "suite"})


class CannotOpen(Exception):
    """No key of this deployment opens the value, or it was changed or moved."""


def seal(text: str, *, place: str) -> tuple[bytes, str]:
    """`text` sealed for a place such as `intake.child/<id>/a_number`, and the number of the key that sealed it."""
    key = sealing_keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode()), key_number(key)


def unseal(sealed: bytes, *, number: str, place: str) -> str:
    """What was sealed at that place. Raises CannotOpen."""
    sealed = bytes(sealed)
    for key in sealing_keys():
        if key_number(key) == number:
            try:
                return (
                    AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()
                )
            except InvalidTag as error:
                raise CannotOpen(place) from error
    raise CannotOpen(place)


def place_of(owner_kind: str, owner_id: UUID, field: str) -> str:
    """The place of a sealed field, which its ciphertext is bound to."""
    return f"{owner_kind}/{owner_id}/{field}"


def lookup_of(field: str, text: str) -> str:
    """A keyed hash of a folded value, the same for every spelling by case, accents, spaces and punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if field in ("street", "unit"):
        words = re.findall(r"\w+", folded)
        folded = " ".join(_SAME_WORD.get(each, each) for each in words if each not in _BEFORE_A_UNIT)
    if field == "postal_code":
        folded = folded.strip()[:5]
    plain = "".join(letter for letter in folded if letter.isalnum())
    return hmac.new(settings.DEPLOYMENT.keys.lookup, f"{field}\0{plain}".encode(), hashlib.sha256).hexdigest()
