"""Who comes first gets the first lawful home with room; no rule is broken, and pins hold."""

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.first_come import first_come
from posada.placement.matching import match_counsel
from posada.placement.problem import build_problem
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import breaks_no_row


@pytest.mark.parametrize("seed", range(80))
def test_first_come_breaks_no_row_and_leaves_no_room_that_someone_could_use(seed: int) -> None:
    program = random_program(seed, sizes=Sizes(groups=14, homes=9, counsel=4, siblings=3))
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False)
    item, home, count = first_come(found)
    model = found.model(item, home, with_cost=False)
    assert breaks_no_row(model, count, match_counsel(model, count))
    placed = np.bincount(item, weights=count, minlength=len(found.items))
    used = np.stack(
        [np.bincount(home, weights=count * row, minlength=found.capacity.shape[1]) for row in model.load]
    )
    every = found.model(*found.all_pairs(), with_cost=False)
    fits = (used[:, every.edge_bin] + every.load <= found.capacity[:, every.edge_bin]).all(axis=0)
    waits = placed[every.edge_item] < found.item_count[every.edge_item]
    apart = problem.separated_groups
    for edge in np.flatnonzero(fits & waits):
        group = problem.groups[found.items[every.edge_item[edge]].members[0]].group_id
        assert group in apart
