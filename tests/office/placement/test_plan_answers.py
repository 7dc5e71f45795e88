"""Questions to a plan are answered from exactly what it was made from."""

from dataclasses import replace

from posada import records
from posada.demonstration.generate import generate
from posada.office.placement.models import PlanQuestion
from posada.office.placement.plan_answers import answer_to, near_group
from posada.placement.explain import explain
from posada.placement.group_rules import refusals_by_home
from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.rulebook import policy_of
from tests.office.people import home_of
from tests.office.placement.planned import plan_now, siblings, small_program, tonight


def question(kind: str, group: object, home: object = None) -> PlanQuestion:
    """A question about the newest plan, not yet asked of anybody."""
    return PlanQuestion(run=plan_now(), group=group, home=home, kind=kind)


def test_an_explanation_is_in_both_languages_and_names_every_home_with_its_rules() -> None:
    groups, homes, _counsel = small_program()
    kin = home_of(kind="kin")
    answer = answer_to(question("explain", groups[0]))
    assert answer["status"] == "placed"
    assert set(answer["sentences"]) == {"en", "es"}
    told = {home: codes for codes, found in answer["homes"].items() for home in found}
    assert told[homes[0].home_id] == ""
    assert "beds" in told[homes[1].home_id]
    assert kin.home_id not in told
    assert answer["kin_of_others"] == 1


def test_an_explanation_needs_no_other_group_that_waits() -> None:
    drawn = generate(scope="maryland", children=80, kin_share=0.4, seed=7)
    apart = [each.sibling_group_id for each in drawn.children]
    drawn = replace(
        drawn,
        separations=(
            records.Separation(apart[0], "quarrel", other_group_id=apart[-1]),
            records.Separation(apart[3], "quarrel", home_id=drawn.homes[0].home_id),
        ),
        overrides=(
            records.Override("pin", apart[1], "near the school", "A", home_id=drawn.homes[1].home_id),
        ),
        placements=(records.Placement(drawn.children[5].child_id, drawn.homes[2].home_id, drawn.plan_date),),
    )
    policy = policy_of(drawn)
    plan = make_plan(drawn, policy=policy)
    for group in sorted(set(apart)):
        near = near_group(drawn, group)
        assert explain(near, policy=policy, plan=plan, group=group) == explain(
            drawn, policy=policy, plan=plan, group=group
        )
        both = [build_problem(each, policy=policy) for each in (near, drawn)]
        told = [
            refusals_by_home(each, each.groups[each.group_index[group]])
            for each in both
            if group in each.group_index
        ]
        assert len(told) != 1
        assert not told or told[0] == told[1]


def test_the_price_of_a_pin_is_what_it_changes_for_everybody() -> None:
    tonight()
    small, large = home_of(beds_any=1, licensed_capacity=1), home_of(beds_any=2, licensed_capacity=2)
    both, alone = siblings(9, 7), siblings(15)
    answer = answer_to(question("pin", alone, large))
    placed = next(each for each in answer["levels"] if each["name"] == "children_placed")
    assert (placed["before"], placed["after"]) == (3, 1)
    assert answer["moved"] == [both.sibling_group_id]
    assert answer["refused_by"] == []
    assert "beds" in answer_to(question("pin", both, small))["refused_by"]


def test_forbidding_the_home_of_a_plan_tells_where_they_would_go() -> None:
    tonight()
    here, there = home_of(cost_cents_per_child_day=1_000), home_of(cost_cents_per_child_day=2_000)
    group = siblings(9)
    answer = answer_to(question("forbid", group, here))
    assert answer["goes_to"] == there.home_id
    cost = next(each for each in answer["levels"] if each["name"] == "cost_cents_per_day")
    assert (cost["before"], cost["after"]) == (1_000, 2_000)


def test_homes_that_are_on_hold_stay_refused_in_the_answer() -> None:
    tonight()
    closed = home_of(state="on_hold")
    home_of()
    answer = answer_to(question("explain", siblings(9)))
    assert closed.home_id in answer["homes"]["incomplete_separation"]
