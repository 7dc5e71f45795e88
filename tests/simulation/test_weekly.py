"""Loads a week by county, worker and counsel, and their caps."""

from dataclasses import replace

import pytest

from posada.simulation.numbers import Numbers
from posada.simulation.weekly import LoadTold, WeeklyLoad, by_counsel
from tests.simulation.random_years import NUMBERS, random_folder

HOME = random_folder(3).homes[0]
HOMES = [replace(HOME, home_id=f"h{n}", county_fips="24031" if n < 3 else "24033") for n in range(4)]


def loaded(numbers: Numbers) -> WeeklyLoad:
    load = WeeklyLoad(HOMES, numbers=numbers)
    load.next_week()
    load.add("24031", 3)
    return load


def test_loads_are_told_over_weeks_counties_and_workers() -> None:
    load = loaded(NUMBERS)  # two homes a worker: two workers in the first county, one in the second
    load.next_week()
    load.add("24033", 2)
    assert load.by_county() == LoadTold(most=3.0, mean=5 / 4, whose="24031 in week 1")
    assert load.by_worker() == LoadTold(most=2.0, mean=5 / 6, whose="24033 in week 2")


@pytest.mark.parametrize(("children", "fits"), [(1, True), (2, False)])
def test_a_county_takes_no_more_than_its_cap(children: int, fits: bool) -> None:
    assert loaded(replace(NUMBERS, county_week_children=4)).has_room("24031", children) is fits


@pytest.mark.parametrize(("children", "fits"), [(1, True), (2, False)])
def test_its_workers_take_no_more_than_theirs(children: int, fits: bool) -> None:
    assert loaded(replace(NUMBERS, worker_week_children=2)).has_room("24031", children) is fits


def test_a_group_above_a_cap_may_come_alone_in_its_week() -> None:
    load = loaded(replace(NUMBERS, county_week_children=2))
    assert load.has_room("24033", 5)
    assert not load.has_room("24031", 1)
    load.next_week()
    assert load.has_room("24031", 5)


def test_counsel_loads_are_told_over_weeks_and_counsel() -> None:
    assert by_counsel([{}, {0: 1, 1: 2}], ids=["k", "l", "m"]) == LoadTold(2.0, 0.5, "l in week 2")
    assert by_counsel([], ids=[]) == LoadTold(most=0.0, mean=0.0)
