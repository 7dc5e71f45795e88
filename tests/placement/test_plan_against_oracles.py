"""The plan is worth on every level what the oracles find, refuses the pins they refuse, and is lawful."""

import pytest

from posada.placement.check import violations
from posada.placement.plan import make_plan
from posada.records import Plan, Program
from tests.placement.oracle import LEVELS, Answer, brute_force
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program


def assert_as_good(plan: Plan, program: Program, best: Answer) -> None:
    assert tuple(level.name for level in plan.levels) == LEVELS
    assert frozenset((p.group, p.target) for p in plan.refused_pins) == best.refused
    assert tuple(level.value for level in plan.levels) == best.levels
    assert all(level.proven_optimal for level in plan.levels)
    assert violations(plan, program, policy=MARYLAND) == []
    assert not plan.time_limit_reached


@pytest.mark.parametrize("first", range(0, 440, 40))
def test_small_programs_are_planned_as_well_as_enumeration_can(first: int) -> None:
    for seed in range(first, first + 40):
        program = random_program(seed, few_edges=seed % 2 == 0)
        assert_as_good(make_plan(program, policy=MARYLAND), program, brute_force(program, policy=MARYLAND))


@pytest.mark.parametrize("seed", range(20))
def test_larger_programs_are_planned_as_well_as_a_plain_integer_program_can(seed: int) -> None:
    sizes = Sizes(groups=24, homes=14, counsel=6)
    program = random_program(1000 + seed, sizes=sizes, few_edges=seed % 3 > 0)
    assert_as_good(make_plan(program, policy=MARYLAND), program, integer_program(program, policy=MARYLAND))
