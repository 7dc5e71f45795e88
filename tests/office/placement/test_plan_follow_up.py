"""What may wait is worked out after the plan stands: explanations, shortages, homes that nobody asked."""

from django.test import override_settings

from posada.office.placement.models import PlanQuestion, UnaskedHome
from posada.office.placement.plan_follow_up import follow_up
from tests.office.people import home_of
from tests.office.placement.planned import plan_now, siblings, small_program, tonight
from tests.office.placement.test_plan_jobs import LATER


def test_a_small_plan_is_explained_group_by_group() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    assert run.is_followed_up
    asked = PlanQuestion.objects.filter(run=run, kind="explain", state="answered")
    assert {each.group_id for each in asked} == {group.pk for group in groups}


def test_whom_to_recruit_is_kept_with_the_plan() -> None:
    tonight()
    siblings(9, location_fips="24031")
    home_of(age_max=3)
    run = plan_now()
    assert run.counts["waiting"] == 1
    homes = [row for row in run.shortages if row["kind"] == "home"]
    assert homes[0]["children_gained"] == 1
    assert homes[0]["level"] == "children_placed"


def test_a_program_without_a_home_or_without_a_child_is_followed_up_too() -> None:
    tonight()
    assert plan_now().is_followed_up
    siblings(9)
    assert plan_now().is_followed_up


def test_open_homes_that_nobody_asked_are_kept_with_the_rule_that_keeps_them_out() -> None:
    tonight()
    siblings(9)
    chosen, expired = home_of(languages=["spa"]), home_of(checks_clear_until=None)
    home_of(state="on_hold")
    run = plan_now()
    assert run.groups.get().home == chosen
    found = {row.home_id: row.rule for row in UnaskedHome.objects.filter(run=run)}
    assert found == {expired.pk: "checks"}


def test_it_gives_way_to_whoever_waits_and_goes_on_afterwards() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    type(run).objects.filter(pk=run.pk).update(is_followed_up=False, shortages=[])
    UnaskedHome.objects.filter(run=run).delete()
    PlanQuestion.objects.filter(run=run, group=groups[0]).update(state="asked", answer={})
    with override_settings(TASKS=LATER):
        follow_up.func(str(run.pk))
    run.refresh_from_db()
    assert not run.is_followed_up
    PlanQuestion.objects.filter(run=run).update(state="answered")
    follow_up.func(str(run.pk))
    run.refresh_from_db()
    assert run.is_followed_up


def test_a_plan_that_is_not_the_newest_any_more_is_left_as_it_is() -> None:
    small_program()
    old = plan_now()
    type(old).objects.filter(pk=old.pk).update(is_followed_up=False)
    plan_now()
    follow_up.func(str(old.pk))
    old.refresh_from_db()
    assert not old.is_followed_up
