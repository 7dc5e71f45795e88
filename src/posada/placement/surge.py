"""A nation's plan: relaxations by column generation, a whole plan from their prices, a bound at every level.

1. The levels of homes alone, over kinds of groups (`with_counsel=False`): prices and columns.
2. The same with counsel: the relaxation whose vertex becomes the plan (`dive`).
3. Bounds: each level's weighted relaxation, less what the plan reached on the levels above it.
The weights order the levels as long as one unit above is worth more than what it costs below in prices; the
bounds hold for any weights, so a wrong guess shows as a gap, never as a false proof.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.columns import Columns, Relaxed, solve_relaxed
from posada.placement.dive import whole_plan
from posada.placement.kin_first import set_aside
from posada.placement.matching import match_counsel
from posada.placement.model import level_values
from posada.placement.nation import GOLDEN, NationalPairs
from posada.placement.prices import Weights, edge_value
from posada.placement.problem import Problem

Ints = NDArray[np.int64]
HOMES_ONLY = Weights(edge=(4.0, 2.0, 1.0), arc=())
WITH_COUNSEL = Weights(edge=(8.0, 4.0, 2.0), arc=(1.0,))
ROUNDS = 14
SPREAD = 4
"""Items of a kind that are tried in each home which the kind alone found worth it."""


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
) -> SurgePlan:
    """A whole plan on the first four levels with their bounds."""
    found = build_candidates(
        problem,
        pinned_homes=pinned_homes,
        pinned_counsel=pinned_counsel,
        is_exact=False,
        with_counsel=False,
    )
    by_home = NationalPairs.of(set_aside(found))
    tell("pricing homes")
    columns = Columns.start(by_home, HOMES_ONLY)
    homes_only = solve_relaxed(columns, HOMES_ONLY, rounds=ROUNDS, close_enough=0.5, keep_above=-2.0)
    tell("pricing counsel")
    everything = build_candidates(
        problem, pinned_homes=pinned_homes, pinned_counsel=pinned_counsel, is_exact=False
    )
    source = NationalPairs.of(set_aside(everything))
    columns_c = Columns(source, np.zeros(0, dtype=np.int64))
    columns_c.add(*spread_over_items(source.candidates, by_home.candidates, homes_only))
    with_counsel = solve_relaxed(columns_c, WITH_COUNSEL, rounds=ROUNDS, close_enough=0.5, keep_above=-2.0)
    tell("making whole groups of the shares")
    item, home, x = whole_plan(columns_c, with_counsel)
    values = _values(source, item, home, x)
    sure = source.candidates
    return SurgePlan(
        candidates=everything,
        item=np.concatenate([item, sure.settled_item]),
        home=np.concatenate([home, sure.settled_home]),
        x=np.concatenate([x, np.ones(len(sure.settled_item), dtype=np.int64)]),
        bounds=_bounds(columns, homes_only, with_counsel, values, by_home),
    )


def spread_over_items(fine: Candidates, coarse: Candidates, relaxed: Relaxed) -> tuple[Ints, Ints]:
    """Pairs of the finer items (which courts tell apart) for the kinds that `relaxed` found worth it."""
    near = np.flatnonzero(edge_value(relaxed.model, relaxed.weights, relaxed.prices) > -0.02)
    kind = coarse.item_kind[relaxed.model.edge_item[near]]
    home = relaxed.model.edge_bin[near]
    order = np.argsort(fine.item_kind, kind="stable")
    count = np.bincount(fine.item_kind, minlength=len(fine.kind_group))
    first = np.concatenate([[0], np.cumsum(count)])
    items, homes = [fine.listed_item], [fine.listed_home]
    for turn in range(SPREAD + 1):
        share = (np.arange(len(kind)) * GOLDEN * turn + 0.37 * turn) % 1.0
        items.append(order[first[kind] + (share * count[kind]).astype(np.int64)])
        homes.append(home)
    return np.concatenate(items), np.concatenate(homes)


def _values(source: NationalPairs, item: Ints, home: Ints, x: Ints) -> tuple[int, int, int, int]:
    model = source.model(item, home)
    y = match_counsel(model, x)
    return level_values(model, x, y)[:4]  # type: ignore[return-value]


def _bounds(
    columns: Columns,
    homes_only: Relaxed,
    with_counsel: Relaxed,
    values: tuple[int, int, int, int],
    by_home: NationalPairs,
) -> dict[str, int]:
    """Whole-number bounds of the first four levels given the values reached above each.

    `values` leave out who is set aside on the levels of homes; the bounds count everybody.
    """
    placed, kin, shared, _ = values
    most = most_places(by_home.candidates)
    if placed < most:
        alone = Weights(edge=(1.0, 0.0, 0.0), arc=())
        first = solve_relaxed(columns, alone, rounds=ROUNDS, close_enough=0.5, keep_above=-9.0)
        most = min(most, whole_below(first.bound))
    kin_most = 0
    if len(by_home.candidates.listed_item):
        pair = Weights(edge=(2.0, 1.0, 0.0), arc=())
        second = solve_relaxed(columns, pair, rounds=ROUNDS, close_enough=0.5, keep_above=-9.0)
        kin_most = whole_below(second.bound - 2.0 * placed)
    sure = by_home.candidates.settled_children()
    return {
        "children_placed": most + sure,
        "children_with_kin": kin_most + sure,
        "children_sharing_language": sure + whole_below(homes_only.bound - 4.0 * placed - 2.0 * kin),
        "children_represented": whole_below(with_counsel.bound - 8.0 * placed - 4.0 * kin - 2.0 * shared),
    }


def whole_below(bound: float) -> int:
    """The largest whole number that the bound allows; prices are rounded, so a hair above counts."""
    return int(np.floor(bound + 1e-4))


def most_places(candidates: Candidates) -> int:
    """Children who have any lawful home, or the places of homes that have any lawful group: the fewer."""
    has_home = candidates.asks_openly()
    has_home[candidates.item_kind[candidates.listed_item]] = True
    sizes = candidates.item_loads()[0] * candidates.item_count
    children = int(sizes[has_home[candidates.item_kind]].sum())
    used = np.zeros(candidates.capacity.shape[1], dtype=np.bool_)
    used[candidates.open_homes[candidates.lawful.any(axis=0)]] = True
    used[candidates.listed_home] = True
    alone = np.array(
        [s.home.kind in candidates.problem.policy.household_kinds for s in candidates.problem.homes]
    )
    spare = candidates.problem.policy.household_siblings_max - candidates.problem.policy.household_max
    places = candidates.capacity[0] + np.where(alone & _may_exceed(candidates), max(spare, 0), 0)
    return min(children, int(places[used].sum()))


def _may_exceed(candidates: Candidates) -> NDArray[np.bool_]:
    """Homes where the household rule binds first: one sibling group alone may exceed it."""
    policy = candidates.problem.policy
    return np.array(
        [
            min(s.home.licensed_capacity, s.home.beds_girls + s.home.beds_boys + s.home.beds_any) - s.standing
            > policy.household_max - s.standing - s.own
            for s in candidates.problem.homes
        ],
        dtype=np.bool_,
    )
