"""All rules between a group and each home: the same as asking of one pair at a time, and as the checker's."""

from dataclasses import replace

from posada.placement.feasible import refusals
from posada.placement.group_rules import (
    counsel_refusals,
    home_refusals,
    pins_that_hold,
    refusals_by_home,
)
from posada.placement.pins import HeldPins
from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.records import Counsel, Override
from tests.placement.random_programs import MARYLAND, random_program
from tests.placement.sample_plan import child, sample_program


def test_asked_of_all_homes_at_once_the_codes_are_those_of_each_pair() -> None:
    asked = 0
    for seed in range(150):
        problem = build_problem(random_program(seed), policy=MARYLAND)
        for group in problem.groups:
            found = refusals_by_home(problem, group)
            assert list(found) == [state.home_id for state in problem.homes]
            for state in problem.homes:
                assert found[state.home_id] == refusals(problem, group, state)
                asked += 1
    assert asked > 500


def test_who_joins_siblings_by_the_exception_is_not_refused_for_the_household() -> None:
    program = replace(
        sample_program(),
        children=(*sample_program().children, child("g3-7", 2007, "F")),
        placements=(replace(sample_program().placements[0], child_id="g3-0", home_id="h3"),),
    )
    problem = build_problem(program, policy=MARYLAND)
    group = problem.groups[problem.group_index["g3"]]
    assert refusals_by_home(problem, group)["h3"] == ()


def test_the_pins_that_hold_are_those_that_the_plan_did_not_refuse_each_once() -> None:
    program = sample_program()
    program = replace(program, overrides=(*program.overrides, *program.overrides))
    plan = make_plan(program, policy=MARYLAND)
    held = pins_that_hold(build_problem(program, policy=MARYLAND), refused=plan.refused_pins)
    assert held.homes == {"g1": "h1"}
    assert [g.group_id for g in held.in_home["h1"]] == ["g1"]


def test_who_is_pinned_to_a_home_counts_as_living_there() -> None:
    problem = build_problem(replace(sample_program(), separations=()), policy=MARYLAND)
    g4, h1 = problem.groups[problem.group_index["g4"]], problem.homes[problem.home_index["h1"]]
    held = HeldPins()
    assert home_refusals(problem, g4, h1, held) == ()
    held.hold(problem, Override("pin", "g1", "synthetic", "a worker", home_id="h1"))
    assert home_refusals(problem, g4, h1, held) == ()
    full = replace(h1, home=replace(h1.home, licensed_capacity=3))
    assert home_refusals(problem, g4, full, held) == ("capacity", "pinned")


def test_counsel_is_refused_where_no_home_of_the_group_lies_at_their_court() -> None:
    problem = build_problem(replace(sample_program(), overrides=(), separations=()), policy=MARYLAND)
    group = problem.groups[problem.group_index["g3"]]
    at_nobodys_court = Counsel("k9", ("NYC",), 1)
    assert counsel_refusals(problem, group, at_nobodys_court, HeldPins()) == (
        "no_counsel_at_court",
        "no_room",
    )
    full = replace(at_nobodys_court, open_slots=0)
    assert counsel_refusals(problem, group, full, HeldPins()) == ("caseload_full", "no_counsel_at_court")
    held = HeldPins(homes={"g3": "h4"})
    assert counsel_refusals(problem, group, at_nobodys_court, held) == ("no_court",)
