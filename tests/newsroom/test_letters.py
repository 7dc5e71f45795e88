"""Letters: only the office opens them, and their length says nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.newsroom.letters import LetterTooLong, post_letter, seal_letter
from posada.office.exchange_keys import figures_signer, letters_opener, public_bytes
from posada.office.opened_letter import NoLetter, open_letter

OFFICE = letters_opener(b"b" * 32)
KEY = public_bytes(OFFICE)


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=10), st.text(max_size=200), max_size=5))
def test_the_office_opens_what_was_sealed_to_it(content: dict[str, str]) -> None:
    assert open_letter(seal_letter(content, office_key=KEY), key=OFFICE) == content


def test_nobody_else_opens_it_and_no_byte_can_be_changed() -> None:
    sealed = seal_letter({"contact_name": "Ana"}, office_key=KEY)
    assert b"Ana" not in sealed
    with pytest.raises(NoLetter):
        open_letter(sealed, key=letters_opener(b"c" * 32))
    for at in range(0, len(sealed), 97):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(NoLetter):
            open_letter(bytes(changed), key=OFFICE)
    with pytest.raises(NoLetter):
        open_letter(b"", key=OFFICE)


def test_short_and_longer_letters_have_the_same_length() -> None:
    assert len(seal_letter({"a": "x"}, office_key=KEY)) == len(seal_letter({"a": "x" * 900}, office_key=KEY))


def test_a_letter_has_an_end() -> None:
    with pytest.raises(LetterTooLong):
        seal_letter({"a": "x" * 20_000}, office_key=KEY)


def test_a_letter_is_posted_whole_and_for_nobody_else(tmp_path: Path) -> None:
    posted = post_letter(b"sealed", name="abc", exchange=tmp_path)
    assert posted.read_bytes() == b"sealed"
    assert [each.name for each in posted.parent.iterdir()] == ["abc.letter"]
    assert posted.stat().st_mode & 0o077 == 0


def test_each_key_of_the_exchange_is_its_own() -> None:
    assert public_bytes(figures_signer(b"b" * 32)) != KEY
