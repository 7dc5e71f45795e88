"""Foster and group homes."""

from datetime import date, timedelta

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.homes import HOUSEHOLD, foster_homes, openings
from posada.reference.counties import county_state

PLAN_DATE = date(2014, 10, 1)
HOMES = foster_homes(shipped(), state="MD", children_without_kin=3000, seed=1)


def test_beds_suffice_for_about_seven_in_ten() -> None:
    assert sum(home.licensed_capacity for home in HOMES) == pytest.approx(0.71 * 3000, abs=20)


def test_homes_of_a_state_lie_in_it() -> None:
    assert {county_state()[home.county_fips] for home in HOMES} == {"MD"}


def test_beds_sum_to_the_licensed_capacity() -> None:
    assert all(
        home.beds_girls + home.beds_boys + home.beds_any == home.licensed_capacity > 0 for home in HOMES
    )


def test_beds_are_for_those_whom_the_home_accepts() -> None:
    assert all(home.beds_boys == 0 for home in HOMES if home.accepts_sexes == ("F",))
    assert all(home.beds_girls == 0 for home in HOMES if home.accepts_sexes == ("M",))


def test_a_few_licenses_lapsed_and_a_few_checks_expired() -> None:
    lapsed = [h for h in HOMES if h.license_to is None or h.license_to < PLAN_DATE + timedelta(days=30)]
    expired = [h for h in HOMES if h.checks_clear_until is None or h.checks_clear_until < PLAN_DATE]
    assert 0 < len(lapsed) < 0.1 * len(HOMES)
    assert 0 < len(expired) < 0.1 * len(HOMES)


def test_few_foster_homes_are_crowded() -> None:
    crowded = [
        home
        for home in HOMES
        if home.kind == "foster" and len(home.own_children_birth_dates) + home.licensed_capacity > HOUSEHOLD
    ]
    assert len(crowded) < 0.02 * len(HOMES)


def test_maryland_pays_its_board_rate() -> None:
    foster = {home.cost_cents_per_child_day for home in HOMES if home.kind == "foster"}
    assert foster <= {2745, 2795, None}


def test_nobody_without_kin_still_leaves_one_home() -> None:
    assert len(foster_homes(shipped(), state=None, children_without_kin=0, seed=1)) == 1


def test_homes_open_before_the_plan_date() -> None:
    found = openings(shipped(), homes=HOMES, seed=1)
    assert [opening.home_id for opening in found] == [home.home_id for home in HOMES]
    assert all(opening.opens_on <= PLAN_DATE for opening in found)
