"""A pin or a ban is recorded with a reason, after its price was seen, and is obeyed by the next plan."""

import pytest

from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.placement.group_panel import ask
from posada.office.placement.models import Override, PlanRun
from posada.office.placement.plan_overrides import PriceFirst, RuleRefuses, end_override, record_override
from posada.office.placement.plan_state import current_plan
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from tests.office.people import acting, home_of
from tests.office.placement.planned import plan_now, planner, siblings, small_program, tonight


def newest() -> PlanRun:
    """The plan that stands now."""
    found = current_plan()
    assert found is not None
    return found


def test_a_pin_is_recorded_with_its_price_and_the_next_plan_obeys_it() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    assert run.groups.get(group=groups[1]).home == homes[1]
    ask(actor, run, groups[1], kind="pin", home=homes[0])
    made = record_override(
        actor, run, groups[1], action="pin", home=homes[0], reason="her teacher lives there"
    )
    assert {"name": "children_placed", "before": 3, "after": 3} in made.price
    again = newest()
    assert again.number == run.number + 1
    assert again.groups.get(group=groups[1]).home == homes[0]
    entry = Entry.objects.get(act="plan.pin")
    assert "teacher" not in str(entry.detail)


def test_without_a_reason_or_without_its_price_nothing_is_recorded() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    with pytest.raises(FieldsRefused):
        record_override(actor, run, groups[1], action="pin", home=homes[0], reason="  ")
    with pytest.raises(PriceFirst):
        record_override(actor, run, groups[1], action="pin", home=homes[0], reason="because I say so")
    assert Override.objects.count() == 0
    assert newest() == run


def test_a_pin_that_a_safety_rule_refuses_is_not_recorded() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    ask(actor, run, groups[0], kind="pin", home=homes[1])
    with pytest.raises(RuleRefuses, match="beds"):
        record_override(actor, run, groups[0], action="pin", home=homes[1], reason="they would squeeze in")
    assert Override.objects.count() == 0


def test_forbidding_the_home_of_the_plan_has_a_price_and_forbidding_another_has_none() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    with pytest.raises(PriceFirst):
        record_override(actor, run, groups[0], action="forbid", home=homes[0], reason="too near the father")
    made = record_override(
        actor, run, groups[1], action="forbid", home=homes[0], reason="too near the father"
    )
    assert made.price == []
    run = newest()
    ask(actor, run, groups[0], kind="forbid", home=homes[0])
    made = record_override(
        actor, run, groups[0], action="forbid", home=homes[0], reason="too near the father"
    )
    assert {"name": "children_placed", "before": 3, "after": 1} in made.price
    assert newest().groups.get(group=groups[0]).home is None


def test_a_new_pin_ends_the_one_before() -> None:
    tonight()
    one, other = home_of(languages=["spa"]), home_of()
    group, actor = siblings(9), planner()
    run = plan_now()
    first = record_override(actor, run, group, action="pin", home=one, reason="near her school")
    run = newest()
    ask(actor, run, group, kind="pin", home=other)
    record_override(actor, run, group, action="pin", home=other, reason="the school has moved")
    first.refresh_from_db()
    assert first.ended_at is not None
    assert newest().groups.get(group=group).home == other


def test_an_ended_choice_is_forgotten_by_the_next_plan_and_stays_in_its_history() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    made = record_override(
        actor, run, groups[1], action="forbid", home=homes[0], reason="too near the father"
    )
    ended = end_override(actor, made, version=made.version)
    assert ended.ended_at is not None
    assert newest().number == run.number + 2
    with pytest.raises(SomebodySavedFirst):
        end_override(planner(), made, version=made.version)


def test_who_does_not_plan_decides_nothing() -> None:
    groups, homes, _counsel = small_program()
    run = plan_now()
    for role in (Role.PROGRAM_DIRECTOR, Role.INTAKE_WORKER, Role.AUDITOR):
        with pytest.raises(NotThere):
            record_override(
                acting(role), run, groups[1], action="pin", home=homes[1], reason="because I say so"
            )
