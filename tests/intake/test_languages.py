"""The language picker."""

import pytest

from posada.intake.languages import find_languages, language, language_name, program_languages
from posada.programme.codes import is_language
from posada.reference.table import rows


@pytest.mark.parametrize("mark", list("'’‘ʼ`´ꞌ"))
@pytest.mark.parametrize(
    ("name", "code"), [("K{}iche{}", "quc"), ("Q{}eqchi{}", "kek"), ("Q{}anjob{}al", "kjb")]
)
def test_a_language_is_found_with_any_apostrophe(mark: str, name: str, code: str) -> None:
    assert find_languages(name.format(mark, mark))[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Quiché", "quc"), ("quiche", "quc"), ("quc", "quc"), ("kiche", "quc"), ("qut", "quc")),
        *(("mam", "mam"), ("MAM", "mam"), ("Kekchi", "kek"), ("Kanjobal", "kjb"), ("castellano", "spa")),
        *(("español", "spa"), ("Spanish", "spa"), ("es", "spa"), ("kreyol", "hat"), ("Cakchiquel", "cak")),
        *(("Aguacateco", "agu"), ("garifuna", "cab"), ("العربية", "ara"), ("Mixtepec", "mix")),
    ],
)
def test_a_language_is_found_under_each_spelling(text: str, code: str) -> None:
    assert find_languages(text)[0].code == code


def test_nothing_typed_lists_the_programs_own_languages_and_then_the_packages() -> None:
    found = [each.code for each in find_languages("", first=["ixl", "gone", "mix"], limit=6)]
    assert found == ["ixl", "mix", "spa", "hat", "kek", "mam"]


def test_the_programs_languages_come_before_others_that_fit_alike() -> None:
    assert find_languages("ma", limit=3)[0].code == "mam"
    assert find_languages("zapotec", first=["zai"], limit=99)[0].code in ("zap", "zai")


@pytest.mark.parametrize("text", ["Latin", "lat", "Esperanto", "epo", "Klingon", "tlh", "Choltí", "Akkadian"])
def test_dead_and_invented_languages_are_not_offered(text: str) -> None:
    assert text not in {name for each in find_languages(text) for name in (each.code, each.english)}


def test_a_language_has_a_name_in_english_and_spanish_and_a_code_keeps_itself() -> None:
    assert language_name("hat", in_language="es") == "criollo haitiano"
    assert language_name("hat", in_language="en") == "Haitian Creole"
    assert language_name("zzz", in_language="en") == "zzz"
    assert language("lat") is None


def test_every_language_of_the_picker_is_a_code_that_a_program_folder_takes() -> None:
    assert all(
        is_language(each.code) for letter in "abcdefghijklmnopqrstuvwxyz" for each in find_languages(letter)
    )
    assert len({each.code for each in program_languages()}) == len(program_languages())
    assert all(is_language(each.code) and each.spanish and each.own_name for each in program_languages())


def test_the_languages_of_the_published_table_come_first() -> None:
    found = [find_languages(row["language"])[0].code for row in rows("languages")]
    assert found[:5] == [each.code for each in program_languages()[:5]]
    assert set(found) == {each.code for each in program_languages()[:10]}


def test_the_list_is_as_long_as_asked() -> None:
    assert len(find_languages("a", limit=3)) == 3
    assert find_languages("qwertyuiop") == ()
