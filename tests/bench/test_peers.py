"""The peers: their plans are lawful, and the straight model has the same optimum as ours."""

from functools import cache

import pytest
from peers import greedy, highs
from peers.answer import Answer, Unlawful, judged_levels
from peers.straight import Progress, named, straight_model
from peers.straight_rows import straight_rows

from posada.demonstration.generate import generate
from posada.placement.exact import solve_exactly
from posada.placement.problem import build_problem
from posada.rulebook.resolve import resolve_policy

FAR_AWAY = 1e12


@cache
def a_program(children, kin_share):
    program = generate(scope="national", children=children, kin_share=kin_share, seed=7)
    policy = resolve_policy(program.policy, on=program.plan_date)
    return program, policy, build_problem(program, policy=policy)


def levels_of(answer, *, of):
    program, policy, problem = of
    return judged_levels(program, problem, answer, policy=policy)


@pytest.mark.parametrize("kin_share", [0.0, 0.5, None])
def test_first_come_first_served_breaks_no_rule_and_places_somebody(kin_share):
    of = a_program(300, kin_share)
    levels = levels_of(greedy.solve(of[2]), of=of)
    assert 0 < levels["children_represented"] <= levels["children_placed"] <= 300


@pytest.mark.parametrize("kin_share", [0.0, 0.5])
def test_the_straight_model_level_by_level_has_the_optimum_of_the_product(kin_share):
    of = a_program(60, kin_share)
    straight = straight_model(of[2])
    progress = Progress.of(straight.model)
    highs.solve(straight, progress=progress, deadline=FAR_AWAY, threads=1)
    levels = levels_of(named(of[2], straight, progress), of=of)
    assert levels == progress.bounds
    assert tuple(levels.values()) == solve_exactly(straight.model).values


def test_the_judge_refuses_a_plan_that_breaks_a_rule():
    of = a_program(60, 0.0)
    answer = greedy.solve(of[2])
    crowded = answer.home_of.copy()
    crowded[:] = answer.home_of.max()
    with pytest.raises(Unlawful):
        levels_of(Answer(home_of=crowded, counsel_of=answer.counsel_of), of=of)


def test_a_row_of_the_straight_model_counts_each_pair_once():
    straight = straight_model(a_program(60, 0.0)[2])
    rows = straight_rows(straight.model)
    assert len(set(zip(rows.row.tolist(), rows.col.tolist(), strict=True))) == len(rows.row)
    assert rows.row.max() < len(rows.upper)
    assert rows.col.max() < len(rows.most)
