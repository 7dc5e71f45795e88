"""Every lawful pair of a kind of group and a home, and what it is worth.

The lawful table is kept by kinds of group and homes that are open to all (foster and group homes); kin homes
take only the groups that are linked to them, so those pairs are listed one by one. A nation needs no dense
table of its groups and homes.
Comes in: a `Problem` and pins that are known to be lawful. Goes out: `Candidates`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.classes import GroupClass, group_classes, named_groups
from posada.placement.counsel import CounselPools, DeskPlan, plan_desks
from posada.placement.distance import distance_tenths_km
from posada.placement.model import NO_ROW, Level, Model
from posada.placement.problem import Group, Problem
from posada.placement.steady import ranks

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
STRIP = 256
"""Kinds of group whose lawful table is worked out at once."""
ROOMS = ("places", "girls", "boys", "under_two", "large")
"""`large`: room for groups that take more than half of the places of a home of three or more: one. It follows
from `places` for whole groups; fractions of groups do not know it (a knapsack cover, as in L. Wolsey, Integer
Programming, chapter 9)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lawful pairs: `open_homes` (n_open,) indexes homes, `lawful` is (n_kinds, n_open).

    `listed_item`, `listed_home` are the pairs with kin homes. Item arrays are (n_items,).
    """

    problem: Problem
    items: tuple[GroupClass, ...]
    item_kind: Ints
    item_count: Ints
    item_must: Bools
    kind_group: tuple[Group, ...]  # one group of each kind
    open_homes: Ints
    lawful: Bools
    listed_item: Ints
    listed_home: Ints
    capacity: Ints  # (5, n_homes), kinds of room in `ROOMS`
    home_court: Ints  # (n_homes,), -1: not known
    pools: CounselPools
    desks: DeskPlan
    settled_item: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    settled_home: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Pairs that are decided already (see `kin_first.set_aside`): in no model, but at their desks."""

    def all_pairs(self) -> tuple[Ints, Ints]:
        """(item, home) of every lawful pair, sorted."""
        items, homes = [self.listed_item], [self.listed_home]
        for first in range(0, len(self.items), STRIP):
            item, column = np.nonzero(self.lawful[self.item_kind[first : first + STRIP]])
            items.append(item.astype(np.int64) + first)
            homes.append(self.open_homes[column])
        item, home = np.concatenate(items), np.concatenate(homes)
        order = np.lexsort((home, item))
        return item[order], home[order]

    def must_pairs(self) -> tuple[Ints, Ints]:
        """(item, home) of every lawful pair of the items that must be placed."""
        must = np.flatnonzero(self.item_must & (self.item_count > 0))
        row, place = np.nonzero(self.lawful[self.item_kind[must]])
        listed = np.isin(self.listed_item, must)
        return (
            np.concatenate([must[row], self.listed_item[listed]]),
            np.concatenate([self.open_homes[place], self.listed_home[listed]]),
        )

    def asks_openly(self) -> Bools:
        """(n_kinds,): kinds that some home open to all may take."""
        return np.asarray(self.lawful.any(axis=1), dtype=np.bool_)

    def must_be_alone(self, item: Ints, home: Ints) -> Bools:
        """(n,): whether the household rule lets the group in only if nobody else is placed there."""
        policy = self.problem.policy
        states = self.problem.homes
        living = np.array([s.standing + s.own for s in states], dtype=np.int64)[home]
        applies = np.array([s.home.kind in policy.household_kinds for s in states], dtype=np.bool_)[home]
        return np.asarray((self.item_loads()[0][item] + living > policy.household_max) & applies)

    def item_loads(self) -> Ints:
        """(4, n_items): places, girls, boys and children under two of one group of the item."""
        loads = [[g.size, g.girls, g.boys, g.under_two] for g in self.kind_group]
        return np.array(loads, dtype=np.int64).reshape(-1, 4).T[:, self.item_kind]

    def pair_ranks(self, item: Ints, home: Ints) -> Floats:
        """(n,) numbers in [0, 1) that choose among equals; they hang on names alone (`steady`)."""
        firsts = [self.problem.groups[entry.members[0]].group_id for entry in self.items]
        return ranks(firsts, [state.home_id for state in self.problem.homes], item, home)

    def settled_children(self) -> int:
        """Children of the pairs that are decided already."""
        return int(self.item_loads()[0][self.settled_item].sum())

    def model(self, item: Ints, home: Ints, *, with_cost: bool) -> Model:
        """The integer program over the given pairs (sorted by item, home)."""
        asked = self.desks.desk_of(self.settled_item, self.home_court[self.settled_home])
        load = np.vstack([self.item_loads()[:, item], np.zeros((1, len(item)), dtype=np.int64)])
        load[0] = np.where(self.must_be_alone(item, home), self.capacity[0, home], load[0])
        load[4] = is_large(load[0], self.capacity[0, home])
        return Model(
            item_count=self.item_count,
            item_must=self.item_must,
            capacity=self.capacity,
            edge_item=item,
            edge_bin=home,
            load=load,
            levels=self._levels(item, home, with_cost=with_cost),
            edge_desk=self.desks.desk_of(item, self.home_court[home]),
            desk_must=self.desks.must,
            arc_desk=self.desks.arc_desk,
            arc_pool=self.desks.arc_pool,
            pool_slots=self.pools.slots,
            desk_base=np.bincount(asked[asked >= 0], minlength=len(self.desks.must)).astype(np.int64),
            conflict_edges=self._conflicts(item, home),
        )

    def _levels(self, item: Ints, home: Ints, *, with_cost: bool) -> tuple[Level, ...]:
        size = self.item_loads()[0][item]
        is_kin = np.array([s.home.kind == "kin" for s in self.problem.homes], dtype=np.bool_)[home]
        shares = np.where(is_kin, size, self.shared_children(item, home))
        levels = [
            Level("children_placed", "max", edge_gain=size),
            Level("children_with_kin", "max", edge_gain=size * is_kin),
            Level("children_sharing_language", "max", edge_gain=shares),
            Level("children_represented", "max", arc_gain=self.desks.arc_size),
            Level("counsel_sharing_language", "max", arc_gain=self.desks.arc_shared),
        ]
        if with_cost:
            cost = [s.home.cost_cents_per_child_day or 0 for s in self.problem.homes]
            levels += [
                Level("cost_cents_per_day", "min", edge_gain=size * np.array(cost, dtype=np.int64)[home]),
                Level("distance_km", "min", edge_gain=self._distances(item, home)),
            ]
        return tuple(levels)

    def shared_children(self, item: Ints, home: Ints) -> Ints:
        """(n,): children of the item who themselves share a language with the home."""
        table, column = self.language_table()
        return np.asarray(table[item, column[home]], dtype=np.int64)

    def language_table(self) -> tuple[Ints, Ints]:
        """(n_items, n_language_sets) children who share, and each home's column in it."""
        spoken_at = [frozenset(s.home.languages) for s in self.problem.homes]
        home_sets = sorted(set(spoken_at), key=sorted)
        child_sets = sorted({spoken for i in self.items for spoken, _ in i.languages}, key=sorted)
        place = {spoken: k for k, spoken in enumerate(child_sets)}
        counts = np.zeros((len(self.items), len(child_sets)), dtype=np.int64)
        for row, entry in enumerate(self.items):
            for spoken, count in entry.languages:
                counts[row, place[spoken]] += count
        meet = np.array([[bool(c & h) for h in home_sets] for c in child_sets], dtype=np.int64)
        which = {spoken: k for k, spoken in enumerate(home_sets)}
        column = np.array([which[spoken] for spoken in spoken_at], dtype=np.int64)
        return counts @ meet.reshape(len(child_sets), len(home_sets)), column

    def _distances(self, item: Ints, home: Ints) -> Ints:
        """(n,): tenths of a kilometre, summed over the item's children."""
        counties = sorted({s.home.county_fips for s in self.problem.homes})
        number = {fips: k for k, fips in enumerate(counties)}
        column = np.array([number[s.home.county_fips] for s in self.problem.homes], dtype=np.int64)
        places = sorted({entry.locations for entry in self.items}, key=str)
        row_of = {where: k for k, where in enumerate(places)}
        table = np.array(
            [[sum(distance_tenths_km(p, fips) for p in where) for fips in counties] for where in places],
            dtype=np.int64,
        ).reshape(len(places), len(counties))
        row = np.array([row_of[entry.locations] for entry in self.items], dtype=np.int64)
        return np.asarray(table[row[item], column[home]], dtype=np.int64)

    def _conflicts(self, item: Ints, home: Ints) -> Ints:
        """(n_conflicts, 2) edges of separated groups that meet in the same home."""
        apart = self.problem.separated_groups
        item_of = {
            self.problem.groups[entry.members[0]].group_id: k
            for k, entry in enumerate(self.items)
            if self.problem.groups[entry.members[0]].group_id in apart
        }
        pairs = []
        for group_id, others in sorted(apart.items()):
            for other in sorted(others):
                if group_id < other and group_id in item_of and other in item_of:
                    mine = _edges_of(item, item_of[group_id])
                    theirs = _edges_of(item, item_of[other])
                    _, a, b = np.intersect1d(home[mine], home[theirs], return_indices=True)
                    pairs.append(np.stack([mine[a], theirs[b]], axis=1))
        return np.concatenate(pairs) if pairs else np.zeros((0, 2), dtype=np.int64)


