"""Where plans stand: which one pages show, whether it is stale and why, and whether its worker has given up.

Reads only. Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_plan_state.py.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone
from django_tasks.exceptions import TaskResultDoesNotExist

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.day import today
from posada.office.placement.models import PlanRun
from posada.office.program import settings_of_program
from posada.office.refusals import Refusal

SHOWN = (PlanRun.State.READY, PlanRun.State.APPROVED)
RUNNING = (PlanRun.State.QUEUED, PlanRun.State.SOLVING)
SILENCE = timedelta(seconds=20)
"""A run that has said nothing for so long is looked after: its task may have failed."""
READ_BY_PLANS = {
    "intake.child": "children",
    "intake.siblinggroup": "groups",
    "intake.kinlink": "kin",
    "intake.hearing": "hearings",
    "intake.separation": "separations",
    "intake.courtcounty": "courts",
    "intake.court": "courts",
    "intake.import": "imports",
    "intake.merge": "children",
    "licensing.home": "homes",
    "licensing.check": "checks",
    "licensing.householdmember": "households",
    "licensing.licenseexception": "exceptions",
    "counsel.counsel": "counsel",
    "counsel.engagement": "engagements",
    "placement.override": "overrides",
    "placement.offer": "offers",
    "placement.placement": "placements",
}
"""Kinds of record that a plan is made from, with the word for them."""


@dataclass(frozen=True, slots=True)
class Staleness:
    """`changes`: word for a kind → records of it that changed since the plan's inputs were read."""

    other_day: bool = False
    changed: bool = False
    changes: dict[str, int] = field(default_factory=dict)

    @property
    def is_stale(self) -> bool:
        """Whether the plan has to be solved again before it can be approved."""
        return self.other_day or self.changed


class Stale(Refusal):
    """What a plan was made from has changed since."""

    code = "plan_stale"
    status = 409


def may_plan(actor: Actor) -> bool:
    """Whether the person works on the plan of the whole program; the machine may, where an offer ended by itself."""
    is_machine = actor.user_id is None and bool(actor.acting_as)
    return is_machine or actor.sees_whole_program(Role.PLACEMENT_WORKER)


def may_approve(actor: Actor) -> bool:
    """Whether the person may be one of the two who approve a plan."""
    return actor.user_id is not None and (may_plan(actor) or actor.has(Role.PROGRAM_DIRECTOR))


def shown_runs() -> QuerySet[PlanRun]:
    """Plans that stand, newest first."""
    return PlanRun.objects.filter(state__in=SHOWN, voided_at__isnull=True).order_by("-number")


def current_plan() -> PlanRun | None:
    """The newest plan that stands: what the board shows, also while another one is solved."""
    return shown_runs().select_related("sent_for_approval_by", "approved_by").first()


def approved_plan() -> PlanRun | None:
    """The newest approved plan."""
    return shown_runs().filter(state=PlanRun.State.APPROVED).first()


def running_plan() -> PlanRun | None:
    """The newest plan that waits to be solved or is being solved."""
    return PlanRun.objects.filter(state__in=RUNNING, voided_at__isnull=True).order_by("-number").first()


def last_unfinished(after: PlanRun | None) -> PlanRun | None:
    """The newest run if it failed or was stopped after the plan that is shown; None else."""
    newest = PlanRun.objects.filter(voided_at__isnull=True).order_by("-number").first()
    over = (PlanRun.State.FAILED, PlanRun.State.STOPPED)
    is_news = newest is not None and newest.state in over and (after is None or newest.number > after.number)
    return newest if is_news else None


def staleness_of(run: PlanRun) -> Staleness:
    """Whether what the plan was made from still stands, and of which kinds something has changed."""
    changed = settings_of_program().changed_number != run.changed_number
    other_day = run.plan_date != today()
    return Staleness(other_day, changed, _changes_since(run.log_number) if changed else {})


def _changes_since(log_number: int) -> dict[str, int]:
    rows = (
        Entry.objects.filter(number__gt=log_number, subject_kind__in=READ_BY_PLANS)
        .order_by()
        .values("subject_kind")
        .annotate(records=Count("subject_id", distinct=True))
    )
    found: dict[str, int] = {}
    for row in rows:
        word = READ_BY_PLANS[row["subject_kind"]]
        found[word] = found.get(word, 0) + row["records"]
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def is_given_up(run: PlanRun) -> bool:
    """Whether nobody will solve the run any more: it has been silent, and its task failed or is gone."""
    task = run.progress.get("task")
    if run.state not in RUNNING or not task or timezone.now() - run.changed_at < SILENCE:
        return False
    from posada.office.placement.plan_jobs import solve_plan

    try:
        return solve_plan.get_result(task).is_finished
    except TaskResultDoesNotExist:
        return True
    except NotImplementedError:  # a backend that runs tasks at once and keeps nothing
        return False
