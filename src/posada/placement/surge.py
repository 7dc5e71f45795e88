"""A nation's plan: relaxations by column generation, a whole plan from their prices, a bound at every level.

1. The levels of homes alone, over kinds of groups (`with_counsel=False`): prices and columns.
2. The same with counsel: the relaxation whose vertex becomes the plan (`dive`).
3. With more children than one relaxation can hold, a nation is dealt into parts (`dealt`).
4. Bounds: each level's weighted relaxation, less what the plan reached on the levels above it.
The weights order the levels as long as one unit above is worth more than what it costs below in prices; the
bounds hold for any weights, so a wrong guess shows as a gap, never as a false proof.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.columns import Columns, Relaxed, solve_relaxed
from posada.placement.deadline import NO_DEADLINE, Deadline, OutOfTime
from posada.placement.dealt import plan_dealt
from posada.placement.dive import whole_plan
from posada.placement.first_come import first_come
from posada.placement.kin_first import set_aside
from posada.placement.nation import NationalPairs
from posada.placement.pinned_first import homes_for_pinned
from posada.placement.prices import Weights
from posada.placement.problem import Problem
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
DEALT_CHILDREN, DEALT_WITH_KIN = 6000, 10_000
"""With more children who could go to a home open to all, the nation is dealt into parts; a whole relaxation
holds more where some of them have kin."""
PART_CHILDREN = 4100
"""Children of a part: larger relaxations take far longer than they help."""


@dataclass(frozen=True, slots=True)
class SurgePlan:
    """Pairs used and how often, and the bound of each of the first four levels."""

    candidates: Candidates
    item: Ints
    home: Ints
    x: Ints
    bounds: dict[str, int]


def plan_surge(
    problem: Problem,
    *,
    pinned_homes: dict[str, str],
    pinned_counsel: dict[str, str],
    tell: Callable[[str], None],
    deadline: Deadline = NO_DEADLINE,
) -> SurgePlan:
    """A whole plan on the first four levels with their bounds. Raises NoSolution where pins can't all hold."""
    found = build_candidates(
        problem,
        pinned_homes=pinned_homes,
        pinned_counsel=pinned_counsel,
        is_exact=False,
        with_counsel=False,
    )
    everything = build_candidates(
        problem, pinned_homes=pinned_homes, pinned_counsel=pinned_counsel, is_exact=False
    )
    coarse, fine = set_aside(found), set_aside(everything)
    item, home, x, bounds = _planned(coarse, fine, tell=tell, deadline=deadline)
    return SurgePlan(
        candidates=everything,
        item=np.concatenate([item, fine.settled_item]),
        home=np.concatenate([home, fine.settled_home]),
        x=np.concatenate([x, np.ones(len(fine.settled_item), dtype=np.int64)]),
        bounds=bounds,
    )


def _planned(
    coarse: Candidates, fine: Candidates, *, tell: Callable[[str], None], deadline: Deadline
) -> tuple[Ints, Ints, Ints, dict[str, int]]:
    """(item, home, count) and bounds, of the whole or from parts. Raises NoSolution before any search."""
    children = open_children(coarse)
    if children > (DEALT_WITH_KIN if len(coarse.listed_item) else DEALT_CHILDREN):
        parts = max(2, round(children / PART_CHILDREN))
        return plan_dealt(coarse, fine, parts=parts, tell=tell, deadline=deadline)
    homes_for_pinned(fine)
    return _plan_whole(coarse, fine, tell=tell, deadline=deadline)


def open_children(candidates: Candidates) -> int:
    """Children of groups that a home open to all may take."""
    sizes = candidates.item_loads()[0] * candidates.item_count
    return int(sizes[candidates.asks_openly()[candidates.item_kind]].sum())


def _plan_whole(
    coarse: Candidates, fine: Candidates, *, tell: Callable[[str], None], deadline: Deadline
) -> tuple[Ints, Ints, Ints, dict[str, int]]:
    """(item, home, count) and bounds; first come, first served where time is over before the search."""
    try:
        return _search_whole(coarse, fine, tell=tell, deadline=deadline)
    except OutOfTime:
        return (*first_come(fine), plain_limits(fine))


def _search_whole(
    coarse: Candidates, fine: Candidates, *, tell: Callable[[str], None], deadline: Deadline
) -> tuple[Ints, Ints, Ints, dict[str, int]]:
    """From relaxations over the whole nation. Raises OutOfTime."""
    by_home, source = NationalPairs.of(coarse), NationalPairs.of(fine)
    tell("pricing homes")
    columns = Columns.start(by_home, HOMES_ONLY)
    homes_only = solve_relaxed(
        columns, HOMES_ONLY, rounds=ROUNDS, close_enough=0.5, keep_above=-2.0, deadline=deadline
    )
    with ThreadPoolExecutor(1) as beside:
        alone = beside.submit(_bounds_of_homes, Columns(by_home, columns.keys), deadline)
        tell("pricing counsel")
        columns_c = Columns(source, np.zeros(0, dtype=np.int64))
        columns_c.add(*spread_over_items(fine, coarse, homes_only))
        with_counsel = solve_relaxed(
            columns_c, WITH_COUNSEL, rounds=ROUNDS, close_enough=0.5, keep_above=-2.0, deadline=deadline
        )
        tell("making whole groups of the shares")
        item, home, x = whole_plan(columns_c, with_counsel, deadline=deadline)
        values = reached(source, item, home, x)
        try:
            most, pair = alone.result()
        except OutOfTime:
            return item, home, x, plain_limits(fine)
    return item, home, x, _bounds(coarse, values, most, pair, homes_only, with_counsel)


def _bounds_of_homes(columns: Columns, deadline: Deadline) -> tuple[float, float]:
    """The most of level 1, and of twice level 1 with level 2, by their relaxations. Raises OutOfTime."""
    pair, places = (
        solve_relaxed(
            columns,
            Weights(edge=edge, arc=()),
            rounds=ROUNDS,
            close_enough=0.5,
            keep_above=-9.0,
            deadline=deadline,
        ).bound
        for edge in ((2.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    )
    return places, pair


def _bounds(
    coarse: Candidates,
    values: tuple[int, int, int, int],
    most: float,
    pair: float,
    homes_only: Relaxed,
    with_counsel: Relaxed,
) -> dict[str, int]:
    """Whole-number bounds of the first four levels given the values reached above each.

    `values` leave out who is set aside on the levels of homes; the bounds count everybody.
    """
    placed, kin, shared, _ = values
    sure = coarse.settled_children()
    kin_most = whole_below(pair - 2.0 * placed) if len(coarse.listed_item) else 0
    return {
        "children_placed": sure + min(most_places(coarse), whole_below(most)),
        "children_with_kin": sure + kin_most,
        "children_sharing_language": sure + whole_below(homes_only.bound - 4.0 * placed - 2.0 * kin),
        "children_represented": whole_below(with_counsel.bound - 8.0 * placed - 4.0 * kin - 2.0 * shared),
    }
