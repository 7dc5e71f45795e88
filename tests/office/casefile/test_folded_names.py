"""Names are compared without accents, case, order or one slip of a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.office.casefile.folded_names import one_letter_away, same_person, telling_tokens, tokens_of


@pytest.mark.parametrize("written", ["José Pérez López", "LOPEZ PEREZ, Jose", "jose  pe\u0301rez-lópez"])
def test_one_name_in_three_spellings_has_the_same_tokens(written: str) -> None:
    assert set(tokens_of(written)) == {"jose", "perez", "lopez"}


@pytest.mark.parametrize("written", ["K'iche'", "K’iche’", "Kʼicheʼ", "K`iche´"])
def test_every_apostrophe_joins(written: str) -> None:
    assert tokens_of(written) == ("kiche",)


@pytest.mark.parametrize("slip", ["gonzales", "gonzale", "gonzallez", "gnozalez", "ggonzalez"])
def test_one_slip_of_a_letter_is_near(slip: str) -> None:
    assert slip in one_letter_away("gonzalez")


def test_two_slips_are_not_near() -> None:
    assert "gonsales" not in one_letter_away("gonzalez")


def test_a_placeholder_matches_nobody() -> None:
    assert telling_tokens("Unknown UNKNOWN", "Desconocido") == frozenset()
    assert not same_person(telling_tokens("Unknown Perez"), telling_tokens("unknown perez"))


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    once = tokens_of(text)
    assert set(tokens_of(*once)) == set(once)


@given(st.text(alphabet="abcdñé", min_size=4, max_size=9), st.data())
def test_a_letter_left_out_is_always_found(word: str, data: st.DataObject) -> None:
    token = tokens_of(word)[0]
    place = data.draw(st.integers(0, len(token) - 1))
    if len(token) >= 4:
        assert token[:place] + token[place + 1 :] in one_letter_away(token)
