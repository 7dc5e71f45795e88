"""A plan is asked for once, sent by one person, approved by another, and never after its inputs have changed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import override_settings

from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.roles import Role
from posada.office.access.two_persons import NotYours
from posada.office.audit.models import Entry
from posada.office.casefile.models import Wish
from posada.office.placement.models import PlanRun
from posada.office.placement.plan_state import Stale
from posada.office.placement.plans import (
    AlreadyDecided,
    WishesOpen,
    approve_plan,
    ask_for_plan,
    send_back,
    send_for_approval,
    stop_plan,
)
from posada.office.program import note_change
from posada.office.refusals import NotThere, Refusal, SomebodySavedFirst
from tests.office.people import acting, person
from tests.office.placement.planned import plan_now, planner, siblings, small_program
from tests.office.placement.test_plan_jobs import LATER


def sent(actor: Actor) -> PlanRun:
    """A plan that this person sent for approval."""
    run = plan_now(actor)
    return send_for_approval(actor, run, version=run.version)


def test_a_second_person_approves_what_the_first_one_sent() -> None:
    small_program()
    run = sent(planner())
    approved = approve_plan(planner(), run, version=run.version)
    assert approved.state == PlanRun.State.APPROVED
    assert approved.approved_by_id != approved.sent_for_approval_by_id
    assert list(
        Entry.objects.filter(subject_id=str(run.pk)).order_by("number").values_list("act", flat=True)
    ) == [*("plan.ask", "plan.solve", "plan.ready", "plan.send", "plan.approve")]


def test_the_same_human_being_cannot_approve_also_not_with_another_account() -> None:
    small_program()
    first, second = (person(Role.PLACEMENT_WORKER, person_key="one human") for _ in range(2))
    run = sent(actor_of(first))
    for each in (first, second):
        with pytest.raises(NotYours):
            approve_plan(actor_of(each), run, version=run.version)
    run.refresh_from_db()
    assert run.state == PlanRun.State.READY


def test_a_director_may_be_the_second_person_and_an_intake_worker_may_not() -> None:
    small_program()
    run = sent(planner())
    with pytest.raises(NotThere):
        approve_plan(acting(Role.INTAKE_WORKER), run, version=run.version)
    assert approve_plan(acting(Role.PROGRAM_DIRECTOR), run, version=run.version).approved_by_id


def test_a_plan_is_neither_sent_nor_approved_after_its_inputs_have_changed() -> None:
    small_program()
    run = sent(planner())
    note_change()
    with pytest.raises(Stale):
        approve_plan(planner(), run, version=run.version)
    with pytest.raises(Stale):
        send_for_approval(planner(), run, version=run.version)
    again = sent(planner())
    assert again.number == run.number + 1
    assert approve_plan(planner(), again, version=again.version).state == PlanRun.State.APPROVED


def test_an_older_plan_is_not_approved_beside_a_newer_one() -> None:
    small_program()
    run = sent(planner())
    plan_now()
    with pytest.raises(AlreadyDecided):
        approve_plan(planner(), run, version=run.version)


def test_the_second_of_two_approvals_is_told_that_somebody_was_first() -> None:
    small_program()
    run = sent(planner())
    approve_plan(planner(), run, version=run.version)
    with pytest.raises((AlreadyDecided, SomebodySavedFirst)):
        approve_plan(planner(), run, version=run.version)
    assert Entry.objects.filter(act="plan.approve").count() == 1


@pytest.mark.postgresql_only  # SQLite in memory cannot be written by two threads
@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_in_the_same_moment_exactly_one_does() -> None:
    small_program()
    run = sent(planner())
    people, ready = [planner(), planner()], threading.Barrier(2)

    def approve(actor: Actor) -> str:
        try:
            ready.wait()
            return approve_plan(actor, run, version=run.version).state
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        found = sorted(both.map(approve, people))
    assert found[1:] in (["approved"], ["somebody_saved_first"])
    assert "approved" in found
    assert Entry.objects.filter(act="plan.approve").count() == 1


def test_a_plan_goes_back_with_a_reason_and_can_be_sent_again() -> None:
    small_program()
    run = sent(planner())
    with pytest.raises(Refusal):
        send_back(planner(), run, version=run.version, reason=" ")
    back = send_back(planner(), run, version=run.version, reason="ask the aunt first")
    assert back.sent_for_approval_by_id is None
    with pytest.raises(AlreadyDecided):
        approve_plan(planner(), back, version=back.version)
    assert send_for_approval(planner(), back, version=back.version).sent_for_approval_by_id


def test_each_wish_has_an_answer_before_a_plan_is_approved() -> None:
    groups, _homes, _counsel = small_program()
    wish = Wish.objects.create(group=groups[0], wished_by="child", kind="town", text="near the cousin")
    run = sent(planner())
    with pytest.raises(WishesOpen):
        approve_plan(planner(), run, version=run.version)
    approve_plan(planner(), run, version=run.version, answers={wish.pk: "the same county"})
    wish.refresh_from_db()
    assert wish.answer == "the same county"
    assert wish.answered_by_id


def test_answers_are_not_kept_where_the_approval_was_refused() -> None:
    groups, _homes, _counsel = small_program()
    wish = Wish.objects.create(group=groups[0], wished_by="child", kind="town", text="near the cousin")
    other = Wish.objects.create(group=groups[1], wished_by="child", kind="town", text="a town")
    run = sent(planner())
    with pytest.raises(WishesOpen):
        approve_plan(planner(), run, version=run.version, answers={wish.pk: "the same county"})
    wish.refresh_from_db()
    assert wish.answer == ""
    assert other.answer == ""


@override_settings(TASKS=LATER)
def test_a_plan_that_waits_already_serves_everybody_who_asks() -> None:
    small_program()
    assert ask_for_plan(planner()) == ask_for_plan(planner())
    assert PlanRun.objects.count() == 1


@override_settings(TASKS=LATER)
def test_what_changed_while_a_plan_is_solved_is_asked_for_anew() -> None:
    small_program()
    first = ask_for_plan(planner())
    PlanRun.objects.filter(pk=first.pk).update(state=PlanRun.State.SOLVING, plan_date=None)
    siblings(3)
    note_change()
    assert ask_for_plan(planner()).number == first.number + 1


def test_who_does_not_plan_cannot_ask_and_the_machine_can() -> None:
    small_program()
    for actor in (acting(Role.PROGRAM_DIRECTOR), acting(Role.FOSTER_PARENT), acting(Role.AUDITOR)):
        with pytest.raises(NotThere):
            ask_for_plan(actor)
    assert ask_for_plan(machine("offers")).asked_by_id is None


def test_a_run_that_is_over_cannot_be_stopped() -> None:
    small_program()
    with pytest.raises(AlreadyDecided):
        stop_plan(planner(), plan_now())
