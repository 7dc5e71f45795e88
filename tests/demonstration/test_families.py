"""Sibling groups drawn from published shares."""

from datetime import date

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.chance import Chance
from posada.demonstration.families import birth_date, families, same_day
from posada.records import Child
from posada.records.people import age_on

FAMILIES = families(shipped(), scope="national", children=6000, seed=1)
CHILDREN = [child for family in FAMILIES for child in family.children]
PLAN_DATE = date(2014, 10, 1)


def share(children: list[Child], *, low: int, high: int) -> float:
    return sum(low <= age_on(child.birth_date, PLAN_DATE) <= high for child in children) / len(children)


def test_the_number_of_children_is_exact() -> None:
    assert len(CHILDREN) == 6000
    assert len({child.child_id for child in CHILDREN}) == 6000


def test_ages_follow_the_published_shares() -> None:
    assert share(CHILDREN, low=0, high=12) == pytest.approx(0.21, abs=0.02)
    assert share(CHILDREN, low=13, high=14) == pytest.approx(0.16, abs=0.02)
    assert share(CHILDREN, low=15, high=16) == pytest.approx(0.36, abs=0.02)
    assert share(CHILDREN, low=17, high=17) == pytest.approx(0.27, abs=0.02)


def test_sexes_and_countries_follow_the_published_shares() -> None:
    assert sum(child.sex == "M" for child in CHILDREN) / 6000 == pytest.approx(0.66, abs=0.02)
    for country, published in {"HND": 0.34, "GTM": 0.32, "SLV": 0.29}.items():
        assert sum(child.country == country for child in CHILDREN) / 6000 == pytest.approx(
            published, abs=0.03
        )


def test_nobody_is_eighteen_or_arrived_before_birth_or_after_the_plan_date() -> None:
    assert all(age_on(child.birth_date, PLAN_DATE) < 18 for child in CHILDREN)
    assert all(
        child.arrived_on is None or child.birth_date <= child.arrived_on < PLAN_DATE for child in CHILDREN
    )


def test_siblings_share_country_and_place() -> None:
    for family in FAMILIES:
        assert len({child.country for child in family.children}) == 1
        assert len({child.location_fips for child in family.children}) == 1


def test_indigenous_languages_are_best_languages_of_some() -> None:
    best = {child.languages[0] for child in CHILDREN if child.languages}
    assert {"spa", "mam", "quc", "kek", "kjb"} <= best


def test_a_family_knows_its_languages_and_needs() -> None:
    family = next(family for family in FAMILIES if family.needs)
    assert set(family.needs) == {need for child in family.children for need in child.needs}
    assert set(family.languages) == {code for child in family.children for code in child.languages}


def test_a_leap_day_has_birthdays() -> None:
    assert same_day(date(2024, 2, 29), years_ago=1) == date(2023, 2, 28)


@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2026, 11, 25)])
def test_who_is_born_for_an_age_is_of_that_age(on: date) -> None:
    chance = Chance(4, part="ages")
    for age in (0, 1, 17):
        assert {age_on(birth_date(chance, age=age, on=on), on) for _ in range(2000)} == {age}
