"""Weights of places, and courts of counties."""

from datetime import date

import pytest

from posada.demonstration.assumptions import Assumption, shipped, with_changes
from posada.demonstration.places import (
    all_courts,
    arrival_months,
    border_counties,
    county_weights,
    court_counties,
    great_circle_km,
    state_counts,
)
from posada.reference.counties import county_points, county_state


def shares(state: str | None) -> dict[str, float]:
    weights = county_weights(state)
    before = (0.0, *weights.cumulative)
    return {name: weights.cumulative[at] - before[at] for at, name in enumerate(weights.names)}


def test_published_counties_have_their_published_counts() -> None:
    found = shares("MD")
    assert found["24033"] == pytest.approx(960)
    assert found["24031"] == pytest.approx(816)
    assert sum(found.values()) == pytest.approx(2804)


def test_a_state_draws_only_its_own_counties() -> None:
    assert {county_state()[fips] for fips in shares("MD")} == {"MD"}
    assert len(shares(None)) > 3000


def test_states_have_the_one_complete_list() -> None:
    assert len(state_counts()) == 51
    assert state_counts()["MD"] == 2205


def test_arrivals_stay_within_the_period_before_the_plan_date() -> None:
    assert arrival_months(shipped(), scope="national").names[0] == "2013-10"
    assert arrival_months(shipped(), scope="maryland").names == tuple(f"2014-0{m}" for m in range(1, 10))


def test_most_were_taken_up_in_the_rio_grande_valley() -> None:
    june = border_counties(shipped())["2014-06"]
    before = (0.0, *june.cumulative)
    largest = max(range(len(june.names)), key=lambda at: june.cumulative[at] - before[at])
    assert june.names[largest] == "48215"


def test_every_county_of_a_state_has_one_packaged_court() -> None:
    found = court_counties(shipped())
    assert len({row.county_fips for row in found}) == len(found) == len(county_points())
    assert {row.court_code for row in found} <= all_courts().keys()


def test_maryland_goes_to_baltimore_until_hyattsville_opens() -> None:
    assert {row.court_code for row in court_counties(shipped(), state="MD")} == {"baltimore"}
    later = with_changes(shipped(), {"program.plan_date": Assumption(date(2022, 3, 1), "assumption")})
    courts = {row.county_fips: row.court_code for row in court_counties(later, state="MD")}
    assert (courts["24033"], courts["24510"]) == ("hyattsville", "baltimore")


def test_a_county_between_courts_goes_to_the_nearest() -> None:
    courts = {row.county_fips: row.court_code for row in court_counties(shipped(), state="TX")}
    assert (courts["48141"], courts["48215"]) == ("el-paso", "harlingen")


def test_distances_are_great_circles() -> None:
    assert great_circle_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
