"""What a surge's plan reaches on the first four levels, and plain limits that no plan exceeds.

Tests: tests/placement/test_surge.py
"""

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.columns import Relaxed
from posada.placement.matching import match_counsel
from posada.placement.model import level_values
from posada.placement.nation import GOLDEN, NationalPairs
from posada.placement.prices import Weights, edge_value

Ints = NDArray[np.int64]
HOMES_ONLY = Weights(edge=(4.0, 2.0, 1.0), arc=())
WITH_COUNSEL = Weights(edge=(8.0, 4.0, 2.0), arc=(1.0,))
ROUNDS = 14
SPREAD = 4
"""Items of a kind that are tried in each home which the kind alone found worth it."""


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


def reached(source: NationalPairs, item: Ints, home: Ints, x: Ints) -> tuple[int, int, int, int]:
    """The first four levels of a plan over `source`; who is set aside counts on the fourth only."""
    model = source.model(item, home)
    y = match_counsel(model, x)
    return level_values(model, x, y)[:4]  # type: ignore[return-value]


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


def plain_limits(candidates: Candidates) -> dict[str, int]:
    """Limits of the first four levels that need no search; who is set aside counts."""
    sure = candidates.settled_children()
    sizes = candidates.item_loads()[0] * candidates.item_count
    has_kin = np.zeros(len(candidates.items), dtype=np.bool_)
    has_kin[candidates.listed_item] = True
    places = most_places(candidates) + sure
    largest = int(candidates.desks.arc_size.max(initial=0))
    return {
        "children_placed": places,
        "children_with_kin": min(places, int(sizes[has_kin].sum()) + sure),
        "children_sharing_language": places,
        "children_represented": min(places, largest * int(candidates.pools.slots.sum())),
    }


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
