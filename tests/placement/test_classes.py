"""Groups that are merged are alike: in lawful homes, in languages shared, in counsel."""

from dataclasses import replace

import pytest

from posada.placement.classes import group_classes, named_groups
from posada.placement.feasible import refusals
from posada.placement.problem import build_problem
from posada.records import Program
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, Sizes, random_program
from tests.placement.sample_plan import child, home


def crowd(seed: int) -> Program:
    """Many single children, so that classes have several members."""
    return random_program(seed, sizes=Sizes(groups=30, homes=4, siblings=1), few_edges=True)


@pytest.mark.parametrize("seed", range(40))
def test_members_of_a_class_are_lawful_in_the_same_homes_and_worth_the_same(seed: int) -> None:
    program = crowd(seed)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    classes = group_classes(problem, keep_locations=True)
    for entry in classes:
        names = [problem.groups[m].group_id for m in entry.members]
        for state in problem.homes:
            seen = {refusals(problem, problem.groups[m], state) == () for m in entry.members}
            assert len(seen) == 1
            assert len({world.worth(name, state.home_id) for name in names}) == 1
            if seen == {True}:
                chosen = {tuple(world.lawful_counsel(name, state.home_id)) for name in names}
                assert len(chosen) == 1
    assert sorted(m for entry in classes for m in entry.members) == list(range(len(problem.groups)))


def test_kinds_differ_only_in_court_and_date_of_hearing() -> None:
    for seed in range(20):
        problem = build_problem(crowd(seed), policy=MARYLAND)
        with_courts = group_classes(problem, keep_locations=False)
        without = group_classes(problem, keep_locations=False, keep_courts=False)
        assert len({e.kind for e in with_courts}) == len(without) <= len(with_courts)


def test_a_location_tells_groups_apart_only_where_it_is_kept() -> None:
    here = child("g1-a", 2006, "F")
    there = replace(child("g2-a", 2006, "F"), location_fips="36061")
    problem = build_problem(
        Program(TODAY, (here, there), (home("h1", "group", "24510", 3),)), policy=MARYLAND
    )
    assert [len(group_classes(problem, keep_locations=keep)) for keep in (True, False)] == [2, 1]


def test_who_is_named_by_a_row_stays_alone() -> None:
    for seed in range(30):
        problem = build_problem(crowd(seed), policy=MARYLAND)
        named = named_groups(problem)
        for entry in group_classes(problem, keep_locations=False):
            if len(entry.members) > 1:
                assert not named & {problem.groups[m].group_id for m in entry.members}
