"""Searching again never makes a plan worse, breaks no row, and mends what was left out."""

import numpy as np
import pytest

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.matching import match_counsel
from posada.placement.merged import bound_merged, merge, whole_prices
from posada.placement.nation import NationalPairs
from posada.placement.polish import Plan, losing_bins, polish, search_again
from posada.placement.prices import Prices, Weights
from posada.placement.problem import build_problem
from posada.placement.surge_levels import HOMES_ONLY, reached
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import breaks_no_row

SIZES = Sizes(groups=14, homes=9, counsel=4, siblings=3)
NOTHING = np.zeros(0, dtype=np.int64)


def crowd(seed: int) -> Candidates:
    problem = build_problem(random_program(seed, sizes=SIZES, few_edges=seed % 2 > 0), policy=MARYLAND)
    return build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)


def polished(found: Candidates) -> Plan:
    """From nobody placed."""
    merged = merge(found, pool_prices=None, arc_weight=0.0)
    solved = bound_merged(merged, Weights(edge=HOMES_ONLY.edge, arc=()), keys=NOTHING, rounds=9)
    plan = Plan.of(NationalPairs.of(found), NOTHING, NOTHING, NOTHING)
    polish(plan, prices=whole_prices(merged, solved.relaxed, found), weights=HOMES_ONLY, neighborhoods=9)
    return plan


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_made_better_breaks_no_row(seed: int) -> None:
    found = crowd(seed)
    plan = polished(found)
    model = found.model(*plan.pairs(), with_cost=False)
    assert breaks_no_row(model, plan.count, match_counsel(model, plan.count))


def test_a_search_of_every_home_places_nearly_all_who_can_be() -> None:
    mine = most = 0
    for seed in range(30):
        program = random_program(seed, sizes=SIZES)
        problem = build_problem(program, policy=MARYLAND)
        plan = polished(build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False))
        prices = Prices(
            item=np.zeros(len(plan.source.candidates.items)),
            room=np.zeros(plan.source.candidates.capacity.shape),
            desk=np.zeros(len(plan.source.candidates.desks.must)),
            pool=np.zeros(len(plan.source.candidates.pools.slots)),
        )
        search_again(plan, np.arange(plan.source.n_bins()), prices, HOMES_ONLY)
        pinned = [(p.sibling_group_id, p.home_id or p.counsel_id or "") for p in problem.pins]
        placed = reached(plan.source, *plan.pairs(), plan.count)[0]
        best = integer_program(program, policy=MARYLAND, refused=pinned).levels[0]
        assert placed <= best
        mine, most = mine + placed, most + best
    assert mine >= 0.97 * most


@pytest.mark.parametrize("seed", range(20))
def test_a_second_search_loses_nothing(seed: int) -> None:
    found = crowd(seed)
    plan = polished(found)
    before = reached(plan.source, *plan.pairs(), plan.count)
    merged = merge(found, pool_prices=None, arc_weight=0.0)
    prices = whole_prices(merged, bound_merged(merged, HOMES_ONLY, keys=NOTHING, rounds=9).relaxed, found)
    bins = np.union1d(losing_bins(plan, prices, HOMES_ONLY), found.open_homes)
    search_again(plan, bins, prices, HOMES_ONLY)
    assert reached(plan.source, *plan.pairs(), plan.count) >= before
