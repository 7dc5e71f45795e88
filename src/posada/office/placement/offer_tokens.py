"""The link of an offer: 256 bits that only the recipient has; the office keeps their hash and can make them anew.

Source: OWASP ASVS 5.0, 6.3 and 7.2 (unguessable, single-use, kept as a hash).
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_offer_tokens.py.
"""

import base64
import hashlib
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(offer_id: UUID, *, sent_at: datetime) -> str:
    """The token of one sending of an offer, 43 letters. Sending it again makes another, and the old one is dead."""
    said = f"{offer_id}|{sent_at.timestamp():.6f}"
    digest = salted_hmac("posada.office.placement.offer", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What the office keeps of a token: its SHA-256, 64 letters."""
    return hashlib.sha256(token.encode()).hexdigest()
