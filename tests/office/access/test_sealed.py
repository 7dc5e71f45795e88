"""A sealed value opens with a key of the deployment, in its place, and as it was written; nowhere else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from posada.office.access import sealed

PLACE = "intake.child/1/a_number"


@contextmanager
def keys(*sealing: bytes) -> Iterator[None]:
    """The deployment has these sealing keys within the block."""
    before = settings.DEPLOYMENT
    settings.DEPLOYMENT = replace(before, keys=replace(before.keys, sealing=sealing))
    try:
        yield
    finally:
        settings.DEPLOYMENT = before


@given(st.text())
def test_what_was_sealed_opens(text: str) -> None:
    hidden, number = sealed.seal(text, place=PLACE)
    assert sealed.unseal(hidden, number=number, place=PLACE) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert len({sealed.seal("A 000 000 111", place=PLACE)[0] for _ in range(100)}) == 100


def test_nothing_of_the_text_is_in_the_sealed_bytes() -> None:
    assert b"000" not in sealed.seal("A 000 000 111", place=PLACE)[0]


def test_it_opens_in_its_place_only() -> None:
    hidden, number = sealed.seal("A 000 000 111", place=PLACE)
    with pytest.raises(sealed.CannotOpen):
        sealed.unseal(hidden, number=number, place="intake.child/2/a_number")


@pytest.mark.parametrize("at", [0, 11, 12, -1])
def test_a_changed_byte_shows(at: int) -> None:
    hidden, number = sealed.seal("A 000 000 111", place=PLACE)
    changed = bytearray(hidden)
    changed[at] ^= 1
    with pytest.raises(sealed.CannotOpen):
        sealed.unseal(bytes(changed), number=number, place=PLACE)


def test_older_keys_open_what_they_sealed_and_the_newest_seals() -> None:
    old, new = os.urandom(32), os.urandom(32)
    with keys(old):
        hidden, number = sealed.seal("x", place=PLACE)
    with keys(new, old):
        assert sealed.unseal(hidden, number=number, place=PLACE) == "x"
        assert sealed.seal("x", place=PLACE)[1] == sealed.key_number(new)
    with keys(new), pytest.raises(sealed.CannotOpen):
        sealed.unseal(hidden, number=number, place=PLACE)


def test_the_number_of_a_key_gives_nothing_of_the_key_away() -> None:
    key = os.urandom(32)
    assert len(sealed.key_number(key)) == 16
    assert key.hex()[:8] not in sealed.key_number(key)


def test_look_ups_fold_spelling_and_keep_fields_apart() -> None:
    assert sealed.lookup_of("phone", "301-555-0100") == sealed.lookup_of("phone", "(301) 555 0100")
    assert sealed.lookup_of("email", "José@Example.org") == sealed.lookup_of("email", "jose@example.org")
    assert sealed.lookup_of("street", "12 North Main Street") == sealed.lookup_of("street", "12 N. Main St.")
    assert sealed.lookup_of("unit", "Apt. 4") == sealed.lookup_of("unit", "#4")
    assert sealed.lookup_of("postal_code", "21201-1234") == sealed.lookup_of("postal_code", "21201")
    assert sealed.lookup_of("phone", "3015550100") != sealed.lookup_of("a_number", "3015550100")


def test_a_place_names_record_and_field() -> None:
    owner = uuid4()
    assert sealed.place_of("intake.child", owner, "a_number") == f"intake.child/{owner}/a_number"
