"""Seeded chance."""

from collections import Counter

import pytest

from posada.demonstration.chance import Chance, Weights

FIRST_SIX = [74, 35, 13, 50, 20, 76]
"""Written down once: a change here would change every published demonstration."""


def test_the_same_seed_and_part_draw_the_same_for_ever() -> None:
    chance = Chance(2014, part="homes")
    assert [chance.between(1, 100) for _ in range(6)] == FIRST_SIX


def test_parts_have_streams_of_their_own() -> None:
    draws = {part: Chance(1, part=part).between(0, 10**9) for part in ("homes", "kin", "counsel")}
    assert len(set(draws.values())) == 3


def test_picks_follow_the_weights() -> None:
    chance, weights = Chance(1, part="test"), Weights({"often": 9, "never": 0, "seldom": 1})
    counts = Counter(chance.pick(weights) for _ in range(10_000))
    assert counts.keys() == {"often", "seldom"}
    assert 800 < counts["seldom"] < 1200


def test_bounds_are_kept() -> None:
    chance = Chance(1, part="test")
    assert {chance.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert all(80 <= chance.about(100, spread=0.2) <= 120 for _ in range(200))
    assert chance.several({"sure": 1.0, "never": 0.0}) == ("sure",)


def test_nothing_to_pick_from_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to pick"):
        Weights({"a": 0})
