"""Words, numbers and dates."""

import re
from datetime import date

import pytest

from posada.page.wording import LANGUAGES, Wording, sentences


def test_both_languages_have_the_same_keys() -> None:
    assert sentences("en").keys() == sentences("es").keys()


@pytest.mark.parametrize("key", sorted(sentences("en")))
def test_a_sentence_has_the_same_gaps_in_both_languages(key: str) -> None:
    gaps = [sorted(re.findall(r"\{\w+\}", sentences(language)[key])) for language in LANGUAGES]
    assert gaps[0] == gaps[1]


def test_spanish_differs_from_english_except_in_names_and_signs() -> None:
    same = {key for key, text in sentences("es").items() if text == sentences("en")[key]}
    assert {key for key in same if not key.startswith(("states.", "format."))} == {"about.version_value"}


def test_numbers_are_written_as_the_language_writes_them() -> None:
    words = Wording("en")
    assert words.number(57496) == "57,496"
    assert words.money(1491840) == "$14,918.40"
    assert words.money(5) == "$0.05"
    assert words.kilometers(34123) == "3,412.3\N{NO-BREAK SPACE}km"
    assert words.percent(0.0104) == "1.0%"
    assert words.percent(0.0000001) == "under 0.1%"
    assert Wording("es").percent(0.0104) == "1.0\N{NO-BREAK SPACE}%"


def test_dates_are_written_in_full() -> None:
    assert Wording("en").day(date(2026, 11, 24)) == "Tuesday, November 24, 2026"
    assert Wording("es").day(date(2026, 11, 24)) == "martes 24 de noviembre de 2026"


def test_another_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="en or es, not in 'fr'"):
        Wording("fr")
