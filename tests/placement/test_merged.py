"""A bound over merged homes is a bound: no best plan of the whole exceeds it, whatever the slots' prices."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.merged import bound_merged, finer_keys, merge, whole_prices
from posada.placement.prices import Weights
from posada.placement.problem import build_problem
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program

SIZES = Sizes(groups=14, homes=9, counsel=4, siblings=3)
NO_KEYS = np.zeros(0, dtype=np.int64)


def crowd_and_best(seed: int) -> tuple[Candidates, tuple[int, ...]]:
    """A program without overrides, and the value of each level of its best plan."""
    program = replace(random_program(seed, sizes=SIZES, few_edges=seed % 2 > 0), overrides=())
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)
    return found, integer_program(program, policy=MARYLAND).levels


@pytest.mark.parametrize("seed", range(60))
def test_homes_merged_hold_whatever_the_homes_hold(seed: int) -> None:
    found, best = crowd_and_best(seed)
    merged = merge(found, pool_prices=None, arc_weight=0.0)
    for edge in ((1.0, 0.0, 0.0), (2.0, 1.0, 0.0), (64.0, 8.0, 1.0)):
        bound = bound_merged(merged, Weights(edge=edge, arc=()), keys=NO_KEYS, rounds=9).bound
        assert bound >= sum(w * v for w, v in zip(edge, best, strict=False)) - 1e-6


@pytest.mark.parametrize("seed", range(60))
def test_slots_at_any_price_bound_who_is_represented(seed: int) -> None:
    found, best = crowd_and_best(seed)
    rng = np.random.default_rng(seed)
    prices = np.round(8 * 3 * rng.random(len(found.pools.slots))) / 8
    merged = merge(found, pool_prices=prices, arc_weight=1.0)
    edge = (8.0, 4.0, 2.0)
    bound = bound_merged(merged, Weights(edge=edge, arc=()), keys=NO_KEYS, rounds=9).bound
    assert bound >= sum(w * v for w, v in zip((*edge, 1.0), best, strict=False)) - 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_pairs_carry_over_to_the_finer_program(seed: int) -> None:
    found, _ = crowd_and_best(seed)
    coarse = merge(found, pool_prices=None, arc_weight=0.0)
    rng = np.random.default_rng(seed)
    fine = merge(found, pool_prices=np.round(rng.random(len(found.pools.slots)) * 8) / 8, arc_weight=1.0)
    item, home = found.all_pairs()
    every = coarse.keys_of(coarse.item[item], coarse.bin[home])
    assert set(fine.keys_of(fine.item[item], fine.bin[home])) <= set(finer_keys(coarse, fine, every))


@pytest.mark.parametrize("seed", range(20))
def test_prices_come_back_for_every_item_and_home(seed: int) -> None:
    found, _ = crowd_and_best(seed)
    merged = merge(found, pool_prices=None, arc_weight=0.0)
    solved = bound_merged(merged, Weights(edge=(4.0, 2.0, 1.0), arc=()), keys=NO_KEYS, rounds=9)
    prices = whole_prices(merged, solved.relaxed, found)
    assert prices.item.shape == found.item_count.shape
    assert prices.room.shape == found.capacity.shape
    assert (prices.room >= 0).all()
