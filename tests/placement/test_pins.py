"""Which pins hold, and under which rule the others are refused."""

from dataclasses import replace

import pytest

from posada.placement.pins import HeldPins, is_idle, refusing_rule
from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.records import Counsel, Hearing, Override, Placement, Program, Separation
from tests.placement.random_programs import MARYLAND, TODAY
from tests.placement.sample_plan import DAY, child, home, sample_program


def pin(group: str, target: str) -> Override:
    where = {"home_id": target} if target.startswith("h") else {"counsel_id": target}
    return Override("pin", group, "synthetic", "a worker", **where)


def told(program: Program, *pins: Override) -> list[str | None]:
    """For each pin in turn the rule that refuses it, None where it holds."""
    problem, held, rules = build_problem(program, policy=MARYLAND), HeldPins(), []
    for one in pins:
        rule = refusing_rule(problem, one, held)
        rules.append(rule)
        if rule is None:
            held.hold(problem, one)
    return rules


def free_sample(**changes: object) -> Program:
    return replace(sample_program(), overrides=(), **changes)  # type: ignore[arg-type]


def test_a_pin_is_refused_under_the_rule_that_it_breaks() -> None:
    program = free_sample()
    for group, target, rule in (
        ("g1", "h1", None),
        ("g1", "h3", "separation"),
        ("g1", "h2", "capacity"),
        ("g5", "h1", "needs"),
        ("g4", "h2", "kin_only"),
        ("g6", "h1", "incomplete_group"),
        ("g8", "h4", "sibling_already_placed"),
        ("g7", "h1", "sibling_already_placed"),
        ("g1", "k2", "conflict"),
        ("g2", "k1", "no_counsel_at_court"),
        ("g2", "k2", None),
    ):
        assert told(program, pin(group, target)) == [rule], (group, target)


def test_pins_that_crowd_each_other_are_refused_in_their_order() -> None:
    h1, h4 = (h for h in sample_program().homes if h.home_id in ("h1", "h4"))
    narrow = free_sample(separations=(), homes=(replace(h1, licensed_capacity=3), h4))
    assert told(narrow, pin("g1", "h1"), pin("g4", "h1")) == [None, "capacity"]
    few_beds = free_sample(separations=(), homes=(replace(h1, beds_any=3), h4))
    assert told(few_beds, pin("g1", "h1"), pin("g4", "h1")) == [None, "beds"]
    own = (h1.own_children_birth_dates[0],) * 3
    busy = free_sample(separations=(), homes=(replace(h1, own_children_birth_dates=own), h4))
    assert told(busy, pin("g1", "h1"), pin("g4", "h1")) == [None, "household"]
    apart = free_sample(separations=(Separation("g4", "synthetic", other_group_id="g1"),))
    assert told(apart, pin("g1", "h1"), pin("g4", "h1")) == [None, "separation"]


def test_a_second_pin_of_a_group_to_another_target_is_refused() -> None:
    program = free_sample(separations=())
    assert told(program, pin("g4", "h1"), pin("g4", "h4")) == [None, "pinned"]
    assert told(program, pin("g4", "k1"), pin("g4", "k2")) == [None, "pinned"]
    assert told(program, pin("g4", "h1"), pin("g4", "h1")) == [None, None]


def test_a_pin_to_counsel_is_refused_for_slots_and_dates() -> None:
    one_slot = (Counsel("k1", ("BAL",), 1, available_from=TODAY + 9 * DAY),)
    program = free_sample(counsel=one_slot, hearings=(Hearing("g4", "BAL", TODAY + 8 * DAY),))
    assert told(program, pin("g1", "k1"), pin("g3", "k1")) == [None, "caseload_full"]
    assert told(program, pin("g4", "k1")) == ["available_too_late"]


def test_a_pin_to_where_all_siblings_live_already_asks_for_nothing() -> None:
    problem = build_problem(free_sample(), policy=MARYLAND)
    assert is_idle(problem, pin("g8", "h1"))
    assert not is_idle(problem, pin("g8", "h4"))
    assert not is_idle(problem, pin("g7", "h4"))


@pytest.mark.parametrize("group", ["g1", "g2"])
def test_a_lawful_pin_holds_even_where_it_costs_others(group: str) -> None:
    """One child pinned into the only home that could take two siblings and more."""
    children = (child("g1-a", 2006, "F"), *(child(f"g2-{n}", 2006, "F") for n in "ab"))
    program = Program(TODAY, children, (home("h1", "group", "24510", 2),), overrides=(pin(group, "h1"),))
    plan = make_plan(program, policy=MARYLAND)
    assert [g.sibling_group_id for g in plan.groups] == [group]
    assert plan.refused_pins == ()


def test_a_refused_pin_leaves_its_group_to_be_planned_freely() -> None:
    children = (child("g1-a", 2006, "F"), child("g2-a", 2006, "F"))
    program = Program(
        TODAY,
        children,
        (home("h1", "group", "24510", 1), home("h2", "group", "24510", 1)),
        overrides=(pin("g1", "h1"),),
        placements=(Placement("g2-a", "h1", TODAY),),
    )
    plan = make_plan(program, policy=MARYLAND)
    assert [(p.group, p.target, p.rule) for p in plan.refused_pins] == [("g1", "h1", "capacity")]
    assert [(g.sibling_group_id, g.home_id) for g in plan.groups] == [("g1", "h2")]
