"""A nation's plan from parts that look like it, made better across them, with bounds for the whole.

Each part is planned by its own relaxation (see `parts`). What the parts could not see, that a group of one
would do better in a home of another, is searched for afterwards where prices say that something is lost.
The bounds come from merged homes (see `merged`), not from the parts.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.columns import Columns, solve_relaxed
from posada.placement.deadline import NO_DEADLINE, Deadline, OutOfTime
from posada.placement.dive import whole_plan
from posada.placement.first_come import first_come
from posada.placement.merged import Merged, MergedBound, bound_merged, finer_keys, merge, whole_prices
from posada.placement.nation import NationalPairs
from posada.placement.parts import Part, coarse_part, deal
from posada.placement.polish import Plan, polish
from posada.placement.prices import Weights, edge_value
from posada.placement.surge_levels import (
    HOMES_ONLY,
    ROUNDS,
    WITH_COUNSEL,
    most_places,
    plain_limits,
    reached,
    spread_over_items,
    whole_below,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
THREADS = 2
"""The solver frees the interpreter, so two parts are solved at once; the plan does not depend on it."""
CLOSE = 2.0
NEAR = -0.05
"""Pairs of a part that its prices value about as much as the used ones start the whole's relaxation."""
COARSE = 8.0
"""Prices of slots are rounded to eighths: courts that ask about the same are merged."""
NEIGHBORHOODS = 80


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """Used pairs in the whole's items, and what the bounds start from."""

    item: Ints
    home: Ints
    x: Ints
    near: tuple[Ints, Ints]  # (item, home) without counsel
    near_with_counsel: tuple[Ints, Ints]
    pool_prices: Floats


def plan_dealt(
    coarse: Candidates,
    fine: Candidates,
    *,
    parts: int,
    tell: Callable[[str], None],
    deadline: Deadline = NO_DEADLINE,
) -> tuple[Ints, Ints, Ints, dict[str, int]]:
    """(item, home, count) over `fine`, and the bounds of the first four levels. Raises NoSolution."""
    dealt = deal(fine, parts=parts)
    tell(f"planning {parts} parts that look like the whole")
    with ThreadPoolExecutor(THREADS) as threads:
        planned = list(threads.map(lambda part: _plan_part(coarse, part, deadline), dealt))
        tell("bounding the whole")
        plan = Plan.of(
            NationalPairs.of(fine),
            *(np.concatenate([getattr(each, name) for each in planned]) for name in ("item", "home", "x")),
        )
        try:
            bounds = _bound_and_polish(fine, dealt, planned, plan, threads, tell=tell, deadline=deadline)
        except OutOfTime:
            bounds = plain_limits(fine)
    return (*plan.pairs(), plan.count, bounds)


def _bound_and_polish(
    fine: Candidates,
    dealt: Sequence[Part],
    planned: Sequence[PlannedPart],
    plan: Plan,
    threads: ThreadPoolExecutor,
    *,
    tell: Callable[[str], None],
    deadline: Deadline,
) -> dict[str, int]:
    """The bounds; the plan is made better while they are found. Raises OutOfTime."""
    merged = merge(fine, pool_prices=None, arc_weight=0.0)
    shared = _bound(merged, HOMES_ONLY, _first_keys(merged, [each.near for each in planned]), deadline)
    represented = threads.submit(_bound_counsel, fine, dealt, planned, merged, shared, deadline)
    most = threads.submit(_bound_places_and_kin, fine, merged, shared, deadline)
    tell("searching again where something is lost")
    prices = whole_prices(merged, shared.relaxed, fine)
    polish(plan, prices=prices, weights=HOMES_ONLY, neighborhoods=NEIGHBORHOODS, deadline=deadline)
    values = reached(plan.source, *plan.pairs(), plan.count)
    return _bounds(fine, values, *most.result(), shared, represented.result())


def _plan_part(coarse: Candidates, part: Part, deadline: Deadline) -> PlannedPart:
    """Raises nothing where time is over: then who comes first is served first."""
    try:
        return _search_part(coarse, part, deadline)
    except OutOfTime:
        nothing = np.zeros(0, dtype=np.int64)
        item, home, x = first_come(part.candidates)
        no_prices = np.zeros(len(part.candidates.pools.slots))
        return PlannedPart(part.item[item], home, x, (nothing, nothing), (nothing, nothing), no_prices)


