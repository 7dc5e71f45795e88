"""Pairings that a small change leaves mostly as they were."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.placement.steady import MOST_PAIRS, paired, ranks

NAMES = st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=30)


@given(NAMES, st.lists(st.text(min_size=1, max_size=4), min_size=30, max_size=40))
def test_everybody_gets_a_place_of_their_own(names: list[str], places: list[str]) -> None:
    found = paired(names, places)
    assert len(set(found)) == len(found) == len(names)
    assert all(0 <= k < len(places) for k in found)


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(names: list[str], rng: object) -> None:
    places = [f"h{n}" for n in range(40)]
    mixed_names, mixed_places = list(names), list(places)
    rng.shuffle(mixed_names)  # type: ignore[attr-defined]
    rng.shuffle(mixed_places)  # type: ignore[attr-defined]
    one = {name: places[k] for name, k in zip(names, paired(names, places), strict=True)}
    other = dict(zip(mixed_names, (mixed_places[k] for k in paired(mixed_names, mixed_places)), strict=True))
    assert one == other


def test_one_more_moves_few() -> None:
    names, places = [f"g{n:03}" for n in range(200)], [f"h{n:03}" for n in range(200)]
    moved = []
    for gone in range(0, 200, 10):
        rest = names[:gone] + names[gone + 1 :]
        before = dict(zip(names, paired(names, places), strict=True))
        after = dict(zip(rest, paired(rest, places), strict=True))
        moved.append(sum(before[name] != after[name] for name in rest))
    assert max(moved) <= 40
    assert sum(moved) / len(moved) <= 12


def test_more_pairs_than_memory_allows_are_paired_in_parts() -> None:
    count = int(MOST_PAIRS**0.5) + 10
    found = paired([f"g{n}" for n in range(count)], [f"h{n}" for n in range(count)])
    assert sorted(found) == list(range(count))


def test_fewer_places_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="more names than places"):
        paired(["g1", "g2"], ["h1"])


def test_ranks_hang_on_names_not_on_where_they_stand() -> None:
    one = ranks(["a", "b"], ["x", "y"], np.array([0, 1]), np.array([1, 1]))
    other = ranks(["b", "c", "a"], ["y"], np.array([2, 0]), np.array([0, 0]))
    assert one.tolist() == other.tolist()
    assert ((one >= 0) & (one < 1)).all()
    assert len(set(one.tolist())) == 2
