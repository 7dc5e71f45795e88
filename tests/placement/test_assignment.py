"""An assignment names homes and counsel for groups, with bounds it has proven."""

import pytest

from posada.placement.assignment import assign
from posada.placement.deadline import NO_DEADLINE
from posada.placement.exact import NoSolution
from posada.placement.pins import HeldPins
from posada.placement.problem import build_problem
from posada.records import Override, Program
from tests.placement.oracle import brute_force
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import child, home


@pytest.mark.parametrize("seed", range(40))
def test_bounds_of_small_programs_are_the_best_values(seed: int) -> None:
    program = random_program(seed, few_edges=True)
    if any(o.action == "pin" for o in program.overrides):
        return
    problem = build_problem(program, policy=MARYLAND)
    solved = assign(problem, HeldPins(), deadline=NO_DEADLINE, gap=0.0, tell=lambda _: None)
    assert tuple(solved.bounds.values()) == brute_force(program, policy=MARYLAND).levels
    world = World.of(program, policy=MARYLAND)
    for index, group in enumerate(problem.groups):
        assert bool(solved.has_lawful_home[index]) == bool(world.lawful_homes(group.group_id))
    assert {(g, h) for h, groups in solved.in_home.items() for g in groups} == set(solved.home.items())
    assert set(solved.counsel) <= set(solved.home)


def test_pins_that_do_not_fit_together_are_no_solution() -> None:
    children = (child("g1-a", 2006, "F"), child("g2-a", 2006, "F"))
    pins = tuple(Override("pin", g, "synthetic", "a worker", home_id="h1") for g in ("g1", "g2"))
    program = Program(TODAY, children, (home("h1", "group", "24510", 1),), overrides=pins)
    problem, held = build_problem(program, policy=MARYLAND), HeldPins()
    for pin in pins:
        held.hold(problem, pin)
    with pytest.raises(NoSolution):
        assign(problem, held, deadline=NO_DEADLINE, gap=0.0, tell=lambda _: None)


def test_what_is_being_done_is_told_in_words() -> None:
    said: list[str] = []
    problem = build_problem(random_program(1), policy=MARYLAND)
    assign(problem, HeldPins(), deadline=NO_DEADLINE, gap=0.0, tell=said.append)
    assert said
    assert all(words.strip() for words in said)
