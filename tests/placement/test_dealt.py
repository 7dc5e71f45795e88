"""A nation in parts: the plan breaks no row, and no best plan exceeds its bounds."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.dealt import plan_dealt
from posada.placement.kin_first import set_aside
from posada.placement.matching import match_counsel
from posada.placement.model import Model, level_values
from posada.placement.problem import build_problem
from posada.records import Program
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import breaks_no_row
from tests.placement.test_surge import with_pins

Ints = NDArray[np.int64]
SIZES = Sizes(groups=16, homes=10, counsel=5, siblings=3)
LEVELS = ("children_placed", "children_with_kin", "children_sharing_language", "children_represented")


def both(program: Program, pins: dict[str, str]) -> tuple[Candidates, Candidates]:
    """Candidates without counsel, and with."""
    problem = build_problem(program, policy=MARYLAND)
    coarse, fine = (
        build_candidates(
            problem, pinned_homes=pins, pinned_counsel={}, is_exact=False, with_counsel=with_counsel
        )
        for with_counsel in (False, True)
    )
    return coarse, fine


def planned(program: Program, pins: dict[str, str], *, parts: int) -> tuple[Model, Ints, dict[str, int]]:
    """The plan in parts, those set aside included, and its bounds."""
    coarse, everything = both(program, pins)
    fine = set_aside(everything)
    item, home, x, bounds = plan_dealt(set_aside(coarse), fine, parts=parts, tell=lambda _: None)
    item, home = np.concatenate([item, fine.settled_item]), np.concatenate([home, fine.settled_home])
    x = np.concatenate([x, np.ones(len(fine.settled_item), dtype=np.int64)])
    order = np.lexsort((home, item))
    return everything.model(item[order], home[order], with_cost=False), x[order], bounds


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("parts", [2, 3])
@pytest.mark.parametrize("some_have_kin", [False, True])
def test_a_plan_in_parts_breaks_no_row_and_its_bounds_are_true(
    seed: int, parts: int, *, some_have_kin: bool
) -> None:
    program = replace(random_program(seed, sizes=SIZES), overrides=())
    program = program if some_have_kin else replace(program, kin=())
    model, x, bounds = planned(program, {}, parts=parts)
    y = match_counsel(model, x)
    assert breaks_no_row(model, x, y)
    values = level_values(model, x, y)
    best = integer_program(program, policy=MARYLAND)
    assert values[0] <= best.levels[0] <= bounds["children_placed"]
    for k, name in enumerate(LEVELS):
        if values[:k] == best.levels[:k]:
            assert values[k] <= best.levels[k] <= bounds[name]


@pytest.mark.parametrize("seed", range(30))
def test_pins_hold_in_parts(seed: int) -> None:
    program, pins = with_pins(random_program(seed, sizes=SIZES), count=5)
    model, x, bounds = planned(program, pins, parts=2)
    assert breaks_no_row(model, x, match_counsel(model, x))
    assert x[model.item_must[model.edge_item]].sum() == model.item_must.sum() == len(pins)
    best = integer_program(program, policy=MARYLAND, refused=[])
    assert best.levels[0] <= bounds["children_placed"]


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_rows_and_threads_change_nothing(seed: int) -> None:
    """Two parts are solved at once; whichever ends first, the plan is the same."""
    program = replace(random_program(seed, sizes=SIZES), overrides=())
    turned = replace(
        program,
        children=program.children[::-1],
        kin=program.kin[::-1],
        homes=program.homes[::-1],
        counsel=program.counsel[::-1],
        hearings=program.hearings[::-1],
    )
    plans = []
    for each in (program, program, turned):
        coarse, fine = (set_aside(found) for found in both(each, {}))
        item, home, x, bounds = plan_dealt(coarse, fine, parts=3, tell=lambda _: None)
        members = [fine.items[int(k)].members for k in item]
        plans.append((members, home.tolist(), x.tolist(), bounds))
    assert plans[0] == plans[1] == plans[2]
