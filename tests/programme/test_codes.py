"""The packaged code lists."""

from posada.programme.codes import countries, is_language, language_hints, languages


def test_the_lists_are_whole() -> None:
    assert len(languages()) > 7_900
    assert len(countries()) == 249 + 3
    assert all(len(code) == 3 and code.islower() for code in languages())


def test_every_hint_leads_to_a_current_code() -> None:
    assert language_hints()["es"] == "spa"
    assert all(target in languages() for target in language_hints().values())
    assert not set(language_hints()) & languages()


def test_codes_for_local_use_are_languages() -> None:
    assert is_language("qtz")
    assert not is_language("zzz")
    assert not is_language("QAA")
