"""Counties and languages have names in the language of the page."""

from datetime import date

from django.utils.translation import override

from posada.office.shown_names import county, day_words, languages


def test_a_county_has_its_name_and_an_unknown_one_its_code() -> None:
    assert county("24031") == "Montgomery County"
    assert county("99999") == "99999"


def test_languages_are_named_in_the_language_of_the_page() -> None:
    assert languages(["spa", "mam"]) == "Spanish, Mam"
    with override("es"):
        assert languages(["spa"]).lower().startswith("español")
    assert languages([]) == "not known"


def test_a_day_is_written_as_the_language_writes_it() -> None:
    assert day_words(date(2014, 10, 1)) == "Wed 1 Oct 2014"
    with override("es"):
        assert day_words(date(2014, 10, 1)) == "mié 1 oct 2014"
    assert day_words(date.max) == "no end is known"
