"""A text that a spreadsheet could run anywhere is marked; any other is left alone; the marks go again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.reference.formula_signs import MARK, begins_formula, inert, not_inert

SIGNS = "a'=+@;\t\n\" -\u2060\u3164＝1"


@pytest.mark.parametrize(
    "before", ["", " ", "\u3000", "\u2060", "\u200e", "\u00ad", "\x0b", "\ufe0f", "\u3164", '"']
)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠", "﹦", "\u2212"])
def test_a_formula_begins_behind_what_is_not_seen(before: str, sign: str) -> None:
    assert begins_formula(before + sign + "1")
    assert inert(before + sign + "1") == MARK + before + sign + "1"


@pytest.mark.parametrize("text", ["", "Ana", "Añez", "María José; 12", "2014-05-01", "中", "(a)", "mam;spa"])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert inert(text) == text


@given(st.text(SIGNS, max_size=10))
def test_no_part_begins_a_formula_and_the_text_comes_back(text: str) -> None:
    made = inert(text)
    assert not any(begins_formula(part) for part in re.split("[;\t\n]", made))
    bare = not_inert(made)
    assert text in (bare, bare[1:])
