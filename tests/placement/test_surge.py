"""The way for large numbers, tried on small ones: lawful, and never better than its own bounds."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.columns import Columns, solve_relaxed
from posada.placement.deadline import Deadline
from posada.placement.first_come import first_come
from posada.placement.matching import match_counsel
from posada.placement.model import level_values
from posada.placement.nation import NationalPairs
from posada.placement.problem import build_problem
from posada.placement.surge import plan_surge
from posada.placement.surge_levels import WITH_COUNSEL, most_places, whole_below
from posada.records import Override, Program
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import breaks_no_row

SIZES = Sizes(groups=14, homes=9, counsel=4, siblings=3)
LEVELS = ("children_placed", "children_with_kin", "children_sharing_language", "children_represented")


@pytest.mark.parametrize("seed", range(40))
def test_a_surge_plan_breaks_no_row_and_its_bounds_are_true(seed: int) -> None:
    program = random_program(seed, sizes=SIZES, few_edges=True)
    problem = build_problem(program, policy=MARYLAND)
    solved = plan_surge(problem, pinned_homes={}, pinned_counsel={}, tell=lambda _: None)
    order = np.lexsort((solved.home, solved.item))
    x = solved.x[order]
    model = solved.candidates.model(solved.item[order], solved.home[order], with_cost=False)
    y = match_counsel(model, x)
    assert breaks_no_row(model, x, y)
    values = level_values(model, x, y)
    pinned = [(p.sibling_group_id, p.home_id or p.counsel_id or "") for p in problem.pins]
    best = integer_program(program, policy=MARYLAND, refused=pinned)
    assert values[0] <= best.levels[0] <= solved.bounds["children_placed"]
    for k, name in enumerate(LEVELS):
        if values[:k] == best.levels[:k]:
            assert values[k] <= best.levels[k] <= solved.bounds[name]


def with_pins(program: Program, *, count: int) -> tuple[Program, dict[str, str]]:
    """The program with pins that hold together, for they are out of a plan: first come, first served."""
    program = replace(program, overrides=())
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)
    item, home, _ = first_come(found)
    pins = {
        problem.groups[found.items[int(k)].members[0]].group_id: problem.homes[int(h)].home_id
        for k, h in list(zip(item, home, strict=True))[:count]
    }
    rows = (Override("pin", group, "synthetic", "a worker", home_id=where) for group, where in pins.items())
    return replace(program, overrides=tuple(rows)), pins


@pytest.mark.parametrize("seed", range(40))
def test_pins_hold_in_a_surge_plan_and_its_bounds_are_true(seed: int) -> None:
    program, pins = with_pins(random_program(seed, sizes=SIZES, few_edges=True), count=4)
    problem = build_problem(program, policy=MARYLAND)
    solved = plan_surge(problem, pinned_homes=pins, pinned_counsel={}, tell=lambda _: None)
    order = np.lexsort((solved.home, solved.item))
    x = solved.x[order]
    model = solved.candidates.model(solved.item[order], solved.home[order], with_cost=False)
    y = match_counsel(model, x)
    assert breaks_no_row(model, x, y)
    where = {
        problem.groups[solved.candidates.items[int(k)].members[0]].group_id: problem.homes[int(h)].home_id
        for k, h in zip(solved.item[order], solved.home[order], strict=True)
    }
    assert {group: where.get(group) for group in pins} == pins
    values = level_values(model, x, y)
    best = integer_program(program, policy=MARYLAND, refused=[])
    for k, name in enumerate(LEVELS):
        if values[:k] == best.levels[:k]:
            assert values[k] <= best.levels[k] <= solved.bounds[name]


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_fills_more_places_than_are_counted(seed: int) -> None:
    program = random_program(seed, sizes=SIZES)
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=False)
    pinned = [(p.sibling_group_id, p.home_id or p.counsel_id or "") for p in problem.pins]
    best = integer_program(program, policy=MARYLAND, refused=pinned)
    assert best.levels[0] <= most_places(found)


def test_kinds_have_the_same_numbers_with_and_without_counsel() -> None:
    for seed in range(20):
        problem = build_problem(random_program(seed, sizes=SIZES), policy=MARYLAND)
        fine, coarse = (
            build_candidates(
                problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=is_fine
            )
            for is_fine in (True, False)
        )
        kinds = [
            {m: int(c.item_kind[k]) for k, entry in enumerate(c.items) for m in entry.members}
            for c in (fine, coarse)
        ]
        assert kinds[0] == kinds[1]


def test_a_bound_is_a_whole_number_and_keeps_what_rounding_takes() -> None:
    assert [whole_below(b) for b in (4.99999, 5.0, 5.7)] == [5, 5, 5]


@pytest.mark.parametrize("seed", range(40))
def test_with_no_time_at_all_there_is_a_lawful_plan_with_true_bounds(seed: int) -> None:
    program = replace(random_program(seed, sizes=SIZES), overrides=())
    problem = build_problem(program, policy=MARYLAND)
    solved = plan_surge(
        problem, pinned_homes={}, pinned_counsel={}, tell=lambda _: None, deadline=Deadline.after(0.0)
    )
    order = np.lexsort((solved.home, solved.item))
    x = solved.x[order]
    model = solved.candidates.model(solved.item[order], solved.home[order], with_cost=False)
    y = match_counsel(model, x)
    assert breaks_no_row(model, x, y)
    values = level_values(model, x, y)
    best = integer_program(program, policy=MARYLAND).levels
    for k, name in enumerate(LEVELS):
        assert values[k] <= solved.bounds[name]
        if values[:k] == best[:k]:
            assert best[k] <= solved.bounds[name]


@pytest.mark.parametrize("seed", range(20))
def test_a_relaxation_that_begins_without_pairs_still_has_those_of_pinned_groups(seed: int) -> None:
    program, pins = with_pins(random_program(seed, sizes=SIZES), count=3)
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes=pins, pinned_counsel={}, is_exact=False)
    columns = Columns(NationalPairs.of(found), np.zeros(0, dtype=np.int64))
    relaxed = solve_relaxed(columns, WITH_COUNSEL, rounds=1, close_enough=0.5, keep_above=-2.0)
    must = found.item_must[relaxed.model.edge_item]
    assert len(pins) == found.item_must.sum()
    assert relaxed.x[must].sum() == pytest.approx(len(pins))
