"""Two names side by side."""

from datetime import date

import pytest

from posada.intake.name_match import Birth, NameMatch, are_siblings, birth_match, name_match, names_agree

BORN = date(2010, 3, 4)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (BORN, Birth.SAME),
        (date(2010, 4, 3), Birth.CLOSE),
        (date(2011, 3, 4), Birth.CLOSE),
        (date(2010, 3, 14), Birth.CLOSE),
        (None, Birth.UNKNOWN),
        (date(2011, 3, 5), Birth.APART),
    ],
)
def test_birth_dates_are_the_same_close_unknown_or_apart(other: date | None, found: Birth) -> None:
    assert birth_match(BORN, other) is found
    assert birth_match(other, BORN) is found


def test_each_token_is_used_once_and_the_rest_is_named() -> None:
    found = name_match(("ana", "peres", "perez"), ("lopez", "perez", "perez"))
    assert found == NameMatch(("perez",), (("peres", "perez"),), ("ana",), ("lopez",))


WHOLE = NameMatch(("jose", "lopez", "perez"), (), (), ())
SHORTER = NameMatch(("jose", "perez"), (), (), ("lopez",))
ANOTHER = NameMatch(("jose", "perez"), (), ("gomez",), ("lopez",))
ONE = NameMatch(("lopez",), (), (), ("jose", "perez"))
NONE = NameMatch((), (), ("jose",), ("ana",))


@pytest.mark.parametrize(
    ("match", "asked"),
    [
        (WHOLE, {Birth.SAME, Birth.CLOSE, Birth.UNKNOWN, Birth.APART}),
        (SHORTER, {Birth.SAME, Birth.CLOSE, Birth.UNKNOWN}),
        (ANOTHER, {Birth.SAME}),
        (ONE, {Birth.SAME}),
        (NONE, set()),
    ],
)
def test_the_less_of_a_name_agrees_the_more_the_birth_date_has_to(
    match: NameMatch, asked: set[Birth]
) -> None:
    assert {born for born in Birth if names_agree(match, born=born, unlike_sex=False)} == asked


@pytest.mark.parametrize(
    ("given", "other", "same_group", "told_apart"),
    [
        (("ana",), ("luis",), False, True),
        (("daniel",), ("daniela",), True, True),
        (("daniel",), ("daniela",), False, False),
        (("jose", "maria"), ("elena", "maria"), True, True),
        (("jose", "maria"), ("elena", "maria"), False, False),
        (("ana",), ("ana", "maria"), True, False),
        ((), ("ana",), True, False),
    ],
)
def test_given_names_tell_siblings_apart(
    given: tuple[str, ...], other: tuple[str, ...], same_group: bool, told_apart: bool
) -> None:
    whole = ((*given, "lopez"), (*other, "lopez"))
    assert are_siblings(given, other, whole=whole, same_group=same_group) is told_apart


def test_swapped_columns_are_no_siblings() -> None:
    whole = (("jose", "lopez", "perez"), ("jose", "lopez", "perez"))
    assert not are_siblings(("jose",), ("lopez", "perez"), whole=whole, same_group=True)
