"""Every home that is lawful for a group, one group at a time, and the room that is left as groups move in.

For the peers that work by hand (greedy, repair). The rules are the product's (`feasible`); the order of
work, the choices and the book-keeping are not.
"""

from collections import defaultdict
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.distance import distance_tenths_km
from posada.placement.problem import Group, Problem

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class LawfulHomes:
    """Lawful homes of each group, with what a home is worth to it on the levels that homes decide."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.needs = feasible.need_names(problem)
        rows = feasible.home_rows(problem.homes, problem=problem, needs=self.needs)
        self.is_kin = rows.is_kin[0]
        self.open_homes = np.flatnonzero(~self.is_kin)
        self._open_rows = feasible.take_homes(rows, self.open_homes)
        self._rows_by_look: dict[Hashable, Ints] = {}
        self._kin = self._lawful_kin(rows)
        tongues = sorted({s.home.languages for s in problem.homes})
        number = {spoken: k for k, spoken in enumerate(tongues)}
        self._tongues = tongues
        self._tongue_of = np.array([number[s.home.languages] for s in problem.homes], dtype=np.int64)
        counties = sorted({s.home.county_fips for s in problem.homes})
        county = {fips: k for k, fips in enumerate(counties)}
        self._counties = counties
        self._county_of = np.array([county[s.home.county_fips] for s in problem.homes], dtype=np.int64)
        self._km: dict[str | None, Ints] = {}
        self._shares: dict[Hashable, Ints] = {}
        self.cost = np.array([s.home.cost_cents_per_child_day or 0 for s in problem.homes], dtype=np.int64)

    def _lawful_kin(self, rows: feasible.HomeRows) -> dict[int, list[int]]:
        """Group -> the kin homes linked to it that are lawful."""
        problem = self.problem
        pairs = [
            (index, problem.home_index[home_id])
            for index, group in enumerate(problem.groups)
            for home_id in sorted(group.kin_homes)
            if home_id in problem.home_index and self.is_kin[problem.home_index[home_id]]
        ]
        found: dict[int, list[int]] = defaultdict(list)
        for first in range(0, len(pairs), 256):
            strip = pairs[first : first + 256]
            columns = feasible.group_columns([problem.groups[g] for g, _ in strip], needs=self.needs)
            some = feasible.take_homes(rows, np.array([h for _, h in strip], dtype=np.int64))
            holds = np.diagonal(feasible.lawful_by_home(columns, some, problem))
            for (group, home), is_lawful in zip(strip, holds, strict=True):
                if is_lawful:
                    found[group].append(home)
        return found

    def of(self, index: int) -> Ints:
        """Homes that are lawful for the group while nobody else moves, ascending."""
        problem, group = self.problem, self.problem.groups[index]
        if group.standing_homes:
            states = [problem.homes[problem.home_index[h]] for h in group.standing_homes]
            lawful = [s for s in states if not feasible.refusals(problem, group, s)]
            return np.array([problem.home_index[s.home_id] for s in lawful], dtype=np.int64)
        homes = self._open_to(group)
        kin = self._kin.get(index)
        if kin:
            homes = np.sort(np.concatenate([homes, np.array(kin, dtype=np.int64)]))
        refused = set(problem.separated_homes.get(group.group_id, ()))
        refused |= problem.forbidden.get(group.group_id, frozenset())
        for other in problem.separated_groups.get(group.group_id, ()):
            refused |= problem.homes_of_standing_group.get(other, frozenset())
        barred = [problem.home_index[h] for h in sorted(refused) if h in problem.home_index]
        return homes[~np.isin(homes, barred)] if barred else homes

    def kind(self, index: int) -> Hashable:
        """Equal for groups that have the same lawful homes, worth the same to them on levels 1 to 3."""
        group, problem = self.problem.groups[index], self.problem
        is_named = any(
            group.group_id in table
            for table in (problem.separated_groups, problem.separated_homes, problem.forbidden)
        )
        if is_named or group.standing_homes or group.kin_homes:
            return index
        return _look(group), _spoken(group)

    def _open_to(self, group: Group) -> Ints:
        """Lawful foster and group homes, worked out once for all groups that look the same to them."""
        look = _look(group)
        if look not in self._rows_by_look:
            columns = feasible.group_columns([group], needs=self.needs)
            lawful = feasible.lawful_by_home(columns, self._open_rows, self.problem)[0]
            self._rows_by_look[look] = self.open_homes[np.flatnonzero(lawful)]
        return self._rows_by_look[look]

    def shares(self, index: int, homes: Ints) -> Ints:
        """(n,): the group's children who share a language with each home; all of them with kin."""
        group = self.problem.groups[index]
        spoken = _spoken(group)
        if spoken not in self._shares:
            self._shares[spoken] = np.array(
                [sum(bool(set(child) & set(home)) for child in spoken) for home in self._tongues],
                dtype=np.int64,
            )
        shared = self._shares[spoken][self._tongue_of[homes]]
        return np.where(self.is_kin[homes], group.size, shared)

    def distance(self, index: int, homes: Ints) -> Ints:
        """(n,): tenths of a kilometre, summed over the group's children."""
        total = np.zeros(len(self._counties), dtype=np.int64)
        for child in self.problem.groups[index].children:
            if child.location_fips not in self._km:
                self._km[child.location_fips] = np.array(
                    [distance_tenths_km(child.location_fips, fips) for fips in self._counties],
                    dtype=np.int64,
                )
            total += self._km[child.location_fips]
        return total[self._county_of[homes]]


