"""What a home reads: what it needs to decide, and no name, no picture, no story, no country, nobody else."""

from datetime import date

import pytest
from django.utils import translation

from posada.office.placement.offer_checks import EXCEPTION, Fault
from posada.office.placement.offer_words import fault_for_home, fault_sentence, told_of
from tests.office.people import group_of, home_of
from tests.office.placement.offered import offer_of, the_day


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def test_an_offer_tells_ages_sexes_languages_needs_and_length() -> None:
    group = group_of(date(2012, 5, 1), date(2026, 9, 1), languages=["spa", "cak"], needs=["asthma", "violin"])
    told = told_of(offer_of(group, home_of()))
    assert told.question == "Can you take in 2 siblings?"
    assert told.children == ["a girl of 14", "a baby girl"]
    assert told.languages == ["Spanish", "Kaqchikel"]
    assert told.needs == ["care with asthma", "violin"]
    assert (told.length, told.has_counsel) == ("About 3 months.", False)


def test_no_name_no_country_and_no_id_is_in_an_offer() -> None:
    group = group_of(given_name="Plantada", family_name="Secreta", country="GTM", languages=["spa"])
    home = home_of()
    said = repr(told_of(offer_of(group, home)))
    child = group.children.get()
    for planted in ("Plantada", "Secreta", "GTM", child.child_id, group.sibling_group_id, home.home_id):
        assert planted not in said


@pytest.mark.parametrize(("sex", "question"), [("F", "a girl"), ("M", "a child"), ("X", "a child")])
def test_one_child_is_asked_for_as_one_child(sex: str, question: str) -> None:
    assert question in told_of(offer_of(group_of(sex=sex), home_of(), length_days=14)).question


def test_a_fault_names_its_day_for_the_worker_and_nothing_of_others_for_the_home() -> None:
    home = home_of()
    license_ends = Fault("license", date(2026, 12, 1))
    assert "1 Dec 2026" in fault_sentence(license_ends, home)
    assert "1 Dec 2026" in fault_for_home(license_ends, home)
    assert "exception" in fault_sentence(Fault(EXCEPTION), home)
    assert "bed" in fault_for_home(Fault("capacity"), home)
    assert "separation" not in fault_for_home(Fault("separation"), home)
    assert "keeps them away" in fault_sentence(Fault("separation"), home)


def test_an_offer_speaks_spanish() -> None:
    with translation.override("es"):
        told = told_of(offer_of(group_of(languages=["spa"]), home_of(), length_days=None))
    assert told.languages == ["español"]
    assert told.question.startswith("¿")
