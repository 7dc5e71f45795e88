"""Chains of moves: what they gain is what they promise, and rooms are kept in the end."""

import numpy as np
import pytest

from posada.placement.engine_chains import Table, _State, best_chain, search_chains


def table_of(seed: int, *, items: int = 40, bins: int = 5, spare: float = 1.15) -> Table:
    chance = np.random.default_rng(seed)
    load = chance.integers(1, 20, size=(bins, items)).astype(np.float64)
    cost = 25 - load + chance.integers(-5, 6, size=(bins, items))
    room = np.floor(np.full(bins, spare * load.mean() * items / bins * 0.8))
    return Table(cost=cost, load=load, room=room, price=np.full(bins, 0.8))


def priced(state: _State) -> float:
    """Cost, and what overfilling costs on top."""
    over = np.maximum(state.table.used(state.chosen) - state.table.room, 0.0)
    return state.table.total(state.chosen) + float(state.over_price @ over)


@pytest.mark.parametrize("seed", range(10))
def test_every_chain_that_is_followed_lowers_the_priced_cost(seed: int) -> None:
    table = table_of(seed)
    start = np.random.default_rng(seed).integers(0, 5, size=40)
    state = _State(table=table, chosen=start, over_price=np.full(5, 1.3))
    followed = 0
    for item in range(40):
        before = priced(state)
        chain, _ = best_chain(state, item)
        if chain:
            state.follow(chain)
            followed += 1
            assert priced(state) < before
            assert np.allclose(state.excess, table.used(state.chosen) - table.room)
    assert followed > 5


@pytest.mark.parametrize("seed", range(5))
def test_an_overfilled_start_ends_in_kept_rooms_and_no_cost_below_the_bound(seed: int) -> None:
    table = table_of(seed)
    found = search_chains(table, np.zeros(40, dtype=np.int64), effort=10_000_000)
    assert found.chosen is not None
    assert (table.used(found.chosen) <= table.room).all()
    assert table.bound() <= table.total(found.chosen) + 1e-6
    assert not found.hit_deadline


def test_rooms_that_the_prices_call_free_are_kept_all_the_same() -> None:
    table = table_of(3)
    free = Table(cost=table.cost, load=table.load, room=table.room, price=np.zeros(5))
    found = search_chains(free, free.cost.argmin(axis=0), effort=10_000_000)
    assert found.chosen is not None
    assert (table.used(found.chosen) <= table.room).all()


def test_a_deadline_that_has_passed_ends_the_search_and_is_told() -> None:
    table = table_of(1)
    found = search_chains(table, np.zeros(40, dtype=np.int64), effort=10**12, deadline=0.0)
    assert (found.chosen, found.hit_deadline) == (None, True)


def test_items_stay_out_of_bins_that_are_not_allowed() -> None:
    table = table_of(1)
    cost = table.cost.copy()
    cost[0, ::2] = np.inf
    found = search_chains(
        Table(cost=cost, load=table.load, room=table.room * 1.3, price=table.price),
        np.ones(40, dtype=np.int64),
        effort=10_000_000,
    )
    assert found.chosen is not None
    assert (found.chosen[::2] != 0).all()


def test_the_search_ends_once_it_is_good_enough_or_its_effort_is_used_up() -> None:
    table = table_of(2)
    start = np.zeros(40, dtype=np.int64)
    assert search_chains(table, start, effort=0).chosen is None
    loose = Table(cost=table.cost, load=table.load, room=table.room * 99, price=np.zeros(5))
    least = float(table.cost.min(axis=0).sum())
    found = search_chains(loose, start, effort=10**12, enough=least)
    assert found.chosen is not None
    assert loose.total(found.chosen) == least
