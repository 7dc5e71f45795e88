"""The words of licensing are complete and the same in both languages."""

import re

import pytest

from posada.licensing.check_types import check_rules
from posada.licensing.checks import Lack, MissingCheck, State
from posada.licensing.enquiry import Ending, Stage
from posada.licensing.expiry import Expires
from posada.licensing.study import Obstacle
from posada.licensing.triage import FITS, Reason
from posada.licensing.wording import missing_in_words, obstacle_in_words, reason_in_words, words, words_in
from posada.rulebook import shipped_policies
from tests.licensing.made import DAY


def test_both_languages_have_the_same_keys_and_fields() -> None:
    english, spanish = words_in("en"), words_in("es")
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", spanish[key])), key


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_words(language: str) -> None:
    told = words_in(language)
    codes = {
        *(f"stage.{each}" for each in Stage),
        *(f"ending.{each}" for each in Ending),
        *(f"state.{each}" for each in State),
        *(f"expires.{each}" for each in Expires),
        *(f"reason.{each}" for each in (*FITS, "kin", "no_owner")),
        *(f"check.{t.type_id}" for name in shipped_policies() for t in check_rules(name, on=DAY).types),
    }
    assert codes <= told.keys()


def test_a_third_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en and es"):
        words("stage.open", language="fr")


def test_a_reason_names_county_language_and_children_in_words() -> None:
    values = (("children", "1"), ("county_fips", "24033"), ("languages", "mam;quc"), ("beds", "1"))
    found = reason_in_words(Reason("fills_shortage", values), language="es")
    assert found == (
        "Un hogar así en Prince George's County que hable mam o k’iche’ permitiría alojar a 1 niño o niña."
    )
    plain = reason_in_words(Reason("fills_shortage", (*values[:2], ("languages", ""))), language="en")
    assert plain == "A home like this in Prince George's County would let 1 child be placed."


@pytest.mark.parametrize("code", [*FITS, "kin", "no_owner"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_becomes_a_whole_sentence(code: str, language: str) -> None:
    values = (("date", "2026-11-24"), ("children", "2"), ("county_fips", "24033"), ("languages", "xyz"))
    found = reason_in_words(Reason(code, values), language=language)
    assert found.endswith(".")
    assert "{" not in found


@pytest.mark.parametrize("lack", Lack)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_check_lacks_is_told_with_and_without_a_day(lack: Lack, language: str) -> None:
    for since in (DAY, None) if lack is not Lack.EXPIRED else (DAY,):
        found = MissingCheck("health", "carer", lack, since, "checks.health.covers", "source")
        assert missing_in_words(found, language=language).endswith(".")


def test_a_check_that_has_no_words_yet_is_called_by_its_id() -> None:
    found = Obstacle("checks.water_well.covers", "check_missing", (("check", "water_well"),))
    assert obstacle_in_words(found, language="en") == "Missing: water well."
