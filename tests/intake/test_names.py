"""Names as sets of folded tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.names import fold, is_near, is_placeholder, sound, tokens

SAME = ("José Pérez López", "LOPEZ PEREZ, Jose", "perez-lopez josé", "  jose   PEREZ lópez ")


def test_case_accents_order_commas_and_hyphens_make_no_difference() -> None:
    assert {tokens(name) for name in SAME} == {("jose", "lopez", "perez")}


@pytest.mark.parametrize("mark", list("'’‘ʼʻ`´ꞌ"))
def test_no_kind_of_apostrophe_makes_a_difference(mark: str) -> None:
    assert fold(f"K{mark}iche{mark}") == "kiche"
    assert tokens(f"Ixb{mark}alan O{mark}Brien") == ("ixbalan", "obrien")


def test_particles_and_initials_take_no_part_unless_there_is_nothing_else() -> None:
    assert tokens("María de los Ángeles J. de la Cruz") == ("angeles", "cruz", "maria")
    assert tokens("De la O") == ("de", "la", "o")


def test_two_equal_family_names_stay_two() -> None:
    assert tokens("Ana Pérez Pérez") == ("ana", "perez", "perez")


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "--", "Unknown unknown", "UNK", "desconocido Desconocida", "Sin nombre", "s/n", "N/A"),
        *("FNU LNU", "no name", "Baby Boy", "Bebé sin nombre", "NIÑA SIN NOMBRE", "John Doe", "n.n."),
    ],
)
def test_placeholder_names_of_both_languages_say_nothing(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Unknown López", ("lopez",)),
        ("Baby Girl Ramírez", ("ramirez",)),
        ("sin nombre Pérez", ("perez",)),
        ("Nina Doe", ("doe", "nina")),
        ("Na Young", ("na", "young")),
    ],
)
def test_the_rest_of_a_name_still_counts_and_real_names_are_no_placeholders(
    name: str, left: tuple[str, ...]
) -> None:
    assert tokens(name) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("velazquez", "belasques"), ("jimenez", "gimenez"), ("hernandez", "ernandes")),
        *(("ximena", "jimena"), ("guillermo", "guiyermo"), ("yovani", "llovani"), ("quiche", "kiche")),
    ],
)
def test_spellings_that_sound_alike_in_spanish_are_near(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert is_near(one, other)


@pytest.mark.parametrize("other", ["peres", "perz", "perrez", "preez", "peret"])
def test_one_letter_is_tolerated_from_five_letters(other: str) -> None:
    assert is_near("perez", other) is (len(other) >= 5)


@pytest.mark.parametrize(("one", "other"), [("luis", "luisa"), ("ana", "ena"), ("perez", "gomez")])
def test_short_or_different_names_are_not_near(one: str, other: str) -> None:
    assert not is_near(one, other)


NAMES = st.text("abcdeñéüzv '’-,.", max_size=24)


@given(NAMES)
def test_folding_twice_changes_nothing_and_tokens_come_back_from_themselves(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert tokens(" ".join(tokens(name))) == tokens(name)


@given(st.text(max_size=60))
def test_any_text_is_folded_without_failing(name: str) -> None:
    assert fold(name) == fold(name).strip()
    assert isinstance(tokens(name), tuple)


@given(st.text("abcvz", min_size=1, max_size=8), st.text("abcvz", min_size=1, max_size=8))
def test_nearness_is_mutual_and_never_of_a_name_to_itself(one: str, other: str) -> None:
    assert is_near(one, other) == is_near(other, one)
    assert not is_near(one, one)