def _edges_of(item: Ints, wanted: int) -> Ints:
    first, last = np.searchsorted(item, [wanted, wanted + 1])
    return np.arange(first, last)


def is_large(places: Ints, capacity: Ints) -> Ints:
    """1 where a group takes more than half of a home's places, else 0; shapes broadcast."""
    return np.asarray(2 * places > capacity, dtype=np.int64)


def build_candidates(
    problem: Problem,
    *,
    pinned_homes: Mapping[str, str],
    pinned_counsel: Mapping[str, str],
    is_exact: bool,
    with_counsel: bool = True,
) -> Candidates:
    """All candidates. `is_exact` keeps locations and the languages of counsel apart.

    Without `with_counsel` the model has no desks: only the levels of homes are kept.

    `pinned_homes` and `pinned_counsel` (group id -> home or counsel id) hold pins known to be lawful.
    """
    items = group_classes(problem, keep_locations=is_exact, keep_courts=with_counsel)
    pools = CounselPools.of(problem, pinned=pinned_counsel, by_language=is_exact)
    if not with_counsel:
        pools = CounselPools(pools=(), slots=np.zeros(0, dtype=np.int64))
    desks = plan_desks(
        problem,
        items,
        pools=pools,
        pinned=pinned_counsel if with_counsel else {},
        by_language=is_exact,
    )
    courts = {court: k for k, court in enumerate(desks.courts)}
    kind_group = {entry.kind: problem.groups[entry.members[0]] for entry in reversed(items)}
    groups = tuple(kind_group[k] for k in range(len(kind_group)))
    open_homes, lawful, kin = _lawful(problem, groups, pinned_homes, pinned_counsel)
    kind_items = {entry.kind: k for k, entry in enumerate(items)}
    pinned = {*pinned_homes, *pinned_counsel}
    return Candidates(
        problem=problem,
        items=items,
        item_kind=np.array([entry.kind for entry in items], dtype=np.int64),
        item_count=np.array([len(entry.members) for entry in items], dtype=np.int64),
        item_must=np.array(
            [problem.groups[entry.members[0]].group_id in pinned for entry in items], dtype=np.bool_
        ),
        kind_group=groups,
        open_homes=open_homes,
        lawful=lawful,
        listed_item=np.array([kind_items[k] for k, homes in kin.items() for _ in homes], dtype=np.int64),
        listed_home=np.array([home for homes in kin.values() for home in homes], dtype=np.int64),
        capacity=_capacity(problem, with_large=not is_exact),
        home_court=np.array(
            [courts.get(problem.court_of_county.get(s.home.county_fips, ""), -1) for s in problem.homes],
            dtype=np.int64,
        ),
        pools=pools,
        desks=desks,
    )


