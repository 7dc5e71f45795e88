"""Dropping the pairs of settled kin groups costs no level anything."""

from dataclasses import replace

import numpy as np
import pytest

from posada.placement.candidates import build_candidates
from posada.placement.exact import solve_exactly
from posada.placement.kin_first import keep_edges, set_aside, settle_kin
from posada.placement.model import Level, Model
from posada.placement.problem import build_problem
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.small_models import best_values, random_model


def with_kin(seed: int) -> Model:
    """A random model whose last bin is a kin home of one item."""
    model = random_model(seed, most_edges=6)
    mine = int(model.edge_item[-1])
    sent = (model.edge_bin == model.edge_bin[-1]) & (model.edge_item != mine)
    model = keep_edges(model, np.flatnonzero(~sent))
    is_kin = (model.edge_bin == model.edge_bin[-1]).astype(np.int64)
    count, size = model.item_count.copy(), model.load[0]
    count[mine] = 1
    capacity = np.maximum(model.capacity, 5)
    placed, *others = model.levels
    levels = (placed, Level("children_with_kin", "max", edge_gain=size * is_kin), *others)
    return replace(
        model,
        item_count=count,
        capacity=capacity,
        levels=levels,
        item_must=np.zeros(len(count), dtype=np.bool_),
        edge_desk=np.full(model.n_edges, -1, dtype=np.int64),
        conflict_edges=np.zeros((0, 2), dtype=np.int64),
    )


@pytest.mark.parametrize("seed", range(30))
def test_settling_kin_keeps_every_best_value(seed: int) -> None:
    model = with_kin(seed)
    settled, kept = settle_kin(model)
    assert settled.n_edges == len(kept)
    assert settled.item_must.any()
    assert solve_exactly(settled).values == best_values(model)


def test_without_a_level_of_kin_everything_stays() -> None:
    model = random_model(4)
    settled, kept = settle_kin(model)
    assert settled is model
    assert kept.tolist() == list(range(model.n_edges))


def test_a_model_of_some_edges_keeps_only_their_conflicts() -> None:
    model = replace(random_model(6), conflict_edges=np.array([[0, 1], [1, 3]], dtype=np.int64))
    few = keep_edges(model, np.array([1, 2, 3]))
    assert few.conflict_edges.tolist() == [[0, 2]]
    assert few.edge_item.tolist() == model.edge_item[[1, 2, 3]].tolist()


@pytest.mark.parametrize("seed", range(60))
def test_who_is_set_aside_is_in_the_same_home_in_every_best_plan(seed: int) -> None:
    """With them in their homes and the rest decided by hand, every level is as high as without."""
    program = random_program(seed, sizes=Sizes(groups=10, homes=8, counsel=3, siblings=2))
    problem = build_problem(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    aside = set_aside(found)
    sure = solve_exactly(found.model(*found.all_pairs(), with_cost=False))
    rest = solve_exactly(aside.model(*aside.all_pairs(), with_cost=False))
    alone = aside.settled_children()
    assert sure.values[:2] == (rest.values[0] + alone, rest.values[1] + alone)
    assert sure.values[2:] == (rest.values[2] + alone, *rest.values[3:])