def _search_part(coarse: Candidates, part: Part, deadline: Deadline) -> PlannedPart:
    fine = part.candidates
    kinds = coarse_part(coarse, fine).candidates
    columns = Columns.start(NationalPairs.of(kinds), HOMES_ONLY)
    homes_only = solve_relaxed(
        columns, HOMES_ONLY, rounds=ROUNDS, close_enough=CLOSE, keep_above=-2.0, deadline=deadline
    )
    with_arcs = Columns(NationalPairs.of(fine), np.zeros(0, dtype=np.int64))
    with_arcs.add(*spread_over_items(fine, kinds, homes_only))
    relaxed = solve_relaxed(
        with_arcs, WITH_COUNSEL, rounds=ROUNDS, close_enough=CLOSE, keep_above=-2.0, deadline=deadline
    )
    item, home, x = whole_plan(with_arcs, relaxed, deadline=deadline)
    near = edge_value(homes_only.model, HOMES_ONLY, homes_only.prices) > NEAR
    with_counsel = edge_value(relaxed.model, WITH_COUNSEL, relaxed.prices) > NEAR
    first = np.zeros(len(fine.kind_group), dtype=np.int64)
    first[fine.item_kind] = part.item
    return PlannedPart(
        item=part.item[item],
        home=home,
        x=x,
        near=(
            first[kinds.item_kind[homes_only.model.edge_item[near]]],
            homes_only.model.edge_bin[near],
        ),
        near_with_counsel=(
            part.item[relaxed.model.edge_item[with_counsel]],
            relaxed.model.edge_bin[with_counsel],
        ),
        pool_prices=relaxed.prices.pool,
    )


def _first_keys(merged: Merged, near: Sequence[tuple[Ints, Ints]]) -> Ints:
    items = np.concatenate([item for item, _ in near])
    homes = np.concatenate([home for _, home in near])
    return merged.keys_of(merged.item[items], merged.bin[homes])


def _bound(merged: Merged, weights: Weights, keys: Ints, deadline: Deadline) -> MergedBound:
    return bound_merged(merged, weights, keys=keys, rounds=ROUNDS, deadline=deadline)


def _bound_places_and_kin(
    fine: Candidates, merged: Merged, shared: MergedBound, deadline: Deadline
) -> tuple[float, float]:
    """The most of level 1, and of twice level 1 with level 2, which is 0 where nobody has listed kin."""
    most = _bound(merged, Weights(edge=(1.0, 0.0, 0.0), arc=()), shared.keys, deadline)
    if not len(fine.listed_item):
        return most.bound, 0.0
    pair = _bound(merged, Weights(edge=(2.0, 1.0, 0.0), arc=()), shared.keys, deadline)
    return most.bound, pair.bound


def _bound_counsel(
    fine: Candidates,
    parts: Sequence[Part],
    planned: Sequence[PlannedPart],
    homes: Merged,
    shared: MergedBound,
    deadline: Deadline,
) -> MergedBound:
    slots = np.stack([part.candidates.pools.slots for part in parts])
    prices = np.stack([each.pool_prices for each in planned])
    mean = (slots * prices).sum(axis=0) / np.maximum(slots.sum(axis=0), 1)
    rounded = np.round(mean * COARSE) / COARSE
    merged = merge(fine, pool_prices=rounded, arc_weight=WITH_COUNSEL.arc[0])
    weights = Weights(edge=WITH_COUNSEL.edge, arc=())
    near = _first_keys(merged, [each.near_with_counsel for each in planned])
    return _bound(merged, weights, np.union1d(near, finer_keys(homes, merged, shared.keys)), deadline)


def _bounds(
    fine: Candidates,
    values: tuple[int, int, int, int],
    most: float,
    pair: float,
    shared: MergedBound,
    represented: MergedBound,
) -> dict[str, int]:
    """Whole-number bounds of the first four levels given the values reached above each."""
    placed, with_kin, sharing, _ = values
    sure = fine.settled_children()
    kin_most = whole_below(pair - 2.0 * placed) if len(fine.listed_item) else 0
    return {
        "children_placed": sure + min(most_places(fine), whole_below(most)),
        "children_with_kin": sure + kin_most,
        "children_sharing_language": sure + whole_below(shared.bound - 4.0 * placed - 2.0 * with_kin),
        "children_represented": whole_below(
            represented.bound - 8.0 * placed - 4.0 * with_kin - 2.0 * sharing
        ),
    }