def _lawful(
    problem: Problem,
    groups: Sequence[Group],
    pinned_homes: Mapping[str, str],
    pinned_counsel: Mapping[str, str],
) -> tuple[Ints, Bools, dict[int, list[int]]]:
    """Open homes, the lawful table of kinds and open homes, and each kind's lawful kin homes.

    A group with a kin home that nobody else may use is not asked for open homes: see `kin_first`.
    """
    needs = feasible.need_names(problem)
    rows = feasible.home_rows(problem.homes, problem=problem, needs=needs)
    open_homes = np.flatnonzero(~rows.is_kin[0])
    open_rows = feasible.take_homes(rows, open_homes)
    kin = _kin_pairs(problem, groups, rows, needs)
    named = named_groups(problem)
    settled = _settled(kin)
    asks = np.array(
        [k not in settled or bool(g.standing_homes) or g.group_id in named for k, g in enumerate(groups)],
        dtype=np.bool_,
    )
    lawful = np.zeros((len(groups), len(open_homes)), dtype=np.bool_)
    asking = np.flatnonzero(asks)
    for first in range(0, len(asking), STRIP):
        strip = asking[first : first + STRIP]
        columns = feasible.group_columns([groups[int(k)] for k in strip], needs=needs)
        lawful[strip] = feasible.lawful_by_home(columns, open_rows, problem)
    column_of = {int(home): k for k, home in enumerate(open_homes)}
    for k in asking.tolist():
        group = groups[k]
        if group.group_id in named or group.standing_homes:
            allowed = _allowed_by_name(problem, group, pinned_homes, pinned_counsel)
            lawful[k] &= allowed[open_homes]
            kin[k] = [home for home in kin.get(k, []) if allowed[home]]
            _join_siblings(problem, group, lawful[k], column_of, allowed)
    return open_homes, lawful, kin


