"""What a policy may expect: years of seeds that no run has, or what came so far – never the days to come."""

from datetime import date

import pytest

from posada.simulation.forecast import learnt_elsewhere, learnt_so_far
from posada.simulation.year import DAY, as_it_is, drawn
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

FOLDER = random_folder(3)
OWN = as_it_is(FOLDER, start=TODAY, days=DAYS)


def drawn_year(seed: int) -> set[tuple[str, date]]:
    year = drawn(FOLDER, start=TODAY, days=DAYS, seed=seed, arrivals=1.0, shift=3)
    return {(group, day) for group, day in year.arrival.items() if "~" in group}


def test_years_are_learnt_from_the_seeds_below_zero() -> None:
    expect = learnt_elsewhere(FOLDER, year=OWN, rules=MARYLAND, numbers=NUMBERS, arrivals=1.0)
    years = [
        {(g.group_id, day) for g, day in year if "~" in g.group_id} for year in expect(TODAY - DAY).years
    ]
    assert len(years) == NUMBERS.forecast_years == 2
    assert years[0] <= drawn_year(-1)
    assert years[1] <= drawn_year(-2)
    assert all(years[0] != drawn_year(seed) for seed in range(20))


@pytest.mark.parametrize("learn", ["elsewhere", "so far"])
@pytest.mark.parametrize("number", [0, 20, 59])
def test_only_days_after_the_day_asked_about_are_expected(number: int, learn: str) -> None:
    expect = learnt_so_far(OWN, rules=MARYLAND, numbers=NUMBERS)
    if learn == "elsewhere":
        expect = learnt_elsewhere(FOLDER, year=OWN, rules=MARYLAND, numbers=NUMBERS, arrivals=1.0)
    day = TODAY + number * DAY
    assert all(day < comes <= OWN.last for year in expect(day).years for _, comes in year)


def test_what_came_so_far_is_expected_at_the_same_rate() -> None:
    expect = learnt_so_far(OWN, rules=MARYLAND, numbers=NUMBERS)
    day = TODAY + 30 * DAY
    known = {group for group, comes in OWN.arrival.items() if TODAY < comes <= day}
    for year in expect(day).years:
        assert {group.group_id for group, _ in year} <= known
        assert abs(len(year) - len(known) * 29 / 30) <= 1 + len(FOLDER.held_groups)
    assert list(expect(TODAY).years) == []


def test_openings_are_expected_as_another_year_had_them_or_as_they_are_now() -> None:
    home = FOLDER.openings[0].home_id
    named = {row.home_id for row in FOLDER.openings}
    other = next(h.home_id for h in FOLDER.homes if h.home_id not in named)
    elsewhere = learnt_elsewhere(FOLDER, year=OWN, rules=MARYLAND, numbers=NUMBERS, arrivals=1.0)(TODAY)
    moved = drawn(FOLDER, start=TODAY, days=DAYS, seed=-1, arrivals=1.0, shift=3).program.openings
    assert [opens for opens, _ in elsewhere.opens(home, False)] == [
        row.opens_on for row in moved if row.home_id == home
    ]
    assert elsewhere.opens(other, True) == [(date.min, date.max)]
    so_far = learnt_so_far(OWN, rules=MARYLAND, numbers=NUMBERS)(TODAY)
    assert so_far.opens(home, True) == [(date.min, date.max)]
    assert so_far.opens(home, False) == []
