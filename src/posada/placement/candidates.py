"""From the problem to arrays: every lawful pair of a kind of group and a kind of home, and what it is worth.

The lawful table is worked out in strips of group classes, so that a nation never needs a dense matrix.
Comes in: a `Problem` without pins that break a rule. Goes out: `Candidates`, whose `model` the solver reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.classes import GroupClass, HomeClass, group_classes, home_classes
from posada.placement.counsel import CounselPools, Desks, desks_of
from posada.placement.distance import distance_tenths_km
from posada.placement.model import NO_ROW, Level, Model
from posada.placement.problem import Problem

Ints = NDArray[np.int64]
STRIP = 256
"""Group classes whose lawful table is worked out at once."""
KINDS = ("places", "girls", "boys", "under_two")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The model, and what its items, bins and pools stand for."""

    model: Model
    items: tuple[GroupClass, ...]
    bins: tuple[HomeClass, ...]
    pools: CounselPools


def build_candidates(
    problem: Problem,
    *,
    pinned_homes: Mapping[str, str],
    pinned_counsel: Mapping[str, str],
    is_exact: bool,
) -> Candidates:
    """All candidates. `is_exact` keeps every home and location apart and adds cost and distance.

    `pinned_homes` and `pinned_counsel` (group id -> home or counsel id) hold pins known to be lawful.
    """
    items = group_classes(problem, keep_locations=is_exact)
    bins = home_classes(problem, merge=not is_exact)
    edge_item, edge_bin, alone = _lawful_edges(problem, items, bins, pinned_homes)
    edge_item, edge_bin, alone = _keep_pinned_courts(
        problem, items, bins, pinned_counsel, edge_item, edge_bin, alone
    )
    capacity, load = _rooms(problem, items, bins, edge_item, edge_bin, alone)
    pools = CounselPools.of(problem, pinned=pinned_counsel)
    desks = desks_of(
        problem, items, bins, pools=pools, pinned=pinned_counsel, edge_item=edge_item, edge_bin=edge_bin
    )
    must = np.array(
        [
            any(problem.groups[m].group_id in pinned_homes or problem.groups[m].group_id in pinned_counsel
                for m in item.members)
            for item in items
        ],
        dtype=np.bool_,
    )
    model = Model(
        item_count=np.array([len(i.members) for i in items], dtype=np.int64),
        item_must=must,
        bin_count=np.array([len(b.members) for b in bins], dtype=np.int64),
        capacity=capacity,
        edge_item=edge_item,
        edge_bin=edge_bin,
        load=load,
        levels=_levels(problem, items, bins, edge_item, edge_bin, desks, is_exact=is_exact),
        edge_desk=desks.edge_desk,
        desk_must=desks.must,
        arc_desk=desks.arc_desk,
        arc_pool=desks.arc_pool,
        pool_slots=pools.slots,
        conflict_edges=_conflicts(problem, items, edge_item, edge_bin),
    )
    return Candidates(model=model, items=items, bins=bins, pools=pools)


