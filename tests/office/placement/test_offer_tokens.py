"""The link of an offer cannot be guessed, and what is kept of it cannot be used."""

import uuid
from datetime import timedelta

from django.utils import timezone

from posada.office.placement.offer_tokens import hash_of, token_of


def test_a_token_has_256_bits_and_is_the_same_for_the_same_sending() -> None:
    offer, now = uuid.uuid4(), timezone.now()
    token = token_of(offer, sent_at=now)
    assert (len(token), token) == (43, token_of(offer, sent_at=now))


def test_another_offer_or_another_sending_has_another_token() -> None:
    offer, now = uuid.uuid4(), timezone.now()
    later = now + timedelta(microseconds=1)
    assert (
        len(
            {
                token_of(offer, sent_at=now),
                token_of(offer, sent_at=later),
                token_of(uuid.uuid4(), sent_at=now),
            }
        )
        == 3
    )


def test_what_is_kept_is_not_the_token() -> None:
    assert hash_of("planted") != "planted"
    assert len(hash_of("planted")) == 64
