"""A group's panel: why here, why not there, at what price, and what people decided."""

import pytest
from django.test import override_settings
from django.utils.translation import override
from django_tasks import default_task_backend

from posada.office.access.roles import Role
from posada.office.casefile.models import Wish
from posada.office.placement import group_panel, plan_jobs
from posada.office.placement.group_panel import ask, panel_of, price_of, question_about
from posada.office.placement.models import PlanQuestion
from posada.office.refusals import NotThere, Refusal
from tests.office.people import acting, home_of
from tests.office.placement.planned import plan_now, planner, siblings, small_program, tonight
from tests.office.placement.test_plan_jobs import LATER


def test_the_explanation_is_in_the_language_of_the_reader_and_names_nobody() -> None:
    groups, homes, _counsel = small_program()
    run = plan_now()
    with override("en"):
        english = panel_of(planner(), run, groups[0], page=None)
    with override("es"):
        spanish = panel_of(planner(), run, groups[0], page=None)
    assert homes[0].home_id in english.sentences[0]
    assert english.sentences != spanish.sentences
    child = groups[0].children.first()
    assert child is not None
    assert child.family_name not in " ".join(english.sentences)


def test_other_homes_are_lawful_ones_first_and_each_refused_one_names_its_rules() -> None:
    tonight()
    home_of(languages=["spa"])
    closed, small = home_of(state="on_hold"), home_of(beds_any=1)
    lawful = home_of()
    group = siblings(9, 7)
    panel = panel_of(planner(), plan_now(), group, page=None)
    assert panel.choices[0].home == lawful
    told = {choice.home: [(rule.code, rule.words) for rule in choice.rules] for choice in panel.choices}
    assert [code for code, _words in told[small]] == ["beds"]
    assert told[closed] == [("incomplete_separation", "the home is not open")]
    assert (panel.lawful, panel.refused) == (1, 2)


def test_a_price_that_was_asked_for_stands_with_its_home_cheapest_first() -> None:
    tonight()
    home_of(languages=["spa"], cost_cents_per_child_day=1_000)
    dear, cheap = (home_of(languages=["spa"], cost_cents_per_child_day=cents) for cents in (9_000, 2_000))
    group = siblings(9)
    run, actor = plan_now(), planner()
    for home in (dear, cheap):
        question = ask(actor, run, group, kind="pin", home=home)
        price = price_of(question)
        assert price.state == "answered"
        assert price.first_worse is not None
        assert price.first_worse.number == 6
        assert price.moved == []
    panel = panel_of(actor, run, group, page=None)
    assert {choice.home for choice in panel.choices if choice.price} == {dear, cheap}


def test_a_price_is_asked_for_once_and_a_failed_one_again() -> None:
    groups, homes, _counsel = small_program()
    run, actor = plan_now(), planner()
    with override_settings(TASKS=LATER):
        first = ask(actor, run, groups[1], kind="pin", home=homes[0])
        assert ask(actor, run, groups[1], kind="pin", home=homes[0]) == first
        assert first.state == "asked"
        PlanQuestion.objects.filter(pk=first.pk).update(state="failed")
    assert ask(actor, run, groups[1], kind="pin", home=homes[0]).state == "answered"
    assert question_about(run, groups[1], kind="pin", home=homes[0].pk) == first


def test_prices_that_wait_are_bounded_and_stand_behind_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    groups, homes, _counsel = small_program()
    monkeypatch.setattr(group_panel, "MOST_WAITING", 1)
    run, actor = plan_now(), planner()
    with override_settings(TASKS=LATER):
        default_task_backend.clear()
        ask(actor, run, groups[1], kind="pin", home=homes[0])
        with pytest.raises(Refusal, match="being worked out already"):
            ask(actor, run, groups[1], kind="forbid", home=homes[0])
        assert question_about(run, groups[1], kind="forbid", home=homes[0].pk) is None, (
            "nothing is half asked"
        )
        assert ask(actor, run, groups[1], kind="pin", home=homes[0]).state == "asked", (
            "the same one is no second"
        )
        queued = [result.task for result in default_task_backend.results]
    assert [task.priority < plan_jobs.solve_plan.priority for task in queued] == [True]


def test_who_does_not_plan_asks_for_nothing() -> None:
    groups, homes, _counsel = small_program()
    run = plan_now()
    with pytest.raises(NotThere):
        ask(acting(Role.PROGRAM_DIRECTOR), run, groups[0], kind="pin", home=homes[1])
    with pytest.raises(NotThere):
        ask(planner(), run, groups[0], kind="pin")


def test_history_and_wishes_stand_on_the_panel() -> None:
    groups, homes, _counsel = small_program()
    Wish.objects.create(group=groups[0], wished_by="family", kind="town", text="near the school")
    first, second = plan_now(), plan_now()
    panel = panel_of(planner(), second, groups[0], page=None)
    assert [row.run for row in panel.history] == [second, first]
    assert [wish.text for wish in panel.wishes] == ["near the school"]
    assert panel.line is not None
    assert panel.line.row.home == homes[0]


def test_a_group_that_the_plan_is_not_about_has_no_line() -> None:
    small_program()
    run = plan_now()
    assert panel_of(planner(), run, siblings(3), page=None).line is None
