"""Words in two languages."""

from datetime import date
from string import Formatter

import pytest

from posada.docket.calendar import holidays_of
from posada.docket.wording import (
    LANGUAGES,
    amount_in_words,
    day_in_words,
    holiday_in_words,
    words_in,
)


def test_both_languages_have_the_same_keys_and_the_same_places_to_fill() -> None:
    english, spanish = (words_in(language) for language in LANGUAGES)
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        fields = [
            {name for _, name, _, _ in Formatter().parse(each) if name} for each in (text, spanish[key])
        ]
        assert fields[0] == fields[1], key


def test_every_holiday_has_a_name_in_both_languages() -> None:
    for name in holidays_of(2027).values():
        for language in LANGUAGES:
            assert holiday_in_words(name, language=language)
            assert f"holiday.{name.removesuffix(' (observed)')}" in words_in(language)


def test_one_is_singular() -> None:
    assert amount_in_words(1, "years", language="en") == "1 year"
    assert amount_in_words(2, "years", language="es") == "2 años"


def test_a_day_is_told_with_its_weekday() -> None:
    assert day_in_words(date(2026, 11, 25), language="es") == "miércoles 25 de noviembre de 2026"


def test_a_third_language_is_refused() -> None:
    with pytest.raises(ValueError, match="speaks en and es"):
        words_in("fr")
