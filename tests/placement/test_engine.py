"""Assignments under capacities: the optimum where they are small, a proven distance where they are large."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from posada.placement import engine
from posada.placement.engine import NoneFound, is_assignment, solve_model
from posada.placement.engine_chains import Found, Table, search_chains
from posada.placement.exact import NoSolution, solve_exactly
from posada.placement.model import NO_ROW, Level, Model
from tests.placement.small_models import best_values, random_model

Ints = NDArray[np.int64]


def assignment(
    seed: int, *, items: int, bins: int, must: bool = True, tight: float = 0.8, sense: str = "min"
) -> Model:
    """Kind D of the literature: the heavier the cheaper; rooms for `tight` of the mean load."""
    chance = np.random.default_rng(seed)
    load = chance.integers(5, 26, size=(items, bins))
    cost = 31 - load + chance.integers(-5, 6, size=(items, bins))
    room = (tight * load.sum(axis=0) / bins).astype(np.int64)
    item, bin_ = (found.ravel().astype(np.int64) for found in np.indices((items, bins)))
    return Model(
        item_count=np.ones(items, dtype=np.int64),
        item_must=np.full(items, must),
        capacity=room.reshape(1, -1),
        edge_item=item,
        edge_bin=bin_,
        load=load.reshape(1, -1),
        levels=(Level("cost", sense, edge_gain=cost.ravel()),),
        edge_desk=np.full(items * bins, -1, dtype=np.int64),
    )


def lacks_nothing(model: Model, x: Ints) -> bool:
    """Every item that must be placed is placed once, no other twice, and no bin is overfilled."""
    placed = np.bincount(model.edge_item, weights=x, minlength=len(model.item_count))
    used = np.bincount(model.edge_bin, weights=x * model.load[0], minlength=model.capacity.shape[1])
    return bool(
        ((x == 0) | (x == 1)).all()
        and (placed[model.item_must] == 1).all()
        and (placed <= 1).all()
        and (used <= model.capacity[0]).all()
    )


def by_trying_everything(model: Model) -> int | None:
    """The best value of all ways to place each item or (where it need not be) leave it."""
    bins, items = model.capacity.shape[1], len(model.item_count)
    assert model.levels[0].edge_gain is not None
    gain = model.levels[0].sign * model.levels[0].edge_gain.reshape(items, bins)
    load = model.load[0].reshape(items, bins)
    best: int | None = None
    for way in product(range(bins + 1), repeat=items):
        if any(model.item_must[i] and b == bins for i, b in enumerate(way)):
            continue
        used = [sum(int(load[i, b]) for i, b in enumerate(way) if b == k) for k in range(bins)]
        if all(u <= r for u, r in zip(used, model.capacity[0].tolist(), strict=True)):
            value = sum(int(gain[i, b]) for i, b in enumerate(way) if b < bins)
            best = value if best is None else max(best, value)
    return None if best is None else model.levels[0].sign * best


@pytest.mark.parametrize("seed", range(16))
def test_the_best_of_a_few_items_is_that_of_trying_everything(seed: int) -> None:
    sense, must = ("min", "max")[seed % 2], seed % 4 < 2
    model = assignment(seed, items=5, bins=3, must=must, tight=0.6 + 0.1 * (seed % 5), sense=sense)
    best = by_trying_everything(model)
    if best is None:
        with pytest.raises(NoSolution):
            solve_model(model)
        return
    solution = solve_model(model)
    assert solution.values == (best,) == solution.bounds
    assert lacks_nothing(model, solution.x)


@pytest.mark.parametrize("seed", range(4))
def test_what_exact_finds_the_engine_finds(seed: int) -> None:
    model = assignment(seed, items=20, bins=4, sense="max" if seed % 2 else "min")
    assert solve_model(model).values == solve_exactly(model).values


@pytest.mark.parametrize("seed", range(12))
def test_models_of_another_shape_go_the_way_of_small_plans(seed: int) -> None:
    model = random_model(seed, most_edges=5)
    best = best_values(model)
    assert not is_assignment(model)
    if best is None:
        with pytest.raises(NoSolution):
            solve_model(model)
    else:
        assert solve_model(model).values == best


@pytest.fixture(scope="module")
def middling() -> Model:
    """2,000 pairs: too many to be small."""
    return assignment(7, items=200, bins=10)


def test_a_larger_one_comes_near_its_proven_bound_and_is_the_same_again(
    middling: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOST_EFFORT", 30_000_000)
    monkeypatch.setattr(engine, "LARGEST_CORE", 0)
    first = solve_model(middling)
    assert lacks_nothing(middling, first.x)
    assert middling.levels[0].edge_gain is not None
    assert first.values == (int(middling.levels[0].edge_gain @ first.x),)
    assert first.bounds[0] <= first.values[0] <= 1.005 * first.bounds[0]
    assert solve_model(middling).x.tolist() == first.x.tolist()


def test_the_core_closes_what_the_search_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    model = assignment(3, items=24, bins=3)
    monkeypatch.setitem(engine.EFFORT_PER_PAIR, True, 1)
    assert solve_model(model).values == solve_exactly(model).values == solve_model(model).bounds


def test_items_that_cannot_all_fit_are_said_to_have_no_full_assignment() -> None:
    model = assignment(1, items=12, bins=3)
    with pytest.raises(NoSolution, match="can't all be placed"):
        solve_model(replace(model, capacity=model.capacity // 4))
    with pytest.raises(NoSolution, match="can't all be placed"):
        solve_model(replace(model, capacity=np.full_like(model.capacity, 4)))


def test_the_relaxation_may_fit_where_whole_items_do_not() -> None:
    # Three items of load 2, two bins of room 3: shares fill them, whole items do not.
    model = assignment(1, items=3, bins=2)
    model = replace(model, load=np.full((1, 6), 2), capacity=np.full((1, 2), 3))
    with pytest.raises(NoSolution, match="can't all be placed"):
        solve_model(model)


def test_where_no_way_is_found_and_none_is_ruled_out_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    model = assignment(2, items=40, bins=5)
    monkeypatch.setitem(engine.EFFORT_PER_PAIR, True, 0)
    monkeypatch.setitem(engine.CHECKS, True, 0)
    with pytest.raises(NoneFound):
        solve_model(model)


def test_a_deadline_that_left_no_time_to_find_any_is_told(middling: Model) -> None:
    with pytest.raises(NoneFound, match="in the time given"):
        solve_model(middling, deadline_seconds=0.0)


def test_a_deadline_that_cuts_the_search_is_told_with_what_was_found(
    middling: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(table: Table, start: Ints, **limits: Any) -> Found:
        return replace(search_chains(table, start, effort=30_000_000), hit_deadline=True)

    monkeypatch.setattr(engine, "search_chains", cut)
    solution = solve_model(middling, deadline_seconds=60.0)
    assert solution.time_limit_reached
    assert lacks_nothing(middling, solution.x)


def test_bins_without_limit_take_everything_that_is_cheapest_there() -> None:
    model = assignment(4, items=30, bins=4)
    model = replace(model, capacity=np.full((1, 4), NO_ROW))
    assert model.levels[0].edge_gain is not None
    least = int(model.levels[0].edge_gain.reshape(30, 4).min(axis=1).sum())
    assert solve_model(model).values == (least,) == solve_model(model).bounds
