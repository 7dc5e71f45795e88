"""Pins hold together where an integer program over everybody says so, and the way for nations keeps them."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from posada.placement import assignment, surge
from posada.placement.candidates import Candidates, build_candidates
from posada.placement.check import violations
from posada.placement.exact import NoSolution, solve_exactly
from posada.placement.pinned_first import homes_for_pinned
from posada.placement.pins import HeldPins, refusing_rule
from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.records import Counsel, CourtCounty, Override, Program
from tests.placement.random_programs import MARYLAND, TODAY, Sizes, random_program
from tests.placement.sample_plan import child, home

SIZES = Sizes(groups=14, homes=9, counsel=4, siblings=3)


def pin(group: str, *, home_id: str | None = None, counsel_id: str | None = None) -> Override:
    return Override("pin", group, "synthetic", "a worker", home_id=home_id, counsel_id=counsel_id)


def pinned_program(seed: int) -> Program:
    """Pins that crowd each other: few homes and counsel are asked for."""
    rng, program = Random(seed), random_program(seed, sizes=SIZES, few_edges=seed % 2 > 0)
    groups = sorted({c.sibling_group_id for c in program.children})
    pins = []
    for _ in range(rng.randint(2, 6)):
        if rng.random() < 0.5 or not program.counsel:
            pins.append(pin(rng.choice(groups), home_id=rng.choice(program.homes[:4]).home_id))
        else:
            pins.append(pin(rng.choice(groups), counsel_id=rng.choice(program.counsel).counsel_id))
    return replace(program, overrides=tuple(pins))


def lawful_pins(program: Program) -> Candidates:
    """Candidates with every pin that no rule refuses by itself."""
    problem, held = build_problem(program, policy=MARYLAND), HeldPins()
    for each in problem.pins:
        if refusing_rule(problem, each, held) is None:
            held.hold(problem, each)
    return build_candidates(problem, pinned_homes=held.homes, pinned_counsel=held.counsel, is_exact=True)


def test_pins_hold_together_where_a_plan_for_everybody_holds_them() -> None:
    refused = 0
    for seed in range(90):
        candidates = lawful_pins(pinned_program(seed))
        everybody = candidates.model(*candidates.all_pairs(), with_cost=False)
        try:
            solve_exactly(everybody)
        except NoSolution:
            refused += 1
            with pytest.raises(NoSolution, match="can't all be placed"):
                homes_for_pinned(candidates)
            continue
        found = homes_for_pinned(candidates)
        lawful = set(zip(*(each.tolist() for each in candidates.all_pairs()), strict=True))
        assert found.items() <= lawful
        assert found.keys() == set(np.flatnonzero(candidates.item_must).tolist())
    assert refused >= 3


def the_only_bed_of_a_court() -> Program:
    """Two children, one home: one is pinned to it, the other to counsel who acts only at its court."""
    return Program(
        plan_date=TODAY,
        children=(child("g1-a", 2004, "F"), child("g2-a", 2004, "F")),
        homes=(home("h1", "foster", "24510", 1),),
        counsel=(Counsel("k1", ("BAL",), 2, ("spa",)),),
        court_counties=(CourtCounty("24510", "BAL"),),
        overrides=(pin("g1", home_id="h1"), pin("g2", counsel_id="k1")),
    )


@pytest.mark.parametrize("is_large", [False, True])
def test_two_pins_that_need_the_same_bed_are_told_apart_however_large_the_program(
    is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment, "EXACT_CHILDREN", -1 if is_large else 450)
    program = the_only_bed_of_a_court()
    plan = make_plan(program, policy=MARYLAND)
    assert [(each.group, each.target, each.rule) for each in plan.refused_pins] == [("g2", "k1", "no_room")]
    assert [row.sibling_group_id for row in plan.groups] == ["g1"]
    assert violations(plan, program, policy=MARYLAND) == []


@pytest.mark.parametrize("is_dealt", [False, True])
def test_a_nation_refuses_the_pins_that_a_small_program_refuses_and_holds_the_others(
    is_dealt: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = [pinned_program(seed) for seed in range(25)]
    small = [make_plan(program, policy=MARYLAND).refused_pins for program in programs]
    monkeypatch.setattr(assignment, "EXACT_CHILDREN", -1)
    if is_dealt:
        for name, value in (("DEALT_CHILDREN", 0), ("DEALT_WITH_KIN", 0), ("PART_CHILDREN", 10)):
            monkeypatch.setattr(surge, name, value)
    for program, refused in zip(programs, small, strict=True):
        plan = make_plan(program, policy=MARYLAND)
        assert plan.refused_pins == refused
        assert violations(plan, program, policy=MARYLAND) == []


def test_a_pin_that_two_people_ask_for_holds_once() -> None:
    program = the_only_bed_of_a_court()
    counsel = (replace(program.counsel[0], open_slots=1),)
    twice = replace(program, counsel=counsel, overrides=(pin("g2", counsel_id="k1"),) * 2)
    plan = make_plan(twice, policy=MARYLAND)
    assert plan.refused_pins == ()
    assert violations(plan, twice, policy=MARYLAND) == []
