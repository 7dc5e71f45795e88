"""Finding a person by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.names import is_near, tokens
from posada.intake.search import MAX_KEY, lookup_keys, near_keys, rank, search_keys

PEOPLE = [
    ("1", "José Pérez López"),
    ("2", "LOPEZ PEREZ, Jose"),
    ("3", "jose perez"),
    ("4", "María Hernández"),
    ("5", "Josefina Perezoso"),
    ("6", "Unknown unknown"),
]


def ids(text: str) -> list[str]:
    return [hit.person_id for hit in rank(text, PEOPLE)]


@pytest.mark.parametrize("text", ["jose perez", "PÉREZ, JOSÉ", "josé pérez-"])
def test_the_shortest_whole_match_comes_first(text: str) -> None:
    assert ids(text)[:3] == ["3", "1", "2"]


@pytest.mark.parametrize("text", ["Maria Ernandez", "hernandes maria", "marai hernández", "Hernández"])
def test_a_letter_a_sound_and_an_accent_are_forgiven(text: str) -> None:
    assert ids(text) == ["4"]


def test_a_second_family_name_that_is_not_on_file_is_forgiven() -> None:
    assert ids("jose perez lopez") == ["1", "2", "3"]


def test_the_last_word_may_be_only_begun() -> None:
    assert ids("maria her") == ["4"]
    assert ids("her maria") == []


@pytest.mark.parametrize("text", ["", "  ", "unknown", "sin nombre"])
def test_a_query_that_says_nothing_finds_nobody(text: str) -> None:
    assert ids(text) == []
    assert lookup_keys(text) == ()


def test_keys_are_short_and_few() -> None:
    keys = search_keys("José Vega", "J" * 300)
    assert len(keys) <= 8
    assert all(len(key) <= MAX_KEY for key in keys)
    assert len(lookup_keys("w" * 39 + " a b c d e f g h i j")) < 5_000


NAMES = st.lists(
    st.one_of(
        st.sampled_from(["jose", "perez", "peres", "velazquez", "belasques", "hernandez", "ernandes", "ana"]),
        st.text("abcdehqzv", min_size=1, max_size=9),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES)
def test_whoever_would_be_listed_is_found_by_a_stored_key(text: str, name: str) -> None:
    if rank(text, [("1", name)]):
        assert set(search_keys(name)) & set(lookup_keys(text))


@given(NAMES)
def test_a_person_is_found_by_the_own_name(name: str) -> None:
    found = rank(name, [("1", name)])
    assert len(found) == bool(lookup_keys(name))


@given(st.lists(st.tuples(st.text("abc", max_size=2), NAMES), max_size=8), NAMES, st.randoms())
def test_the_order_does_not_hang_on_how_candidates_come(people, text, chance) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert rank(text, people) == rank(text, shuffled)


@given(NAMES, NAMES)
def test_near_tokens_are_stored_under_a_key_that_is_asked_for(one: str, other: str) -> None:
    for here in tokens(one):
        for there in tokens(other):
            if here == there or is_near(here, there):
                assert near_keys(here) & set(search_keys(there))


def test_a_whole_name_asks_for_nothing_that_is_only_begun() -> None:
    assert not any(key.endswith("*") for key in lookup_keys("jose perez", while_typing=False))
