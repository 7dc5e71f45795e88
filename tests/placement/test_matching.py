"""Given who is placed, counsel is matched as well as enumeration can."""

from itertools import product

import numpy as np
import pytest

from posada.placement.matching import joint_arc_gain, match_counsel
from tests.placement.small_models import breaks_no_row, in_order, ints, lawful_counts, random_model, values_of


@pytest.mark.parametrize("seed", range(30))
def test_no_other_matching_of_the_same_homes_is_better(seed: int) -> None:
    model = random_model(seed, most_edges=5)
    placed = [x for x, y in lawful_counts(model) if not y.any()]
    for x in placed[-3:]:
        y = match_counsel(model, x)
        assert breaks_no_row(model, x, y)
        mine = in_order(model, values_of(model, x, y))
        for flows in product(*(range(int(model.pool_slots[p]) + 1) for p in model.arc_pool)):
            other = ints(flows).reshape(-1)
            if breaks_no_row(model, x, other):
                assert in_order(model, values_of(model, x, other)) <= mine


def test_more_children_represented_outweighs_every_shared_language() -> None:
    for model in (m for m in map(random_model, range(30)) if m.pool_slots.any()):
        joint, first, second = joint_arc_gain(model), model.levels[2].arc_gain, model.levels[3].arc_gain
        assert first is not None
        assert second is not None
        for a, b in product(range(len(joint)), repeat=2):
            assert (joint[a] > joint[b]) == ((first[a], second[a]) > (first[b], second[b]))


def test_nobody_asks_where_there_is_no_counsel() -> None:
    model = next(m for m in map(random_model, range(20)) if len(m.arc_desk) == 0)
    assert match_counsel(model, np.ones(model.n_edges, dtype=np.int64)).tolist() == []
