"""From counts to names: which group of a class goes to which home, and which counsel takes which group.

Among alike ones the pairing is `steady`: a small change of the program leaves most of them where they were.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from posada.placement.classes import GroupClass
from posada.placement.counsel import CounselPools, DeskPlan
from posada.placement.distance import distance_tenths_km
from posada.placement.problem import Problem
from posada.placement.solve import Program, solve_relaxation
from posada.placement.steady import paired

Ints = NDArray[np.int64]


def homes_of_groups(
    problem: Problem, items: tuple[GroupClass, ...], item: Ints, home: Ints, x: Ints
) -> dict[int, int]:
    """Group index -> home index. Alike groups are sent so that their journeys are shortest."""
    chosen: dict[int, list[int]] = defaultdict(list)
    for k in np.flatnonzero(x):
        chosen[int(item[k])] += [int(home[k])] * int(x[k])
    placed: dict[int, int] = {}
    for number, homes in chosen.items():
        members = items[number].members
        places = {_where(problem, m) for m in members}
        counties = {problem.homes[h].home.county_fips for h in homes}
        if len(places) == 1 or (len(counties) == 1 and len(homes) == len(members)):
            placed.update(_steadily(problem, list(members), homes))
        else:
            placed.update(_shortest(problem, members, sorted(homes)))
    return placed


def _steadily(problem: Problem, members: list[int], homes: list[int]) -> dict[int, int]:
    """As many as there are homes, the first of the members; which home each gets does not matter."""
    some, homes = members[: len(homes)], sorted(homes)
    names = [problem.groups[m].group_id for m in some]
    return dict(
        zip(some, (homes[k] for k in paired(names, [problem.homes[h].home_id for h in homes])), strict=True)
    )


def _where(problem: Problem, member: int) -> tuple[str | None, ...]:
    return tuple(sorted((c.location_fips for c in problem.groups[member].children), key=lambda f: f or ""))


def _shortest(problem: Problem, members: tuple[int, ...], homes: list[int]) -> dict[int, int]:
    """A transportation problem between places and counties, then names in order."""
    by_place: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for member in members:
        by_place[_where(problem, member)].append(member)
    by_county: dict[str, list[int]] = defaultdict(list)
    for home in homes:
        by_county[problem.homes[home].home.county_fips].append(home)
    places, counties = sorted(by_place, key=str), sorted(by_county)
    cost = np.array(
        [[sum(distance_tenths_km(p, fips) for p in place) for fips in counties] for place in places],
        dtype=np.float64,
    )
    flow = _transport(
        cost,
        np.array([len(by_place[p]) for p in places], dtype=np.float64),
        np.array([len(by_county[c]) for c in counties], dtype=np.float64),
    )
    sent: dict[int, int] = {}
    going: dict[int, list[int]] = {}  # county -> who goes there
    for a, place in enumerate(places):
        some = by_place[place][: int(flow[a].sum())]
        slots = [b for b in range(len(counties)) for _ in range(int(flow[a, b]))]
        names = [problem.groups[m].group_id for m in some]
        for member, k in zip(some, paired(names, [counties[b] for b in slots]), strict=True):
            going.setdefault(slots[k], []).append(member)
    for b, members_there in going.items():
        sent |= _steadily(problem, members_there, by_county[counties[b]])
    return sent


def _transport(cost: NDArray[np.float64], supply: NDArray[np.float64], demand: NDArray[np.float64]) -> Ints:
    """(n_places, n_counties) whole flows that meet every demand at least cost."""
    rows = cost.shape[0]
    a, b = (part.ravel() for part in np.indices(cost.shape))
    program = Program(
        gain=-cost.ravel(), upper=np.full(cost.size, np.inf), whole=np.zeros(cost.size, dtype=np.bool_)
    )
    one = np.ones(cost.size)
    number = np.arange(cost.size)
    program.add_rows(row=a, col=number, value=one, lower=np.full(rows, -np.inf), upper=supply)
    program.add_rows(row=b, col=number, value=one, lower=demand, upper=demand)
    flow = solve_relaxation(program, method="simplex").x
    return np.round(flow).astype(np.int64).reshape(cost.shape)


def counsel_of_groups(
    problem: Problem,
    desks: DeskPlan,
    pools: CounselPools,
    group_desk: Mapping[int, int],
    y: Ints,
) -> dict[int, int]:
    """Group index -> counsel index. `group_desk` gives each placed group's desk; alike groups in order."""
    waiting: dict[int, list[int]] = defaultdict(list)
    for group in sorted(group_desk):
        waiting[group_desk[group]].append(group)
    given: dict[int, list[int]] = defaultdict(list)  # desk -> a pool for each match
    for arc in np.flatnonzero(y):
        given[int(desks.arc_desk[arc])] += [int(desks.arc_pool[arc])] * int(y[arc])
    taken: dict[int, list[int]] = defaultdict(list)
    for desk, numbers in given.items():
        some = waiting[desk][: len(numbers)]
        names = [problem.groups[m].group_id for m in some]
        wanted = [pools.pools[n].name for n in numbers]
        for group, k in zip(some, paired(names, wanted), strict=True):
            taken[numbers[k]].append(group)
    matched: dict[int, int] = {}
    for number, groups in taken.items():
        slots = [m for m in pools.pools[number].members for _ in range(problem.counsel[m].open_slots)]
        names = [problem.groups[m].group_id for m in groups]
        for group, k in zip(
            groups, paired(names, [problem.counsel[m].counsel_id for m in slots]), strict=True
        ):
            matched[group] = slots[k]
    return matched
