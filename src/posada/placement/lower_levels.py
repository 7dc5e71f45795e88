"""Bounds for the last three levels of a nation's plan, from what no plan can undercut.

They are true but plain: shared languages of counsel from a matching that ignores where groups live, cost
from the cheapest beds, distance from each child's nearest county with a home.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import Candidates
from posada.placement.counsel import CounselPools, plan_desks
from posada.placement.distance import distance_tenths_km
from posada.placement.solve import Program, solve_relaxation

Ints = NDArray[np.int64]


def lower_bounds(candidates: Candidates, *, placed: int, represented_most: int) -> dict[str, int]:
    """Bounds of levels 5 to 7 for any plan that places at least `placed` children."""
    return {
        "counsel_sharing_language": min(represented_most, _most_shared(candidates)),
        "cost_cents_per_day": _least_cost(candidates, placed),
        "distance_km": _least_distance(candidates, placed),
    }


def _most_shared(candidates: Candidates) -> int:
    """Children who could share a language with counsel if every group could live anywhere."""
    problem = candidates.problem
    pinned = {pin.sibling_group_id: pin.counsel_id for pin in problem.pins if pin.counsel_id}
    pools = CounselPools.of(problem, pinned=pinned, by_language=True)
    desks = plan_desks(problem, candidates.items, pools=pools, pinned={}, by_language=True)
    arcs = len(desks.arc_desk)
    if arcs == 0:
        return 0
    kinds_and_desks = _kinds_and_desks(desks.desk)
    count = np.bincount(desks.kind_of_item, weights=candidates.item_count, minlength=len(desks.desk))
    program = Program(
        gain=desks.arc_shared.astype(np.float64),
        upper=np.full(arcs, np.inf),
        whole=np.zeros(arcs, dtype=np.bool_),
    )
    number, ones = np.arange(arcs), np.ones(arcs)
    per_desk = np.zeros(len(desks.must))
    for kind, desk in kinds_and_desks:
        per_desk[desk] += count[kind]
    program.add_rows(
        row=desks.arc_desk, col=number, value=ones, lower=np.full(len(per_desk), -np.inf), upper=per_desk
    )
    program.add_rows(
        row=desks.arc_pool,
        col=number,
        value=ones,
        lower=np.full(len(pools.slots), -np.inf),
        upper=pools.slots.astype(np.float64),
    )
    return int(np.floor(solve_relaxation(program).value + 1e-4))


def _kinds_and_desks(desk: Ints) -> list[tuple[int, int]]:
    """(kind, desk) of every kind that can ask at a desk; several kinds may share one."""
    kind, court = np.nonzero(desk >= 0)
    return sorted({(int(k), int(desk[k, c])) for k, c in zip(kind, court, strict=True)})


def _least_cost(candidates: Candidates, placed: int) -> int:
    """The cheapest beds for `placed` children, cents a day."""
    limit = candidates.capacity[0].astype(np.int64).copy()
    policy = candidates.problem.policy
    spare = max(policy.household_siblings_max - policy.household_max, 0)
    states = candidates.problem.homes
    limit += np.array([spare if s.home.kind in policy.household_kinds else 0 for s in states])
    cost = np.array([s.home.cost_cents_per_child_day or 0 for s in states], dtype=np.int64)
    total, left = 0, placed
    for home in np.argsort(cost, kind="stable"):
        take = min(left, int(limit[home]))
        total += take * int(cost[home])
        left -= take
        if left == 0:
            break
    return total


def _least_distance(candidates: Candidates, placed: int) -> int:
    """The shortest journeys of `placed` children, tenths of a km: each to the nearest lawful county."""
    problem = candidates.problem
    open_counties = sorted({problem.homes[h].home.county_fips for h in candidates.open_homes})
    kin_counties: dict[int, set[str]] = defaultdict(set)
    for item, home in zip(candidates.listed_item.tolist(), candidates.listed_home.tolist(), strict=True):
        kin_counties[item].add(problem.homes[home].home.county_fips)
    asks = candidates.asks_openly()
    nearest_open: dict[str | None, int] = {}
    journeys = []
    for number, entry in enumerate(candidates.items):
        may_go_anywhere = bool(asks[candidates.item_kind[number]])
        own = kin_counties.get(number, set())
        if not may_go_anywhere and not own:
            continue
        for member in entry.members:
            for child in problem.groups[member].children:
                where = child.location_fips
                ways = [distance_tenths_km(where, fips) for fips in own]
                if may_go_anywhere:
                    if where not in nearest_open:
                        nearest_open[where] = min(distance_tenths_km(where, f) for f in open_counties)
                    ways.append(nearest_open[where])
                journeys.append(min(ways))
    return int(sum(sorted(journeys)[:placed]))
