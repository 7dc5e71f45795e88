"""Distances between counties, against known ones and another formula."""

from itertools import product

from posada.placement.distance import distance_tenths_km
from tests.placement.oracle_rules import tenths_between
from tests.placement.random_programs import COUNTIES


def test_baltimore_is_as_far_from_its_neighbors_as_a_map_says() -> None:
    """Baltimore city to Prince George's, Montgomery and Manhattan, in tenths of a kilometre."""
    assert 450 < distance_tenths_km("24510", "24033") < 600
    assert 500 < distance_tenths_km("24510", "24031") < 700
    assert 2600 < distance_tenths_km("24510", "36061") < 2900
    assert 39000 < distance_tenths_km("24510", "06037") * 1.05 < 41500


def test_an_unknown_place_is_no_distance() -> None:
    assert distance_tenths_km(None, "24510") == 0
    assert distance_tenths_km("24510", "24510") == 0


def test_the_way_back_is_as_long_and_another_formula_agrees() -> None:
    for here, there in product((*COUNTIES, "02016", "15003", "06037"), repeat=2):
        assert distance_tenths_km(here, there) == distance_tenths_km(there, here)
        assert distance_tenths_km(here, there) == tenths_between(here, there)
