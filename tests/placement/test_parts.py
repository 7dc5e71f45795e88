"""What is dealt into parts is all there, once."""

import numpy as np
import pytest

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.parts import coarse_part, deal
from posada.placement.problem import build_problem
from tests.placement.random_programs import MARYLAND, Sizes, random_program

SIZES = Sizes(groups=16, homes=9, counsel=5, siblings=3)


def crowd(seed: int, *, with_counsel: bool = True) -> Candidates:
    problem = build_problem(random_program(seed, sizes=SIZES), policy=MARYLAND)
    return build_candidates(
        problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=with_counsel
    )


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_groups_homes_and_slots_are_dealt_once(seed: int, parts: int) -> None:
    whole = crowd(seed)
    dealt = deal(whole, parts=parts)
    count = np.zeros_like(whole.item_count)
    for part in dealt:
        count[part.item] += part.candidates.item_count
    assert count.tolist() == whole.item_count.tolist()
    homes = np.concatenate([part.candidates.open_homes for part in dealt])
    assert sorted(homes.tolist()) == whole.open_homes.tolist()
    slots = sum(part.candidates.pools.slots for part in dealt)
    assert np.array_equal(slots, whole.pools.slots)
    listed = [
        pair
        for part in dealt
        for pair in zip(
            part.item[part.candidates.listed_item].tolist(), part.candidates.listed_home.tolist(), strict=True
        )
    ]
    assert sorted(listed) == sorted(zip(whole.listed_item.tolist(), whole.listed_home.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_pairs_of_parts_are_pairs_of_the_whole(seed: int) -> None:
    whole = crowd(seed)
    every = set(zip(*(a.tolist() for a in whole.all_pairs()), strict=True))
    for part in deal(whole, parts=2):
        item, home = part.candidates.all_pairs()
        assert set(zip(part.item[item].tolist(), home.tolist(), strict=True)) <= every


@pytest.mark.parametrize("seed", range(40))
def test_who_has_a_lawful_home_has_one_in_the_part(seed: int) -> None:
    whole = crowd(seed)
    has_home = set(whole.all_pairs()[0].tolist())
    for part in deal(whole, parts=3):
        mine = part.item[np.flatnonzero(part.candidates.item_count)]
        there = {int(part.item[k]) for k in part.candidates.all_pairs()[0]}
        assert {int(k) for k in mine} & has_home <= there


@pytest.mark.parametrize("seed", range(20))
def test_the_coarse_part_holds_the_same_groups(seed: int) -> None:
    whole, kinds = crowd(seed), crowd(seed, with_counsel=False)
    for part in deal(whole, parts=2):
        coarse = coarse_part(kinds, part.candidates).candidates
        per_kind = np.bincount(
            part.candidates.item_kind, weights=part.candidates.item_count, minlength=len(whole.kind_group)
        )
        mine = np.bincount(coarse.item_kind, weights=coarse.item_count, minlength=len(whole.kind_group))
        assert mine.tolist() == per_kind.tolist()
