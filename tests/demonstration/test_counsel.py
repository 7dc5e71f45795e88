"""Courts, hearings and counsel."""

from collections import Counter
from datetime import date

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.counsel import counsel, courts_named, hearings, home_courts
from posada.demonstration.families import families
from posada.demonstration.places import court_counties

FAMILIES = families(shipped(), scope="national", children=6000, seed=1)
COUNTIES = court_counties(shipped())
HOME_COURT = home_courts(
    families=FAMILIES, county_of_group={"g00001": "24033"}, counties=COUNTIES, state=None, seed=1
)
COUNSEL = counsel(shipped(), home_court=HOME_COURT, seed=1)
HEARINGS = hearings(shipped(), home_court=HOME_COURT, seed=1)


def test_a_group_with_kin_has_the_court_of_their_county() -> None:
    assert HOME_COURT["g00001"] == "baltimore"
    assert HOME_COURT.keys() == {family.sibling_group_id for family in FAMILIES}


def test_places_with_counsel_suffice_for_about_a_third() -> None:
    slots = sum(one.open_slots for one in COUNSEL)
    assert slots / len(FAMILIES) == pytest.approx(0.32, abs=0.02)


def test_courts_differ_as_published() -> None:
    slots: Counter[str] = Counter()
    for one in COUNSEL:
        slots[one.courts[0]] += one.open_slots
    demand = Counter(HOME_COURT.values())
    rate = {court: slots[court] / demand[court] for court in ("arlington-former", "new-york-federal-plaza")}
    assert rate["new-york-federal-plaza"] > 1.5 * rate["arlington-former"]


def test_some_hearings_are_at_another_court() -> None:
    elsewhere = [one for one in HEARINGS if one.court_code != HOME_COURT[one.sibling_group_id]]
    assert 0.05 < len(elsewhere) / len(HEARINGS) < 0.15
    assert all(one.hearing_date > date(2014, 10, 1) for one in HEARINGS)


def test_every_court_named_is_given() -> None:
    codes = {court.court_code for court in courts_named(counties=COUNTIES, hearings=HEARINGS)}
    assert {one.court_code for one in HEARINGS} <= codes
    assert {code for one in COUNSEL for code in one.courts} <= codes


def test_a_small_program_is_not_given_counsel_at_every_court() -> None:
    few = dict(list(HOME_COURT.items())[:60])
    assert sum(one.open_slots for one in counsel(shipped(), home_court=few, seed=1)) < 40
