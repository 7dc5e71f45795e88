"""The lawful pairs are exactly those that no rule refuses, and the model prices them rightly."""

import numpy as np
import pytest

from posada.placement.candidates import Candidates, build_candidates
from posada.placement.feasible import refusals
from posada.placement.model import NO_ROW
from posada.placement.problem import Problem, build_problem
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, Sizes, random_program


def named_pairs(found: Candidates) -> set[tuple[str, str]]:
    """(group, home) of every pair, by name."""
    problem = found.problem
    return {
        (problem.groups[m].group_id, problem.homes[home].home_id)
        for item, home in zip(*found.all_pairs(), strict=True)
        for m in found.items[item].members
    }


def lawful_pairs(problem: Problem) -> set[tuple[str, str]]:
    return {
        (g.group_id, s.home_id)
        for g in problem.groups
        for s in problem.homes
        if refusals(problem, g, s) == ()
    }


@pytest.mark.parametrize("is_exact", [True, False])
@pytest.mark.parametrize("seed", range(100))
def test_pairs_are_those_that_no_rule_refuses(seed: int, is_exact: bool) -> None:
    """Except that a group with a kin home to itself is not asked for other homes."""
    program = random_program(seed, sizes=Sizes(groups=8, homes=6), few_edges=seed % 2 == 0)
    problem = build_problem(program, policy=MARYLAND)
    found = named_pairs(build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=is_exact))
    lawful = lawful_pairs(problem)
    assert found <= lawful
    kin = {s.home_id for s in problem.homes if s.home.kind == "kin"}
    for group, home in lawful - found:
        own = [
            h for g, h in lawful if g == group and h in kin and {x for x, y in lawful if y == h} == {group}
        ]
        assert home not in kin
        assert own


@pytest.mark.parametrize("seed", range(60))
def test_edges_are_worth_what_the_rules_say(seed: int) -> None:
    program = random_program(seed, few_edges=True)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    item, home = found.all_pairs()
    model = found.model(item, home, with_cost=True)
    gains = {level.name: level.edge_gain for level in model.levels if level.edge_gain is not None}
    for edge in range(model.n_edges):
        for member in found.items[item[edge]].members:
            worth = world.worth(problem.groups[member].group_id, problem.homes[home[edge]].home_id)
            assert tuple(int(gain[edge]) for gain in gains.values()) == worth


@pytest.mark.parametrize("seed", range(80))
def test_two_groups_fit_together_exactly_when_the_rules_let_them(seed: int) -> None:
    program = random_program(seed, few_edges=seed % 2 == 0)
    problem, world = build_problem(program, policy=MARYLAND), World.of(program, policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=True)
    item, home = found.all_pairs()
    model = found.model(item, home, with_cost=False)
    conflicts = {tuple(pair) for pair in model.conflict_edges.tolist()}
    for a in range(model.n_edges):
        for b in range(a + 1, model.n_edges):
            if home[a] != home[b] or item[a] == item[b]:
                continue
            room = model.capacity[:, home[a]]
            fits = bool(((model.load[:, a] + model.load[:, b] <= room) | (room >= NO_ROW)).all())
            fits &= (a, b) not in conflicts and (b, a) not in conflicts
            names = [problem.groups[found.items[k].members[0]].group_id for k in (item[a], item[b])]
            assert fits == (not world.broken_together(problem.homes[home[a]].home_id, names))


def test_pins_leave_a_group_only_the_homes_that_they_allow() -> None:
    for seed in range(40):
        program = random_program(seed, few_edges=True)
        problem = build_problem(program, policy=MARYLAND)
        for group, home in sorted(lawful_pairs(problem))[:2]:
            found = build_candidates(problem, pinned_homes={group: home}, pinned_counsel={}, is_exact=True)
            only = {h for g, h in named_pairs(found) if g == group}
            assert only <= {home} or group not in {p.sibling_group_id for p in problem.pins}
            assert found.item_must.any()


def test_without_counsel_there_is_no_desk() -> None:
    problem = build_problem(random_program(5), policy=MARYLAND)
    found = build_candidates(problem, pinned_homes={}, pinned_counsel={}, is_exact=False, with_counsel=False)
    model = found.model(*found.all_pairs(), with_cost=False)
    assert len(model.arc_desk) == len(model.pool_slots) == 0
    assert (model.edge_desk == -1).all()
    assert np.all(model.load[0] > 0)
