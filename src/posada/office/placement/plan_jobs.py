"""What the worker does for plans: solve, follow up, answer. The solver is imported in here alone, never by a page.

A run that a killed worker left is begun once more; the second time it counts as failed. Progress is written in
short transactions of its own, and each writing looks whether somebody stopped the run.
Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_plan_jobs.py.
"""

import logging
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from posada.office.access.actor import machine
from posada.office.audit.chain import append
from posada.office.audit.models import Head
from posada.office.many_rows import write_records
from posada.office.placement.models import PlannedGroup, PlanQuestion, PlanRun
from posada.office.program import read_program, settings_of_program
from posada.records import Plan, Program
from posada.rulebook import Policy, policy_of

MOST_TRIES = 2
ROWS_AT_ONCE = 2_000
SECONDS_BETWEEN_NOTES = 0.5
STATE = PlanRun.State
STEPS = ("reading", "counting", "homes", "levels", "reasons", "checking", "writing")
"""The steps of a run, in order, as its progress names them."""
_STEP_OF = (
    ("counting who waits", "counting"),
    ("finding every lawful home", "homes"),
    ("writing down", "reasons"),
    ("checking", "checking"),
    ("writing", "writing"),
)
WORKER = machine("worker")
log = logging.getLogger("posada.plans")


class Stopped(Exception):
    """Somebody stopped the run, or another worker has it."""


class Failed(Exception):
    """The run cannot end well. The message is a code of plan_words.FAILURES."""


@dataclass(slots=True)
class Progress:
    """Tells the run how far its solving is, and raises Stopped once nobody wants it any more."""

    run: PlanRun
    step: str = STEPS[0]
    told_at: float = field(default=0.0)

    def __call__(self, text: str) -> None:
        """Take what the planner says it is doing."""
        at = max(STEPS.index(self.step), STEPS.index(_step_of(text)))
        is_new, now = STEPS[at] != self.step, time.monotonic()
        if not is_new and now - self.told_at < SECONDS_BETWEEN_NOTES:
            return
        self.step, self.told_at = STEPS[at], now
        progress = {**self.run.progress, "step": self.step}
        rows = PlanRun.objects.filter(pk=self.run.pk, state=STATE.SOLVING, tries=self.run.tries)
        if rows.update(progress=progress, changed_at=timezone.now()) != 1:
            raise Stopped


def _step_of(text: str) -> str:
    return next((step for begins, step in _STEP_OF if text.startswith(begins)), "levels")


@task()
def solve_plan(run_id: str) -> None:
    """Solve a run that waits. Does nothing for one that is over, so that it may be called twice."""
    run = _claim(UUID(run_id))
    if run is None:
        return
    try:
        _solve(run)
    except Stopped:
        PlannedGroup.objects.filter(run=run).exclude(run__state__in=(STATE.READY, STATE.APPROVED)).delete()
    except Failed as error:
        _fail(run, str(error))
    except Exception as error:  # whatever it was, the run must not look as if it went on
        log.error("plan %s failed: %s", run.number, type(error).__name__)
        _fail(run, "unexpected")
    else:
        from posada.office.placement.plan_follow_up import follow_up

        follow_up.enqueue(run_id)


def _end_run(run_id: str) -> None:
    run = PlanRun.objects.filter(pk=run_id).first()
    if run is not None:
        _fail(run, "worker_died")


GIVEN_UP = {"solve_plan": _end_run}
"""What ends that which waited for a task, where the worker has died over it too often."""


def _claim(run_id: UUID) -> PlanRun | None:
    """Take the run, or give it up where a worker died over it before."""
    with transaction.atomic():
        run = PlanRun.objects.filter(pk=run_id, state__in=(STATE.QUEUED, STATE.SOLVING)).first()
        if run is None:
            return None
        if run.tries >= MOST_TRIES:
            _fail(run, "worker_died")
            return None
        for left in PlanRun.objects.filter(state=STATE.SOLVING).exclude(pk=run.pk):
            _fail(left, "worker_died")  # there is one worker: nobody solves it now
        taken = PlanRun.objects.filter(pk=run.pk, state=run.state, tries=run.tries).update(
            state=STATE.SOLVING,
            tries=F("tries") + 1,
            version=F("version") + 1,
            started_at=timezone.now(),
            progress={**run.progress, "step": STEPS[0]},
            changed_at=timezone.now(),
        )
        if taken != 1:
            return None
        run.refresh_from_db()
        append(WORKER, "plan.solve", subject=run, detail={"number": run.number, "try": run.tries})
    return run


