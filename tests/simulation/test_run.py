"""The day loop against a loop by hand; every rule and every cap on every day; the same year, the same run."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from posada.simulation.forecast import learnt_so_far
from posada.simulation.numbers import Numbers
from posada.simulation.policies import ByPrices, FirstCome
from posada.simulation.run import Run, simulate
from posada.simulation.year import Year, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.by_hand import breaks, first_come_by_hand
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

CAPPED = replace(NUMBERS, county_week_children=3, worker_week_children=2, counsel_week_groups=1)


def year_of(seed: int) -> Year:
    return as_it_is(random_folder(seed, few_edges=seed % 2 == 0), start=TODAY, days=DAYS)


def moves(run: Run) -> list[tuple[date, str, str]]:
    return [(offer.day, offer.group_id, offer.home_id) for offer in run.offers]


def by_prices(year: Year, numbers: Numbers) -> Run:
    forecast = learnt_so_far(year, rules=MARYLAND, numbers=numbers)
    policy = ByPrices(resolve_days=numbers.resolve_days, forecast=forecast)
    return simulate(year, policy=policy, rules=MARYLAND, numbers=numbers)


@pytest.mark.parametrize("seed", [*range(40), 124])
def test_first_come_is_the_same_as_a_loop_by_hand(seed: int) -> None:
    year, numbers = year_of(seed), replace(NUMBERS, wait_days=(0, 7, 1)[seed % 3])
    run = simulate(year, policy=FirstCome(), rules=MARYLAND, numbers=numbers)
    assert moves(run) == first_come_by_hand(year, rules=MARYLAND, numbers=numbers)


@pytest.mark.parametrize("seed", range(40))
def test_by_prices_every_rule_holds_on_every_day(seed: int) -> None:
    year, numbers = year_of(seed), replace(NUMBERS, wait_days=(0, 7, 1)[seed % 3])
    assert breaks(moves(by_prices(year, numbers)), year, rules=MARYLAND, numbers=numbers) == []


@pytest.mark.parametrize("seed", range(12))
def test_caps_hold_in_every_week(seed: int) -> None:
    year = year_of(seed)
    first = simulate(year, policy=FirstCome(), rules=MARYLAND, numbers=CAPPED)
    for run in (first, by_prices(year, CAPPED)):
        assert breaks(moves(run), year, rules=MARYLAND, numbers=CAPPED) == []
        assert run.counsel_load.most <= 1


def test_a_cap_delays_children_and_is_reached() -> None:
    years = [year_of(seed) for seed in range(0, 12, 2)]
    free, capped = (
        [simulate(year, policy=FirstCome(), rules=MARYLAND, numbers=numbers) for year in years]
        for numbers in (NUMBERS, CAPPED)
    )
    assert sum(r.mean_days_waited for r in capped) > sum(r.mean_days_waited for r in free)
    assert max(r.county_load.most for r in free) > max(r.county_load.most for r in capped) >= 3


@pytest.mark.parametrize("seed", range(6))
def test_the_same_year_gives_the_same_run(seed: int) -> None:
    assert by_prices(year_of(seed), NUMBERS) == by_prices(year_of(seed), NUMBERS)


@pytest.mark.parametrize("seed", range(12))
def test_every_group_is_told_of_once_and_counsel_takes_no_more_than_its_slots(seed: int) -> None:
    year = year_of(seed)
    run = by_prices(year, replace(NUMBERS, wait_days=10))
    told = [offer.group_id for offer in run.offers]
    told += [*run.never_placed, *run.aged_out, *run.gone_elsewhere]
    assert len(told) == len(set(told))
    assert set(told) <= set(year.arrival) - set(year.program.held_groups)
    taken = Counter(run.counsel_of.values())
    assert all(taken[each.counsel_id] <= each.open_slots for each in year.program.counsel)
    assert run.counsel_of.keys() <= {offer.group_id for offer in run.offers}
    assert run.children_represented <= run.children_placed


def test_an_empty_program_runs() -> None:
    year = as_it_is(replace(random_folder(1), children=(), placements=()), start=TODAY, days=3)
    run = by_prices(year, NUMBERS)
    assert (run.offers, run.children_placed, run.mean_days_waited) == ((), 0, 0.0)
