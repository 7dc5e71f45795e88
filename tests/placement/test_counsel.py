"""Pools and desks say exactly who may act for whom at which court."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.counsel import CounselPools, Pool, may_act
from posada.placement.problem import build_problem
from posada.records import Counsel
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, Sizes, random_program
from tests.placement.sample_plan import DAY, sample_program


@pytest.mark.parametrize("seed", range(60))
def test_a_desk_is_served_by_those_who_may_act(seed: int) -> None:
    program = random_program(seed, sizes=Sizes(counsel=6), few_edges=seed % 2 == 0)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    for number, entry in enumerate(found.items):
        for member in entry.members:
            group = problem.groups[member].group_id
            for place, state in enumerate(problem.homes):
                desk = int(found.desks.desk_of(np.array([number]), found.home_court[[place]])[0])
                arcs = np.flatnonzero(found.desks.arc_desk == desk) if desk >= 0 else np.zeros(0, dtype=int)
                served = {
                    problem.counsel[m].counsel_id: int(found.desks.arc_shared[arc])
                    for arc in arcs
                    for m in found.pools.pools[found.desks.arc_pool[arc]].members
                }
                allowed = [c for c in world.lawful_counsel(group, state.home_id) if world.slots[c] > 0]
                assert served == {c: world.spoken(group, c) for c in allowed}
                assert (found.desks.arc_size[arcs] == world.size(group)).all()


def test_slots_of_a_pool_are_those_of_its_members() -> None:
    for seed in range(30):
        problem = build_problem(random_program(seed, sizes=Sizes(counsel=8)), policy=MARYLAND)
        for by_language in (True, False):
            pools = CounselPools.of(problem, pinned={}, by_language=by_language)
            assert pools.slots.sum() == sum(c.open_slots for c in problem.counsel)
            for pool, slots in zip(pools.pools, pools.slots, strict=True):
                assert slots == sum(problem.counsel[m].open_slots for m in pool.members) > 0


def test_counsel_who_starts_on_the_day_of_the_hearing_is_in_time() -> None:
    for days, allowed in ((8, True), (9, False)):
        counsel = Counsel("k9", ("HYA",), 1, available_from=TODAY + days * DAY)
        problem = build_problem(replace(sample_program(), counsel=(counsel,)), policy=MARYLAND)
        pool = Pool((0,), frozenset({"HYA"}), frozenset(), counsel.available_from)
        group = problem.groups[problem.group_index["g2"]]
        assert may_act(problem, group, pool, "HYA") is allowed
        assert not may_act(problem, group, pool, "BAL")
