"""Each hard rule at its edge: what just meets it is lawful, its neighbor is refused under its code."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from posada.placement.feasible import (
    HOME_RULES,
    group_columns,
    home_rows,
    lawful_by_home,
    need_names,
    refusals,
    take_homes,
)
from posada.placement.problem import build_problem
from posada.records import Child, Home, KinLink, Override, Placement, Program, Separation
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import DAY, child, home

SCHOOL_AGE, TWO_TODAY, TWO_TOMORROW = date(2004, 1, 1), date(2012, 8, 1), date(2012, 8, 2)
PAIR = (child("g1-a", 2006, "F", needs=("asthma",)), child("g1-b", 2009, "M"))  # 8 and 5 years old
HOUSE = home("h9", "foster", "24510", 4)


def refused(*, children: tuple[Child, ...] = PAIR, house: Home = HOUSE, **tables: Any) -> set[str]:
    """The codes that refuse g1 in the house."""
    program = Program(TODAY, children, (house, home("h8", "group", "24510", 9)), **tables)
    problem = build_problem(program, policy=MARYLAND)
    group = problem.groups[problem.group_index["g1"]]
    return set(refusals(problem, group, problem.homes[problem.home_index["h9"]]))


EDGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("license", {"license_to": TODAY + 30 * DAY}, {"license_to": TODAY + 29 * DAY}),
    ("license", {"license_from": TODAY}, {"license_from": TODAY + DAY}),
    ("license", {}, {"license_to": None}),
    ("checks", {"checks_clear_until": TODAY}, {"checks_clear_until": TODAY - DAY}),
    ("checks", {}, {"checks_clear_until": None}),
    ("capacity", {"licensed_capacity": 2}, {"licensed_capacity": 1}),
    (
        "household",
        {"own_children_birth_dates": (SCHOOL_AGE,) * 6},
        {"own_children_birth_dates": (SCHOOL_AGE,) * 7},
    ),
    (
        "under_two",
        {"own_children_birth_dates": (TWO_TODAY,) * 3},
        {"own_children_birth_dates": (TWO_TOMORROW,) * 3},
    ),
    ("beds", {"beds_any": 0, "beds_girls": 1, "beds_boys": 1}, {"beds_any": 0, "beds_girls": 2}),
    ("beds", {"beds_any": 2}, {"beds_any": 1}),
    ("age", {"age_min": 5}, {"age_min": 6}),
    ("age", {"age_max": 8}, {"age_max": 7}),
    ("sex", {"accepts_sexes": ("F", "M")}, {"accepts_sexes": ("F",)}),
    ("willing", {"max_siblings": 2}, {"max_siblings": 1}),
    ("needs", {"abilities": ("asthma", "wheelchair")}, {"abilities": ("wheelchair",)}),
]


@pytest.mark.parametrize(("code", "lawful", "unlawful"), EDGES)
def test_a_rule_is_met_up_to_its_edge(code: str, lawful: dict[str, Any], unlawful: dict[str, Any]) -> None:
    assert refused(house=replace(HOUSE, **lawful)) == set()
    assert refused(house=replace(HOUSE, **unlawful)) == {code}


def test_every_rule_of_homes_is_met_at_its_edge_here() -> None:
    assert {code for code, _, _ in EDGES} | {"incomplete_separation"} == HOME_RULES.keys()


BABIES = (replace(PAIR[0], birth_date=TWO_TOMORROW), replace(PAIR[1], birth_date=TWO_TODAY))


def test_infants_of_home_and_group_are_counted_together() -> None:
    for own, codes in ((1, set()), (2, {"under_two"})):
        house = replace(HOUSE, own_children_birth_dates=(TWO_TOMORROW,) * own)
        assert refused(children=BABIES, house=house) == codes


def test_a_child_of_sex_x_takes_a_bed_of_any_kind() -> None:
    x = replace(PAIR[1], sex="X")
    assert refused(children=(PAIR[0], x), house=replace(HOUSE, beds_girls=2, beds_any=0)) == set()
    assert refused(children=(PAIR[0], x), house=replace(HOUSE, beds_girls=1, beds_any=0)) == {"beds"}


def test_the_seventh_place_is_only_for_siblings_alone() -> None:
    house = replace(HOUSE, own_children_birth_dates=(SCHOOL_AGE,) * 5, licensed_capacity=9, beds_any=9)
    stranger, sibling = child("g2-a", 2004, "M"), child("g1-c", 2004, "M")
    assert refused(house=house) == set()
    for other, codes in ((stranger, {"household"}), (sibling, set())):
        stands = (Placement(other.child_id, "h9", TODAY - DAY),)
        assert refused(children=(*PAIR, other), house=house, placements=stands) == codes
    full = replace(house, own_children_birth_dates=(SCHOOL_AGE,) * 6)
    stands = (Placement("g1-c", "h9", TODAY - DAY),)
    assert refused(children=(*PAIR, sibling), house=full, placements=stands) == {"household"}


def test_who_lives_there_already_takes_up_places_and_beds() -> None:
    stands = (Placement("g2-a", "h9", TODAY - DAY),)
    for capacity, codes in ((3, set()), (2, {"capacity"})):
        house = replace(HOUSE, licensed_capacity=capacity)
        assert refused(children=(*PAIR, child("g2-a", 2004, "M")), house=house, placements=stands) == codes


def test_rules_of_names_refuse_under_their_codes() -> None:
    kin_home = replace(HOUSE, kind="kin")
    forbid = Override("forbid", "g1", "synthetic", "a worker", home_id="h9")
    assert refused(house=kin_home, kin=(KinLink("g1", "h9", "2A"),)) == set()
    assert refused(house=kin_home) == {"kin_only"}
    assert refused(overrides=(forbid,)) == {"forbidden"}
    assert refused(overrides=(replace(forbid, home_id="h8"),)) == set()
    assert refused(separations=(Separation("g1", "synthetic", home_id="h9"),)) == {"separation"}
    assert refused(closed_homes=frozenset({"h9"})) == {"incomplete_separation"}


def test_a_separated_group_that_lives_there_refuses_the_home() -> None:
    children = (*PAIR, child("g2-a", 2004, "M"))
    for one, other in (("g1", "g2"), ("g2", "g1")):
        apart = (Separation(one, "synthetic", other_group_id=other),)
        assert refused(children=children, separations=apart) == set()
        stands = (Placement("g2-a", "h9", TODAY - DAY),)
        assert refused(children=children, separations=apart, placements=stands) == {"separation"}


def test_the_rest_of_a_group_goes_only_where_its_siblings_are() -> None:
    children = (*PAIR, child("g1-c", 2004, "M"))
    for where, codes in (("h9", set()), ("h8", {"sibling_already_placed"})):
        assert refused(children=children, placements=(Placement("g1-c", where, TODAY - DAY),)) == codes


def test_a_kin_home_needs_no_license_and_states_no_wish() -> None:
    house = replace(
        HOUSE, kind="kin", license_to=None, age_max=1, accepts_sexes=("F",), max_siblings=0,
        own_children_birth_dates=(TWO_TOMORROW,) * 9,
    )  # fmt: skip
    assert refused(house=house, kin=(KinLink("g1", "h9", "1"),)) == set()
    assert refused(house=replace(house, licensed_capacity=1), kin=(KinLink("g1", "h9", "1"),)) == {"capacity"}


def test_every_broken_rule_is_named_not_only_the_first() -> None:
    house = replace(
        HOUSE, license_to=None, checks_clear_until=None, licensed_capacity=1, beds_any=0, age_max=1,
        accepts_sexes=("F",), max_siblings=1, abilities=(), own_children_birth_dates=(TWO_TOMORROW,) * 9,
    )  # fmt: skip
    found = refused(
        house=house,
        closed_homes=frozenset({"h9"}),
        separations=(Separation("g1", "synthetic", home_id="h9"),),
        overrides=(Override("forbid", "g1", "synthetic", "a worker", home_id="h9"),),
    )
    assert found == HOME_RULES.keys() | {"separation", "forbidden"}


@pytest.mark.parametrize("seed", range(150))
def test_refusals_are_those_that_the_rules_name(seed: int) -> None:
    program = random_program(seed, few_edges=seed % 2 == 0)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    for group in problem.groups:
        for state in problem.homes:
            assert set(refusals(problem, group, state)) == set(
                world.broken_alone(group.group_id, state.home_id)
            )


@pytest.mark.parametrize("seed", range(30))
def test_the_table_of_all_pairs_says_what_each_pair_says(seed: int) -> None:
    problem = build_problem(random_program(seed), policy=MARYLAND)
    needs = need_names(problem)
    rows = home_rows(problem.homes, problem=problem, needs=needs)
    backwards = np.arange(len(problem.homes))[::-1]
    table = lawful_by_home(group_columns(problem.groups, needs=needs), take_homes(rows, backwards), problem)
    for i, group in enumerate(problem.groups):
        for j, state in enumerate(reversed(problem.homes)):
            codes = set(refusals(problem, group, state)) & HOME_RULES.keys()
            if state.standing_groups != {group.group_id}:
                assert table[i, j] == (not codes)
