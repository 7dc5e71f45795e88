"""Plans: asked for, stopped, sent for approval, and approved by a second person.

Each function is one transaction and ends in the log. Solving itself is the worker's (`plan_jobs`). Two people who
approve at once, or who approve what has changed meanwhile, are told apart by compare-and-set.
Docs: docs/explanation/from-plan-to-placement.md, docs/how-to/run-a-plan-in-the-office.md.
Tests: tests/office/placement/test_plans.py.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.two_persons import NotYours
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.intake.models import ProgramSettings
from posada.office.placement.models import PlanRun
from posada.office.placement.plan_state import (
    RUNNING,
    Stale,
    current_plan,
    is_given_up,
    may_approve,
    may_plan,
    staleness_of,
)
from posada.office.placement.plan_wishes import answer_wishes, open_wishes
from posada.office.program import settings_of_program
from posada.office.refusals import NotThere, Refusal

TRIES_FOR_A_NUMBER = 5
STATE = PlanRun.State


class AlreadyDecided(Refusal):
    """Somebody else was first."""

    code = "already_decided"
    status = 409


class WishesOpen(Refusal):
    """Wishes of children, families or homes have no answer yet."""

    code = "wishes_open"


def ask_for_plan(actor: Actor) -> PlanRun:
    """Ask the worker for a plan of the program as it stands; one that waits or is solved for the same serves too.

    Raises NotThere where the person does not plan.
    """
    if not may_plan(actor):
        raise NotThere
    for _try in range(TRIES_FOR_A_NUMBER):
        try:
            with transaction.atomic():
                return _waiting_already(actor) or _new_run(actor)
        except IntegrityError:  # somebody took the number, or asked, in the same moment
            continue
    raise Refusal(_("Somebody else is asking for a plan right now. Load the page again."), code="busy")


def _waiting_already(actor: Actor) -> PlanRun | None:
    now = settings_of_program().changed_number
    for run in PlanRun.objects.filter(state__in=RUNNING).order_by("number"):
        if is_given_up(run):
            changes = {"state": STATE.FAILED, "failure": "worker_gone", "finished_at": timezone.now()}
            save_change(run, version=run.version, changes=changes, actor=actor, act="plan.fail")
        elif run.state == STATE.QUEUED or (run.changed_number == now and run.plan_date == today()):
            return run
    return None


def _new_run(actor: Actor) -> PlanRun:
    from posada.office.placement.plan_jobs import solve_plan

    last = PlanRun.objects.aggregate(last=Max("number"))["last"] or 0
    run = save_new(PlanRun(number=last + 1, asked_by_id=actor.user_id), actor=actor, act="plan.ask")
    task = solve_plan.enqueue(str(run.pk))
    # A task that ran at once has written its own progress by now.
    PlanRun.objects.filter(pk=run.pk, state=STATE.QUEUED).update(progress={"task": str(task.id)})
    run.refresh_from_db()
    return run


def stop_plan(actor: Actor, run: PlanRun) -> PlanRun:
    """Stop a run that waits or is being solved; the plan before it stays. Raises NotThere, AlreadyDecided."""
    if not may_plan(actor):
        raise NotThere
    if run.state not in RUNNING:
        raise AlreadyDecided(_("This run is over already."))
    changes = {"state": STATE.STOPPED, "finished_at": timezone.now()}
    return save_change(run, version=run.version, changes=changes, actor=actor, act="plan.stop")


def send_for_approval(actor: Actor, run: PlanRun, *, version: int) -> PlanRun:
    """Ask a second person to approve the plan. Raises NotThere, Stale, AlreadyDecided, SomebodySavedFirst."""
    if not may_approve(actor):
        raise NotThere
    with transaction.atomic():
        _must_be_current(run)
        _must_be_fresh(run)
        if run.sent_for_approval_by_id is not None:
            raise AlreadyDecided(_("This plan was sent for approval already."))
        changes = {"sent_for_approval_by_id": actor.user_id, "sent_for_approval_at": timezone.now()}
        return save_change(run, version=version, changes=changes, actor=actor, act="plan.send")


def send_back(actor: Actor, run: PlanRun, *, version: int, reason: str) -> PlanRun:
    """Do not approve: the plan goes back to whoever sent it, with a reason. Raises as `approve_plan`."""
    if not may_approve(actor):
        raise NotThere
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words what has to change."), code="no_reason")
    if run.state != STATE.READY or run.sent_for_approval_by_id is None:
        raise AlreadyDecided(_("This plan does not wait for approval."))
    changes = {"sent_for_approval_by_id": None, "sent_for_approval_at": None}
    return save_change(
        run, version=version, changes=changes, actor=actor, act="plan.send_back", reason=reason
    )


def approve_plan(
    actor: Actor, run: PlanRun, *, version: int, answers: Mapping[UUID, str] | None = None
) -> PlanRun:
    """Approve a plan that another person sent. `answers`: wish → what is answered to it.

    Raises NotThere, NotYours (the same human being), Stale, WishesOpen, AlreadyDecided, SomebodySavedFirst.
    """
    if not may_approve(actor):
        raise NotThere
    with transaction.atomic():
        run = PlanRun.objects.get(pk=run.pk)
        if run.state == STATE.APPROVED:
            raise AlreadyDecided(_("Somebody else approved this plan already."))
        if run.sent_for_approval_by_id is None:
            raise AlreadyDecided(_("This plan was not sent for approval."))
        _must_be_current(run)
        _must_be_another(actor, run)
        _must_be_fresh(run)
        answer_wishes(actor, run, answers or {})
        if open_wishes(run).exists():
            raise WishesOpen(
                _("Some wishes have no answer yet. Each one gets an answer before a plan is approved.")
            )
        changes = {"state": STATE.APPROVED, "approved_by_id": actor.user_id, "approved_at": timezone.now()}
        return save_change(run, version=version, changes=changes, actor=actor, act="plan.approve")


def _must_be_current(run: PlanRun) -> None:
    current = current_plan()
    if run.state not in (STATE.READY, STATE.APPROVED) or current is None or current.pk != run.pk:
        raise AlreadyDecided(
            _("A newer plan stands, or this one was never finished. Look at the newest one.")
        )
    if run.state == STATE.APPROVED:
        raise AlreadyDecided(_("This plan is approved already."))


def _must_be_another(actor: Actor, run: PlanRun) -> None:
    """One human being cannot be both persons, also not with two accounts."""
    sender = User.objects.filter(pk=run.sent_for_approval_by_id).values_list("person_key", flat=True).first()
    if run.sent_for_approval_by_id == actor.user_id or sender == actor.person_key:
        raise NotYours(_("Another person must approve this plan: you sent it yourself."))


def _must_be_fresh(run: PlanRun) -> None:
    """Holds the count of changes as it is until the transaction ends, so that nothing slips in between."""
    held = ProgramSettings.objects.filter(pk=1, changed_number=run.changed_number).update(
        changed_number=F("changed_number")
    )
    if held != 1 or staleness_of(run).is_stale:
        raise Stale(
            _("What this plan was made from has changed since. Solve again, then approve the new plan.")
        )