def _lawful_edges(
    problem: Problem,
    items: Sequence[GroupClass],
    bins: Sequence[HomeClass],
    pinned: Mapping[str, str],
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """(item, bin) of every lawful pair in order, and whether the group must then be alone in the home."""
    needs = feasible.need_names(problem)
    states = [problem.homes[b.members[0]] for b in bins]
    rows = feasible.home_rows(states, problem=problem, needs=needs)
    bin_of = {problem.homes[m].home_id: i for i, b in enumerate(bins) for m in b.members}
    is_kin = rows.is_kin[0]
    found_items, found_bins, found_alone = [], [], []
    for first in range(0, len(items), STRIP):
        strip = items[first : first + STRIP]
        groups = [problem.groups[i.members[0]] for i in strip]
        columns = feasible.group_columns(groups, needs=needs)
        lawful = feasible.lawful_by_home(columns, rows, problem)
        open_homes = lawful & ~is_kin
        for place, group in enumerate(groups):
            _apply_names(problem, group, place, lawful, open_homes, bin_of, pinned)
        item, bin_ = np.nonzero(open_homes)
        total = columns.size[item, 0] + rows.living[0, bin_]
        crowded = (total > problem.policy.household_max) & rows.has_household_rule[0, bin_]
        found_items.append(item + first)
        found_bins.append(bin_)
        found_alone.append(crowded)
    if not found_items:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    return (
        np.concatenate(found_items).astype(np.int64),
        np.concatenate(found_bins).astype(np.int64),
        np.concatenate(found_alone),
    )


def _apply_names(
    problem: Problem,
    group: feasible.Group,
    place: int,
    lawful: feasible.Bools,
    open_homes: feasible.Bools,
    bin_of: Mapping[str, int],
    pinned: Mapping[str, str],
) -> None:
    """Write into one row of `open_homes` what only names can decide (kin, separations, pins ...)."""
    for home_id in group.kin_homes:
        where = bin_of[home_id]
        open_homes[place, where] = lawful[place, where]
    for home_id in group.standing_homes:
        where = bin_of[home_id]
        state = problem.homes[problem.home_index[home_id]]
        open_homes[place, where] = not feasible.refusals(problem, group, state)
    refused = problem.separated_homes.get(group.group_id, frozenset()) | problem.forbidden.get(
        group.group_id, frozenset()
    )
    for home_id in refused:
        if home_id in bin_of:
            open_homes[place, bin_of[home_id]] = False
    for other in problem.separated_groups.get(group.group_id, ()):
        for home_id in problem.homes_of_standing_group.get(other, ()):
            open_homes[place, bin_of[home_id]] = False
    only = set(group.standing_homes)
    if group.group_id in pinned:
        only = {pinned[group.group_id]}
    if only:
        keep = np.zeros(open_homes.shape[1], dtype=np.bool_)
        if len(only) == 1:
            keep[bin_of[next(iter(only))]] = True
        open_homes[place] &= keep


def _keep_pinned_courts(
    problem: Problem,
    items: Sequence[GroupClass],
    bins: Sequence[HomeClass],
    pinned: Mapping[str, str],
    edge_item: Ints,
    edge_bin: Ints,
    alone: NDArray[np.bool_],
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Drop the homes from which a pinned counsel cannot act for the group."""
    if not pinned:
        return edge_item, edge_bin, alone
    keep = np.ones(len(edge_item), dtype=np.bool_)
    for index, item in enumerate(items):
        counsel_id = pinned.get(problem.groups[item.members[0]].group_id)
        if counsel_id is None or item.court is not None:
            continue
        courts = problem.counsel[problem.counsel_index[counsel_id]].courts
        here = np.flatnonzero(edge_item == index)
        keep[here] = [bins[b].court in courts for b in edge_bin[here]]
    return edge_item[keep], edge_bin[keep], alone[keep]


def _rooms(
    problem: Problem,
    items: Sequence[GroupClass],
    bins: Sequence[HomeClass],
    edge_item: Ints,
    edge_bin: Ints,
    alone: NDArray[np.bool_],
) -> tuple[Ints, Ints]:
    """Capacities (4, n_bins) and loads (4, n_edges) of the kinds of room in `KINDS`.

    Places join capacity, beds and household: a group that must be alone takes all of them.
    """
    states = [problem.homes[b.members[0]] for b in bins]
    rows = feasible.home_rows(states, problem=problem, needs=())
    household_left = np.where(
        rows.has_household_rule[0], problem.policy.household_max - rows.living[0], NO_ROW
    )
    places = np.minimum(np.minimum(rows.capacity_left[0], rows.beds_left[0]), household_left)
    places = np.maximum(places, 1)
    capacity = np.stack([places, rows.girls_left[0], rows.boys_left[0], rows.under_two_left[0]])
    capacity = capacity.astype(np.int64)
    capacity[1:][capacity[1:] >= places] = NO_ROW
    groups = [problem.groups[i.members[0]] for i in items]
    per_item = np.array(
        [[g.size, g.girls, g.boys, g.under_two] for g in groups], dtype=np.int64
    ).reshape(-1, len(KINDS)).T
    load = per_item[:, edge_item]
    load[0] = np.where(alone, capacity[0, edge_bin], load[0])
    return capacity, load


def _levels(
    problem: Problem,
    items: Sequence[GroupClass],
    bins: Sequence[HomeClass],
    edge_item: Ints,
    edge_bin: Ints,
    desks: Desks,
    *,
    is_exact: bool,
) -> tuple[Level, ...]:
    """The seven published levels, or the first five where homes of different cost are merged."""
    size = np.array([problem.groups[i.members[0]].size for i in items], dtype=np.int64)[edge_item]
    is_kin = np.array([problem.homes[b.members[0]].home.kind == "kin" for b in bins], dtype=np.bool_)
    kin = is_kin[edge_bin]
    shares = np.where(kin, size, shared_children(items, bins, edge_item, edge_bin))
    levels = [
        Level("children_placed", "max", edge_gain=size),
        Level("children_with_kin", "max", edge_gain=size * kin),
        Level("children_sharing_language", "max", edge_gain=shares),
        Level("children_represented", "max", arc_gain=desks.arc_size),
        Level("counsel_sharing_language", "max", arc_gain=desks.arc_shared),
    ]
    if is_exact:
        cost = np.array(
            [problem.homes[b.members[0]].home.cost_cents_per_child_day or 0 for b in bins], dtype=np.int64
        )
        county = [problem.homes[b.members[0]].home.county_fips for b in bins]
        levels.append(Level("cost_cents_per_day", "min", edge_gain=size * cost[edge_bin]))
        levels.append(
            Level("distance_km", "min", edge_gain=_distances(items, county, edge_item, edge_bin))
        )
    return tuple(levels)


def shared_children(
    items: Sequence[GroupClass], bins: Sequence[HomeClass], edge_item: Ints, edge_bin: Ints
) -> Ints:
    """(n_edges,): children of the item who themselves share a language with the bin."""
    home_sets = sorted({b.languages for b in bins}, key=sorted)
    child_sets = sorted({spoken for i in items for spoken, _ in i.languages}, key=sorted)
    place = {spoken: k for k, spoken in enumerate(child_sets)}
    counts = np.zeros((len(items), len(child_sets)), dtype=np.int64)
    for row, item in enumerate(items):
        for spoken, count in item.languages:
            counts[row, place[spoken]] += count
    meet = np.array([[bool(c & h) for h in home_sets] for c in child_sets], dtype=np.int64)
    table = counts @ meet.reshape(len(child_sets), len(home_sets))
    which = {spoken: k for k, spoken in enumerate(home_sets)}
    bin_set = np.array([which[b.languages] for b in bins], dtype=np.int64)
    return np.asarray(table[edge_item, bin_set[edge_bin]], dtype=np.int64)


def _distances(
    items: Sequence[GroupClass], county: Sequence[str], edge_item: Ints, edge_bin: Ints
) -> Ints:
    """(n_edges,): tenths of a kilometre, summed over the item's children."""
    counties = sorted(set(county))
    column = {fips: k for k, fips in enumerate(counties)}
    table = np.array(
        [
            [sum(distance_tenths_km(place, fips) for place in item.locations) for fips in counties]
            for item in items
        ],
        dtype=np.int64,
    ).reshape(len(items), len(counties))
    bin_county = np.array([column[fips] for fips in county], dtype=np.int64)
    return np.asarray(table[edge_item, bin_county[edge_bin]], dtype=np.int64)


def _conflicts(
    problem: Problem, items: Sequence[GroupClass], edge_item: Ints, edge_bin: Ints
) -> Ints:
    """(n_conflicts, 2) edges of separated groups that meet in the same home."""
    item_of = {
        problem.groups[i.members[0]].group_id: k for k, i in enumerate(items) if len(i.members) == 1
    }
    pairs = []
    for group_id, others in sorted(problem.separated_groups.items()):
        for other in sorted(others):
            if group_id < other and group_id in item_of and other in item_of:
                mine = np.flatnonzero(edge_item == item_of[group_id])
                theirs = np.flatnonzero(edge_item == item_of[other])
                _, a, b = np.intersect1d(edge_bin[mine], edge_bin[theirs], return_indices=True)
                pairs.append(np.stack([mine[a], theirs[b]], axis=1))
    return np.concatenate(pairs) if pairs else np.zeros((0, 2), dtype=np.int64)
