"""What may wait until a plan stands: why each group is where it is, which homes nobody asked, whom to recruit.

A job of its own, of low urgency, so that solving again takes no longer than solving. It gives way to whatever
somebody waits for, and begins again afterwards; what it has written by then stays.
Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_plan_follow_up.py.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from posada.office.licensing.models import Home
from posada.office.placement.models import Offer, PlannedGroup, PlanQuestion, PlanRun, UnaskedHome
from posada.office.placement.plan_state import current_plan
from posada.records import Plan, Program
from posada.rulebook import Policy, policy_of

EXPLAINED_AT_ONCE = 400
"""Groups that are explained without being asked for: all of a small plan, of a larger one those without a home."""
EXPLAINED_UP_TO = 10_000
"""Children beyond whom a group is explained only when somebody asks: each takes seconds then."""
SEARCHED = 1_000
"""Children up to whom a search says what one more home would gain; beyond, what can be told without one."""
MOST_SHORTAGES = 20
WAITS_AT_MOST = timedelta(minutes=5)
"""A question that is older is not waited for: its task may be gone."""


class GiveWay(Exception):
    """Somebody waits for the worker."""


@task(priority=-50)
def follow_up(run_id: str) -> None:
    """Work out what may wait. Does nothing for a plan that is not the newest any more."""
    run = PlanRun.objects.filter(pk=run_id).first()
    current = current_plan()
    if run is None or current is None or current.pk != run.pk or run.is_followed_up:
        return
    from posada.office.placement.plan_store import plan_of

    program, plan = plan_of(run.folder)
    policy = policy_of(program)
    try:
        _recruit(run, program, plan, policy, searching=False)
        _explain(run, program, plan, policy)
        _look_for_unasked(run, program, plan, policy)
        if len(program.children) <= SEARCHED:
            _recruit(run, program, plan, policy, searching=True)
    except GiveWay:
        follow_up.enqueue(run_id)
        return
    PlanRun.objects.filter(pk=run.pk).update(is_followed_up=True)


def _give_way(_text: str = "") -> None:
    lately = timezone.now() - WAITS_AT_MOST
    asked = PlanQuestion.objects.filter(state=PlanQuestion.State.ASKED, asked_at__gt=lately)
    if asked.exists() or PlanRun.objects.filter(state=PlanRun.State.QUEUED).exists():
        raise GiveWay


def _recruit(run: PlanRun, program: Program, plan: Plan, policy: Policy, *, searching: bool) -> None:
    from posada.placement.recruit import recruit, recruit_rows

    most = None if searching else 0
    is_told = bool(run.shortages) and not searching
    if is_told or not program.homes or not plan.unplaced + plan.groups:
        return
    found = recruit(
        program, policy=policy, plan=plan, top=MOST_SHORTAGES, most_solves=most, progress=_give_way
    )
    rows = [
        {
            **row,
            "languages": list(gain.wanted.languages),
            "level": gain.level,
            "needs": list(gain.wanted.needs),
        }
        for row, gain in zip(recruit_rows(found.gains), found.gains, strict=True)
    ]
    PlanRun.objects.filter(pk=run.pk).update(shortages=rows)


def _explain(run: PlanRun, program: Program, plan: Plan, policy: Policy) -> None:
    rows = PlannedGroup.objects.filter(run=run).select_related("group").order_by("place")
    if len(program.children) > EXPLAINED_UP_TO:
        return
    if rows.count() > EXPLAINED_AT_ONCE:
        rows = rows.exclude(unplaced_reason="")[:EXPLAINED_AT_ONCE]
    from posada.office.placement.plan_answers import explanation
    from posada.placement.problem import build_problem

    problem = build_problem(program, policy=policy)
    done = set(PlanQuestion.objects.filter(run=run, kind="explain").values_list("group_id", flat=True))
    for row in rows:
        if row.group_id in done:
            continue
        _give_way()
        group = row.group.sibling_group_id
        answer = explanation(program, plan, group=group, policy=policy, problem=problem)
        PlanQuestion.objects.get_or_create(
            run=run,
            group_id=row.group_id,
            kind=PlanQuestion.Kind.EXPLAIN,
            defaults={
                "state": PlanQuestion.State.ANSWERED,
                "answered_at": timezone.now(),
                "answer": answer,
            },
        )


def _look_for_unasked(run: PlanRun, program: Program, plan: Plan, policy: Policy) -> None:
    from posada.office.placement.unasked import reasons_unasked

    asked = set(Offer.objects.filter(voided_at__isnull=True).values_list("home__home_id", flat=True))
    asked |= {row.home_id for row in plan.groups} | {row.home_id for row in program.placements}
    homes = {home.home_id for home in program.homes} - asked - program.closed_homes
    keys = (
        dict(Home.objects.filter(home_id__in=homes).values_list("home_id", "pk"))
        if len(homes) < 900
        else None
    )
    keys = dict(Home.objects.values_list("home_id", "pk")) if keys is None else keys
    found = reasons_unasked(program, policy=policy, homes=homes, give_way=_give_way)
    rows = [
        UnaskedHome(run=run, home_id=keys[home], rule=why.rule, refused=why.refused, lawful=why.lawful)
        for home, why in found.items()
    ]
    with transaction.atomic():
        UnaskedHome.objects.filter(run=run).delete()
        UnaskedHome.objects.bulk_create(rows)