def _kin_pairs(
    problem: Problem, groups: Sequence[Group], rows: feasible.HomeRows, needs: Sequence[str]
) -> dict[int, list[int]]:
    """Kind -> its kin homes that every rule about the pair allows."""
    pairs = [
        (k, problem.home_index[home_id])
        for k, group in enumerate(groups)
        for home_id in sorted(group.kin_homes)
        if rows.is_kin[0, problem.home_index[home_id]]
    ]
    found: dict[int, list[int]] = {}
    for first in range(0, len(pairs), STRIP):
        strip = pairs[first : first + STRIP]
        columns = feasible.group_columns([groups[k] for k, _ in strip], needs=needs)
        some = feasible.take_homes(rows, np.array([home for _, home in strip], dtype=np.int64))
        lawful = np.diagonal(feasible.lawful_by_home(columns, some, problem))
        for (kind, home), holds in zip(strip, lawful, strict=True):
            if holds:
                found.setdefault(kind, []).append(home)
    return found


def _settled(kin: Mapping[int, Sequence[int]]) -> set[int]:
    """Kinds (of one group each) that have a lawful kin home to themselves."""
    users: dict[int, int] = {}
    for homes in kin.values():
        for home in homes:
            users[home] = users.get(home, 0) + 1
    return {kind for kind, homes in kin.items() if any(users[home] == 1 for home in homes)}


def _allowed_by_name(
    problem: Problem,
    group: Group,
    pinned_homes: Mapping[str, str],
    pinned_counsel: Mapping[str, str],
) -> Bools:
    """(n_homes,): what separations, forbidden pairs, siblings elsewhere and pins leave to the group."""
    allowed = np.ones(len(problem.homes), dtype=np.bool_)
    refused = problem.separated_homes.get(group.group_id, frozenset()) | problem.forbidden.get(
        group.group_id, frozenset()
    )
    for other in problem.separated_groups.get(group.group_id, ()):
        refused |= problem.homes_of_standing_group.get(other, frozenset())
    allowed[[problem.home_index[h] for h in refused if h in problem.home_index]] = False
    only = set(group.standing_homes)
    if group.group_id in pinned_homes:
        only = {pinned_homes[group.group_id]}
    if only:
        keep = np.zeros_like(allowed)
        if len(only) == 1:
            keep[problem.home_index[next(iter(only))]] = True
        allowed &= keep
    if group.group_id in pinned_counsel and group.hearing_court is None:
        courts = problem.counsel[problem.counsel_index[pinned_counsel[group.group_id]]].courts
        allowed &= np.array(
            [problem.court_of_county.get(s.home.county_fips) in courts for s in problem.homes],
            dtype=np.bool_,
        )
    return allowed


def _join_siblings(
    problem: Problem, group: Group, lawful: Bools, column_of: Mapping[int, int], allowed: Bools
) -> None:
    """Siblings who live in the home already do not stand in the way of the larger household."""
    for home_id in group.standing_homes:
        home = problem.home_index[home_id]
        if home in column_of and allowed[home]:
            lawful[column_of[home]] = not feasible.refusals(problem, group, problem.homes[home])


def _capacity(problem: Problem, *, with_large: bool) -> Ints:
    """(5, n_homes): room left of each kind in `ROOMS`; NO_ROW where another kind always binds first.

    Places join capacity, beds and household: a group that must be alone takes all of them.
    """
    rows = feasible.home_rows(problem.homes, problem=problem, needs=())
    household_left = np.where(
        rows.has_household_rule[0], problem.policy.household_max - rows.living[0], NO_ROW
    )
    places = np.minimum(np.minimum(rows.capacity_left[0], rows.beds_left[0]), household_left)
    places = np.maximum(places, 1)
    capacity = np.stack([places, rows.girls_left[0], rows.boys_left[0], rows.under_two_left[0]])
    capacity = np.maximum(capacity.astype(np.int64), 0)  # a room already overfull has no pairs
    capacity[1:][capacity[1:] >= places] = NO_ROW
    large = np.where((places >= 3) & with_large, 1, NO_ROW)
    return np.vstack([capacity, large[None, :]])
