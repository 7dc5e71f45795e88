"""Fills the office of a demonstration: a synthetic program, enquiries, accounts, and who may see what.

Comes in: a program folder and the plan made from it. Goes out: an office in which every role has something to do.
An office that has been filled is left as it is. All in one transaction: it is filled whole or not at all.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_demonstration.py.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.actor import actor_of, machine
from posada.office.access.models import Assignment, User
from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.docket.demonstration import demonstration_docket
from posada.office.intake.models import SiblingGroup
from posada.office.intake.services import take_folder
from posada.office.ledger.demonstration import demonstration_ledger
from posada.office.ledger.publishing import publish_now, switch_daily
from posada.office.licensing.models import Enquiry, Home
from posada.office.placement.models import Placement
from posada.office.placement.plan_jobs import solve_plan
from posada.office.placement.plans import ask_for_plan
from posada.programme import read_program
from posada.records import GroupPlan, Plan, Program
from posada.web.operating.demonstration_accounts import keep_accounts, make_accounts
from posada.web.operating.demonstration_past import live_in_homes
from posada.web.operating.demonstration_people import SPANISH, enquiries_of

SHOWN_GROUPS = 3
"""How many sibling groups the attorney acts for, and how many cases the director is assigned."""


def is_filled() -> bool:
    """Whether somebody lives here already: data that exist are used as they are."""
    return User.objects.exists()


def fill(folder: Path, *, program_folder: Path, plan: Plan, tell: Callable[[str], None]) -> None:
    """Fill an empty office from a program folder; `plan` says which homes are worth a foster parent's account.

    `folder`: the deployment's, where the sign-ins are kept.
    """
    tell("Reading the program")
    program = read_program(program_folder)
    with transaction.atomic():
        _import(program_folder, tell=tell)
        tell("Writing enquiries and accounts")
        fill_enquiries(program)
        kept = make_accounts()
        _assign(program, plan)
        tell("Writing a docket")
        demonstration_docket(actor_of(User.objects.get(username="legal")))
        tell("Writing a past and a ledger")
        live_in_homes(plan, free=_homes_worth_showing(program, plan), seed=program.seed)
        director, second, legal = (
            actor_of(User.objects.get(username=name)) for name in ("director", "director2", "legal")
        )
        demonstration_ledger(director, second, legal=legal)
        keep_accounts(folder, kept)
    tell("Planning in the office")
    plan_as("placement")
    tell("Publishing figures")
    director = actor_of(User.objects.get(username="director"))
    switch_daily(director, on=True)
    publish_now(director)


def _import(program_folder: Path, *, tell: Callable[[str], None]) -> None:
    """Through the same service as everybody's import."""
    take_folder(
        {
            path.name: path.read_bytes()
            for path in sorted(program_folder.iterdir())
            if path.suffix in (".csv", ".toml")
        },
        actor=machine("posada demo"),
        told=lambda file, done, total: tell(f"{file}: {done:,} of {total:,} rows"),
    )


def plan_as(username: str) -> None:
    """A plan that this placement worker asks for, solved here and now instead of by the worker."""
    run = ask_for_plan(actor_of(User.objects.get(username=username)))
    solve_plan.func(str(run.pk))


def fill_enquiries(program: Program) -> None:
    """Write the enquiries of two days, what tells who asks sealed."""
    drawn = list(enquiries_of(program, until=timezone.now()))
    rows = [
        Enquiry(
            reference=each.reference,
            kind=each.kind,
            county_fips=each.county_fips,
            languages=list(each.languages),
            beds_offered=each.beds_offered,
            max_siblings=each.max_siblings,
            source=each.source,
            best_language=each.best_language,
            received_at=each.received_at,
            received_on=program.plan_date - (timezone.localdate() - timezone.localdate(each.received_at)),
        )
        for each in drawn
    ]
    Enquiry.objects.bulk_create(rows, batch_size=500)
    contacts = zip(rows, drawn, strict=True)
    doors.seal_many("licensing.enquiry", ((row.pk, each.contact) for row, each in contacts))


def _assign(program: Program, plan: Plan) -> None:
    """Foster parents get their homes, the attorney clients, the director a few cases."""
    users = {each.username: each for each in User.objects.all()}
    now = timezone.now()
    homes = _homes_worth_showing(program, plan)
    for username, home_id in zip(("foster", "foster2"), homes, strict=False):
        Assignment.objects.create(
            user=users[username],
            role=Role.FOSTER_PARENT,
            scope=Assignment.Scope.HOME,
            home=Home.objects.get(home_id=home_id),
            from_at=now,
        )
    Home.objects.filter(home_id__in=homes[:1]).update(best_language="es")
    placed = list(SiblingGroup.objects.filter(children__placements__isnull=False).distinct()[:SHOWN_GROUPS])
    shown = placed or list(SiblingGroup.objects.all()[:SHOWN_GROUPS])
    for group in shown:
        Assignment.objects.create(
            user=users["director"],
            role=Role.PROGRAM_DIRECTOR,
            scope=Assignment.Scope.GROUP,
            group=group,
            from_at=now,
        )
    _engage(users["attorney"], shown)


def _engage(attorney: User, groups: Sequence[SiblingGroup]) -> None:
    counsel = (
        Counsel.objects.filter(kind="attorney", is_active=True).order_by("-open_slots", "counsel_id").first()
    )
    if counsel is None:
        return
    Counsel.objects.filter(pk=counsel.pk).update(user=attorney, display_name=attorney.display_name)
    for group in groups:
        Engagement.objects.create(counsel=counsel, group=group, from_date=today())


def _homes_worth_showing(program: Program, plan: Plan) -> list[str]:
    """Foster homes that the plan sends a group to: first one that speaks Spanish, then another.

    Homes where nobody lives yet come first, so that what a foster parent sees is the offer alone.
    """
    homes: Mapping[str, Any] = {each.home_id: each for each in program.homes}
    lived_in = set(Placement.objects.filter(to_date__isnull=True).values_list("home__home_id", flat=True))
    foster = [each for each in plan.groups if homes[each.home_id].kind == "foster"]

    def rank(each: GroupPlan) -> tuple[bool, bool, int, str]:
        home = homes[each.home_id]
        return (
            SPANISH not in home.languages,
            each.home_id in lived_in,
            abs(len(each.children) - 2),
            each.home_id,
        )

    ranked = list(dict.fromkeys(each.home_id for each in sorted(foster, key=rank)))
    return ranked[:2]