def _solve(run: PlanRun) -> None:
    from posada.office.placement.plan_store import store_plan, sweep
    from posada.placement.check import violations
    from posada.placement.plan import make_plan

    started, tell = time.perf_counter(), Progress(run)
    sweep(set(PlanRun.objects.exclude(folder="").values_list("folder", flat=True)))
    program, read = _read()
    policy = _policy(program)
    plan = make_plan(program, policy=policy, progress=tell)
    tell("checking the plan")
    found = violations(plan, program, policy=policy)
    if found:
        log.error("plan %s breaks %s: not kept", run.number, sorted({each.code for each in found}))
        raise Failed("unlawful")
    tell("writing the plan")
    folder = store_plan(plan, program, seconds=time.perf_counter() - started)
    _write_rows(run, plan, program)
    _finish(run, plan, program, read | {"folder": folder})


def _read() -> tuple[Program, dict[str, Any]]:
    """The program, with the count of changes and the length of the log as they were before it was read.

    Whatever is changed while it is read makes the plan stale, so that nobody has to be kept from writing.
    """
    head = Head.objects.filter(pk=1).first()
    read = {"changed_number": settings_of_program().changed_number, "log_number": head.number if head else 0}
    return read_program(), read


def _policy(program: Program) -> Policy:
    from posada.rulebook import BadPolicyFile, RuleGap, UnknownPolicy

    try:
        return policy_of(program)
    except (BadPolicyFile, RuleGap, UnknownPolicy) as error:
        raise Failed("rules") from error


def _write_rows(run: PlanRun, plan: Plan, program: Program) -> None:
    """In batches, so that nobody else waits long to write; nobody reads them before the run is ready."""
    from posada.office.placement.plan_rows import rows_of

    PlannedGroup.objects.filter(run=run).delete()
    rows = rows_of(plan, program, run=run)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        write_records(rows[start : start + ROWS_AT_ONCE])


def _finish(run: PlanRun, plan: Plan, program: Program, read: dict[str, Any]) -> None:
    from posada.office.placement.plan_rows import counts_of, levels_of, pins_of

    counts = counts_of(plan)
    with transaction.atomic():
        done = PlanRun.objects.filter(pk=run.pk, state=STATE.SOLVING, tries=run.tries).update(
            **read,
            state=STATE.READY,
            version=F("version") + 1,
            finished_at=timezone.now(),
            changed_at=timezone.now(),
            plan_date=program.plan_date,
            policy=program.policy,
            seed=program.seed,
            input_sha256=program.input_sha256,
            progress={},
            levels=levels_of(plan),
            counts=counts,
            refused_pins=list(pins_of(plan)),
        )
        if done != 1:
            raise Stopped
        append(WORKER, "plan.ready", subject=run, detail={"number": run.number, "placed": counts["placed"]})


def _fail(run: PlanRun, code: str) -> None:
    with transaction.atomic():
        failed = PlanRun.objects.filter(pk=run.pk, state__in=(STATE.QUEUED, STATE.SOLVING)).update(
            state=STATE.FAILED,
            failure=code,
            version=F("version") + 1,
            finished_at=timezone.now(),
            changed_at=timezone.now(),
        )
        if failed:
            append(WORKER, "plan.fail", subject=run, detail={"number": run.number, "code": code})


@task()
def answer_question(question_id: str) -> None:
    """Answer what somebody asked of a plan. Does nothing for a question that has its answer."""
    asked = PlanQuestion.objects.filter(pk=question_id, state=PlanQuestion.State.ASKED)
    question = asked.select_related("run", "group", "home").first()
    if question is None:
        return
    from posada.office.placement.plan_answers import answer_to

    try:
        answer, state = answer_to(question), PlanQuestion.State.ANSWERED
    except Exception as error:
        log.error("question about plan %s failed: %s", question.run.number, type(error).__name__)
        answer, state = {}, PlanQuestion.State.FAILED
    asked.update(state=state, answer=answer, answered_at=timezone.now())
