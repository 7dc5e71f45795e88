"""A nation in parts: the plan breaks no row, and no best plan exceeds its bounds."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.dealt import plan_dealt
from posada.placement.kin_first import set_aside
from posada.placement.matching import match_counsel
from posada.placement.model import level_values
from posada.placement.problem import build_problem
from tests.placement.oracle_integer import integer_program
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import breaks_no_row

SIZES = Sizes(groups=16, homes=10, counsel=5, siblings=3)
LEVELS = ("children_placed", "children_with_kin", "children_sharing_language", "children_represented")


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("parts", [2, 3])
def test_a_plan_in_parts_breaks_no_row_and_its_bounds_are_true(seed: int, parts: int) -> None:
    program = replace(random_program(seed, sizes=SIZES), kin=(), overrides=())
    problem = build_problem(program, policy=MARYLAND)
    coarse, fine = (
        set_aside(
            build_candidates(
                problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=with_counsel
            )
        )
        for with_counsel in (False, True)
    )
    item, home, x, bounds = plan_dealt(coarse, fine, parts=parts, tell=lambda _: None)
    order = np.lexsort((home, item))
    model = fine.model(item[order], home[order], with_cost=False)
    y = match_counsel(model, x[order])
    assert breaks_no_row(model, x[order], y)
    values = level_values(model, x[order], y)
    best = integer_program(program, policy=MARYLAND)
    assert values[0] <= best.levels[0] <= bounds["children_placed"]
    for k, name in enumerate(LEVELS):
        if values[:k] == best.levels[:k]:
            assert values[k] <= best.levels[k] <= bounds[name]


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_rows_and_threads_change_nothing(seed: int) -> None:
    """Two parts are solved at once; whichever ends first, the plan is the same."""
    program = replace(random_program(seed, sizes=SIZES), kin=(), overrides=())
    turned = replace(
        program,
        children=program.children[::-1],
        homes=program.homes[::-1],
        counsel=program.counsel[::-1],
        hearings=program.hearings[::-1],
    )
    plans = []
    for each in (program, program, turned):
        problem = build_problem(each, policy=MARYLAND)
        coarse, fine = (
            set_aside(
                build_candidates(
                    problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=with_counsel
                )
            )
            for with_counsel in (False, True)
        )
        item, home, x, bounds = plan_dealt(coarse, fine, parts=3, tell=lambda _: None)
        members = [fine.items[int(k)].members for k in item]
        plans.append((members, home.tolist(), x.tolist(), bounds))
    assert plans[0] == plans[1] == plans[2]