def _look(group: Group) -> Hashable:
    """Everything that the rules of foster and group homes read of a group."""
    return (
        *(group.size, group.size_all, group.girls, group.boys, group.under_two),
        *(group.age_min, group.age_max, group.sexes, group.needs),
    )


def _spoken(group: Group) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(c.languages for c in group.children))


class Rooms:
    """Room left in every home, as groups move in one after another."""

    def __init__(self, problem: Problem) -> None:
        rows = feasible.home_rows(problem.homes, problem=problem, needs=())
        self.problem = problem
        self.places = np.minimum(rows.capacity_left[0], rows.beds_left[0]).astype(np.int64)
        self.girls = rows.girls_left[0].astype(np.int64)
        self.boys = rows.boys_left[0].astype(np.int64)
        self.under_two = rows.under_two_left[0].astype(np.int64)
        self.living = rows.living[0].astype(np.int64)
        self.arrived = np.zeros(len(problem.homes), dtype=np.int64)
        self.has_household_rule = rows.has_household_rule[0]
        self.exempt_kin = rows.is_kin[0] & ("under_two" in problem.policy.kin_home_exempt)
        self.home_of = np.full(len(problem.groups), -1, dtype=np.int64)

    def fits(self, index: int, homes: Ints) -> Bools:
        """(n,): whether the group, lawful in each of the homes by itself, also has room there now."""
        group, policy = self.problem.groups[index], self.problem.policy
        household = self.living[homes] + group.size <= policy.household_max
        household |= (self.arrived[homes] == 0) | ~self.has_household_rule[homes]
        fits = (
            (self.places[homes] >= group.size)
            & (self.girls[homes] >= group.girls)
            & (self.boys[homes] >= group.boys)
            & ((self.under_two[homes] >= group.under_two) | self.exempt_kin[homes])
            & household
        )
        apart = [self.problem.group_index.get(g, -1) for g in self._apart(group)]
        taken = [int(self.home_of[g]) for g in apart if g >= 0 and self.home_of[g] >= 0]
        return np.asarray(fits & ~np.isin(homes, taken) if taken else fits)

    def _apart(self, group: Group) -> frozenset[str]:
        return self.problem.separated_groups.get(group.group_id, frozenset())

    def move_in(self, index: int, home: int) -> None:
        """The group now lives there."""
        group = self.problem.groups[index]
        self.home_of[index] = home
        self.places[home] -= group.size
        self.girls[home] -= group.girls
        self.boys[home] -= group.boys
        self.under_two[home] -= group.under_two
        self.living[home] += group.size
        self.arrived[home] += 1
