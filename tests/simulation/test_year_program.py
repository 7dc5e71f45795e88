"""Any prices prove a bound; good prices prove the optimum of the linear program."""

import numpy as np
import pytest

from posada.placement.solve import solve_relaxation
from posada.simulation import year_program
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.room_rows import stretch
from posada.simulation.year import as_it_is
from posada.simulation.year_program import (
    Item,
    Pairs,
    RoomRows,
    left_at,
    pairs_of,
    proven_bound,
    room_prices,
    room_rows,
    start_program,
)
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, random_folder


def program_of(seed: int) -> tuple[list[Item], Pairs, RoomRows]:
    year = as_it_is(random_folder(seed), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    groups = GroupsToday(year, homes)
    items = [
        Item(groups.on(group, comes), 1.0, comes.toordinal(), year.last.toordinal())
        for group, comes in year.arrival.items()
        if groups.waiting_children(group) and group not in year.program.held_groups
    ]
    across = stretch(homes, first=year.start, last=year.last)
    pairs = pairs_of(items, across, homes)
    return items, pairs, room_rows(items, pairs, across)


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_prices_prove_the_programs_optimum_and_any_prices_a_bound(
    seed: int, is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(year_program, "MANY_PAIRS", 0 if is_large else 400_000)
    items, pairs, rows = program_of(seed)
    if not len(pairs.item):
        return
    optimum = float(solve_relaxation(start_program(items, pairs, rows)).value)
    prices = room_prices(items, pairs, rows)
    assert proven_bound(items, pairs, rows, prices) == pytest.approx(optimum, abs=0.01)
    for wild in (np.zeros_like(prices), prices + 0.5, np.random.default_rng(seed).random(len(prices))):
        assert proven_bound(items, pairs, rows, wild) >= optimum - 1e-6


def test_what_is_left_of_a_pair_is_its_value_less_the_room_that_it_takes() -> None:
    _, pairs, rows = program_of(3)
    prices = np.zeros(len(rows.room))
    assert np.array_equal(left_at(pairs, rows, prices), pairs.value)
    prices[rows.row[0]] = 1.0
    pair = rows.pair[0]
    assert left_at(pairs, rows, prices)[pair] == pairs.value[pair] - rows.load[0]


def test_no_homes_or_no_groups_make_no_pairs() -> None:
    year = as_it_is(random_folder(3), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    across = stretch(homes, first=year.start, last=year.last)
    pairs = pairs_of([], across, homes)
    rows = room_rows([], pairs, across)
    assert (len(pairs.item), len(rows.room), len(room_prices([], pairs, rows))) == (0, 0, 0)
    assert proven_bound([], pairs, rows, room_prices([], pairs, rows)) == 0.0
