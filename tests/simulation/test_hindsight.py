"""The bound: above every policy, and above the best course of the year that trying all of them finds."""

from dataclasses import replace

import pytest

from posada.simulation.forecast import learnt_so_far
from posada.simulation.hindsight import hindsight_bound
from posada.simulation.policies import ByPrices, FirstCome
from posada.simulation.run import simulate
from posada.simulation.year import as_it_is
from tests.placement.random_programs import MARYLAND, TODAY, Sizes
from tests.simulation.by_hand import most_children
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

TINY = Sizes(groups=4, homes=2, counsel=0, siblings=3)


@pytest.mark.parametrize("seed", range(40))
def test_no_policy_passes_the_bound(seed: int) -> None:
    year = as_it_is(random_folder(seed, few_edges=seed % 2 == 0), start=TODAY, days=DAYS)
    numbers = replace(NUMBERS, wait_days=(0, 7, 1)[seed % 3])
    bound = hindsight_bound(year, rules=MARYLAND, numbers=numbers)
    forecast = learnt_so_far(year, rules=MARYLAND, numbers=numbers)
    for policy in (FirstCome(), ByPrices(resolve_days=10, forecast=forecast)):
        run = simulate(year, policy=policy, rules=MARYLAND, numbers=numbers)
        assert run.children_placed <= bound


@pytest.mark.parametrize("seed", range(60))
def test_trying_every_course_of_the_year_never_passes_the_bound(seed: int) -> None:
    folder = random_folder(seed, sizes=TINY, few_edges=seed % 2 == 0)
    year = as_it_is(folder, start=TODAY, days=14)
    numbers = replace(NUMBERS, placement_days=5, wait_days=(0, 3, 1)[seed % 3])
    assert most_children(year, rules=MARYLAND, numbers=numbers) <= hindsight_bound(
        year, rules=MARYLAND, numbers=numbers
    )


def test_with_room_for_all_the_bound_is_everybody_who_comes() -> None:
    folder = random_folder(2)
    year = as_it_is(folder, start=TODAY, days=DAYS)
    waiting = {c.sibling_group_id for c in folder.children} - set(folder.held_groups)
    bound = hindsight_bound(year, rules=MARYLAND, numbers=NUMBERS)
    assert 0 < bound <= sum(c.sibling_group_id in waiting for c in folder.children)
