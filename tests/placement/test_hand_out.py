"""Counts get names: everybody once, and the shortest journeys among alike groups."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.distance import distance_tenths_km
from posada.placement.exact import solve_exactly
from posada.placement.hand_out import counsel_of_groups, homes_of_groups
from posada.placement.problem import build_problem
from posada.records import Program
from tests.placement.random_programs import COUNTIES, MARYLAND, TODAY, Sizes, random_program
from tests.placement.sample_plan import child, home


def test_alike_groups_are_sent_so_that_their_journeys_are_shortest() -> None:
    places = ("24510", "36061", "24033", "24510")
    children = tuple(
        replace(child(f"g{n}-a", 2006, "F"), location_fips=place) for n, place in enumerate(places, 1)
    )
    homes = tuple(home(f"h{n}", "group", county, 1) for n, county in enumerate(COUNTIES, 1))
    problem = build_problem(Program(TODAY, children, homes), policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)
    item, where = found.all_pairs()
    assert len(found.items) == 1
    placed = homes_of_groups(problem, found.items, item, where, np.ones(4, dtype=np.int64))
    walked = sum(distance_tenths_km(places[g], COUNTIES[h]) for g, h in placed.items())
    ways = permutations(COUNTIES)
    assert walked == min(sum(map(distance_tenths_km, places, way)) for way in ways)
    assert sorted(placed.values()) == [0, 1, 2, 3]


@pytest.mark.parametrize("seed", range(40))
def test_everybody_counted_is_named_once(seed: int) -> None:
    sizes = Sizes(groups=12, homes=5, counsel=4, siblings=2)
    problem = build_problem(random_program(seed, sizes=sizes, few_edges=True), policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    item, where = found.all_pairs()
    solution = solve_exactly(found.model(item, where, with_cost=True))
    placed = homes_of_groups(problem, found.items, item, where, solution.x)
    sent = [
        (number, placed[m]) for number, entry in enumerate(found.items) for m in entry.members if m in placed
    ]
    counted = [
        (int(item[k]), int(where[k])) for k in np.flatnonzero(solution.x) for _ in range(int(solution.x[k]))
    ]
    assert sorted(sent) == sorted(counted)
    item_of = {m: k for k, entry in enumerate(found.items) for m in entry.members}
    desk = {
        g: int(found.desks.desk_of(np.array([item_of[g]]), found.home_court[[h]])[0])
        for g, h in placed.items()
    }
    at_desks = {g: d for g, d in desk.items() if d >= 0}
    matched = counsel_of_groups(problem, found.desks, found.pools, at_desks, solution.y)
    assert len(matched) == int(solution.y.sum())
    for one, counsel in enumerate(problem.counsel):
        assert list(matched.values()).count(one) <= counsel.open_slots
