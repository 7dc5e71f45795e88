"""Who waits, and what room each home has left, counted from the rows."""

from dataclasses import replace
from datetime import date

import pytest

from posada.placement.problem import build_problem
from posada.records import Hearing, Placement, Separation
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import DAY, child, home, sample_program


def test_only_children_who_wait_are_counted() -> None:
    problem = build_problem(sample_program(), policy=MARYLAND)
    sizes = {g.group_id: (g.size, g.size_all) for g in problem.groups}
    assert sizes == {"g1": (2, 2), "g2": (1, 1), "g3": (7, 7), "g4": (1, 1), "g5": (1, 1), "g7": (1, 2)}
    assert problem.held_sizes == {"g6": 1}
    assert problem.homes_of_standing_group == {"g7": {"h4"}, "g8": {"h1"}}


@pytest.mark.parametrize("seed", range(60))
def test_groups_and_homes_are_those_of_the_oracle(seed: int) -> None:
    program = random_program(seed)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    assert [g.group_id for g in problem.groups] == sorted(world.waiting)
    for group in problem.groups:
        ages = [world.age(c.birth_date) for c in world.waiting[group.group_id]]
        assert (group.age_min, group.age_max, group.size) == (min(ages), max(ages), len(ages))
        assert set(group.standing_homes) == world.standing_homes(group.group_id)
    for state in problem.homes:
        assert state.standing == len(world.living.get(state.home_id, ()))


def test_a_child_of_two_years_today_is_not_an_infant() -> None:
    born = (date(2012, 8, 1), date(2012, 8, 2))
    children = tuple(replace(child(f"g1-{n}", 2012, "F"), birth_date=day) for n, day in enumerate(born))
    nursery = replace(home("h1", "foster", "24510", 2), own_children_birth_dates=(*born, date(1996, 8, 1)))
    problem = build_problem(
        replace(sample_program(), children=children, homes=(nursery,), placements=()), policy=MARYLAND
    )
    assert problem.groups[0].under_two == 1
    assert (problem.homes[0].own, problem.homes[0].own_under_two) == (2, 1)


def test_the_earliest_hearing_counts_and_of_two_that_day_the_first_court() -> None:
    rows = (
        Hearing("g1", "NYC", TODAY + DAY),
        Hearing("g1", "BAL", TODAY + DAY),
        Hearing("g1", "AAA", TODAY + 2 * DAY),
    )
    problem = build_problem(replace(sample_program(), hearings=rows), policy=MARYLAND)
    group = problem.groups[problem.group_index["g1"]]
    assert (group.hearing_court, group.hearing_date) == ("BAL", TODAY + DAY)


def test_separated_groups_are_apart_in_both_directions() -> None:
    rows = (Separation("g4", "synthetic", other_group_id="g1"),)
    problem = build_problem(replace(sample_program(), separations=rows), policy=MARYLAND)
    assert problem.separated_groups == {"g1": {"g4"}, "g4": {"g1"}}


def test_a_placement_ends_after_its_last_day() -> None:
    for last, standing in ((TODAY - DAY, 0), (TODAY, 1), (None, 1)):
        rows = (Placement("g1-a", "h1", TODAY - 9 * DAY, last),)
        problem = build_problem(replace(sample_program(), placements=rows), policy=MARYLAND)
        assert problem.homes[problem.home_index["h1"]].standing == standing
