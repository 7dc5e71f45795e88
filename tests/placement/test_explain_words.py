"""The words of explanations: both languages whole, every rule has words, and the English is easy to read."""

import re

import pytest

from posada.placement.check import CODES
from posada.placement.check_homes import HOME_RULES
from posada.placement.explain import Explanation, Point
from posada.placement.explain_words import LANGUAGES, rule_words, sentences_of, words_in
from tests.placement.test_explain import everyone

COUNSEL = {"no_court", "no_counsel_at_court", "caseload_full", "conflict", "available_too_late"}


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    english, spanish = (words_in(language) for language in LANGUAGES)
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        gaps = set(re.findall(r"\{\w+\}", text)) ^ set(re.findall(r"\{\w+\}", spanish[key]))
        assert not gaps or key == "waiting.find_one", key


def test_spanish_differs_from_english_except_in_names_and_signs() -> None:
    same = {key for key, text in words_in("es").items() if text == words_in("en")[key]}
    assert {key for key in same if not key.startswith(("languages.", "join."))} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words(language: str) -> None:
    for code in (*HOME_RULES, *COUNSEL, "pinned", "no_room", "no_lawful_home", "incomplete_group"):
        assert rule_words(code, language=language)
    assert set(HOME_RULES) | COUNSEL <= CODES
    for code in COUNSEL:
        assert f"counsel.{code}" in words_in(language)


def test_another_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="en or es, not in 'fr'"):
        words_in("fr")


def test_lists_are_joined_as_the_language_joins_them() -> None:
    def spoken(*codes: str, language: str) -> str:
        values = {"counsel": "k1", "court": "BAL"}
        point = Point("counsel.takes_language", values, languages=codes)
        return sentences_of(Explanation("g1", "placed", "h1", "k1", (point,)), language=language)[0]

    assert spoken("mam", "spa", "eng", language="en").endswith("and speaks Mam, Spanish and English.")
    assert spoken("spa", "eng", language="es").endswith("habla español e inglés.")
    assert spoken("spa", "xyz", language="es").endswith("habla español y xyz.")


def test_every_sentence_that_a_plan_can_need_is_whole_in_both_languages() -> None:
    for _, _, found in everyone(60):
        for language in LANGUAGES:
            for sentence in sentences_of(found, language=language):
                assert re.fullmatch(r"[A-ZÁÉÍÓÚ¿].*\.", sentence), sentence
                assert "{" not in sentence
                assert "  " not in sentence


def grade(text: str) -> float:
    """The Flesch-Kincaid grade level (Kincaid and others 1975), syllables by groups of vowels."""
    sentences = [part for part in re.split(r"[.:;]\s", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e").removesuffix("es"))))
        for word in words
    )
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_the_english_is_for_a_sixth_grader() -> None:
    grades = [grade(" ".join(sentences_of(found, language="en"))) for _, _, found in everyone(60)]
    assert max(grades) < 7
    assert sum(grades) / len(grades) < 6
