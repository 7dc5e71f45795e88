"""Two plans side by side: with itself nothing; else each group that differs, once, and rightly sorted."""

from dataclasses import replace

from posada.placement.compare import Change, compare, gained, lost, moved
from posada.placement.plan import make_plan
from posada.placement.why_not import moved_groups
from posada.records import Counsel
from tests.placement.random_programs import MARYLAND, random_program
from tests.placement.sample_plan import home, sample_plan, sample_program
from tests.placement.test_recruit_wanted import short_of_homes


def test_a_plan_compared_with_itself_is_empty() -> None:
    for seed in range(30):
        program = random_program(seed)
        plan = make_plan(program, policy=MARYLAND)
        found = compare(plan, plan, programs=(program, program))
        assert found.is_same
        assert (found.homes, found.counsel, found.only_in_first, found.only_in_second) == ((), (), (), ())
        assert all(one == other for one, other in found.levels)


def test_who_gains_who_loses_and_who_moves() -> None:
    few = short_of_homes()
    other = home("h2", "foster", "24510", 5)
    more = replace(few, homes=(other,), counsel=(Counsel("k1", ("BAL",), 1),))
    one, two = (make_plan(each, policy=MARYLAND) for each in (few, more))
    found = compare(one, two, programs=(few, more))
    assert gained(found.homes) == [Change("g1", 2, None, "h2"), Change("g2", 2, None, "h2")]
    assert moved(found.homes) == [Change("g3", 1, "h1", "h2")]
    assert len(gained(found.counsel)) == 1
    back = compare(two, one, programs=(more, few))
    assert [(c.group, c.after, c.before) for c in lost(back.homes)] == [
        (c.group, c.before, c.after) for c in gained(found.homes)
    ]
    assert not found.is_same


def test_groups_of_one_program_alone_are_told_apart() -> None:
    program, plan = sample_program(), sample_plan()
    children = tuple(c for c in program.children if c.sibling_group_id != "g3")
    smaller = replace(program, children=children)
    found = compare(plan, make_plan(smaller, policy=MARYLAND), programs=(program, smaller))
    assert (found.only_in_first, found.only_in_second) == (("g3",), ())
    assert "g3" not in {change.group for change in (*found.homes, *found.counsel)}


def test_the_groups_that_differ_are_those_that_move() -> None:
    for seed in range(20):
        program = random_program(seed)
        without = replace(program, overrides=(), separations=(), court_counties=program.court_counties[1:])
        one, two = (make_plan(each, policy=MARYLAND) for each in (program, without))
        found = compare(one, two, programs=(program, without))
        assert {c.group for c in (*found.homes, *found.counsel)} == set(moved_groups(one, two))
