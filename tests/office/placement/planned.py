"""A small program of tonight and plans of it, for tests of the plan's pages; nobody here exists."""

from datetime import timedelta
from typing import Any

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel
from posada.office.intake.models import CourtCounty, Hearing, ProgramSettings, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.models import PlanRun
from posada.office.placement.plans import ask_for_plan
from tests.office.people import TODAY, acting, counsel_of, group_of, home_of


def tonight() -> ProgramSettings:
    """The program of Maryland on the day of the tests, with a court for Montgomery County."""
    CourtCounty.objects.get_or_create(county_fips="24031", court_code="BAL")
    return ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": TODAY, "state": "MD"})[0]


def siblings(*ages: int, **fields: Any) -> SiblingGroup:
    """A sibling group of these ages tonight, who speak Spanish."""
    births = [TODAY - timedelta(days=366 * age + 30) for age in ages]
    return group_of(*births, **{"languages": ["spa"], **fields})


def heard(group: SiblingGroup, *, in_days: int) -> Hearing:
    """A hearing of the group in so many days, in Baltimore."""
    return Hearing.objects.create(group=group, court_code="BAL", hearing_date=TODAY + timedelta(days=in_days))


def small_program() -> tuple[list[SiblingGroup], list[Home], Counsel]:
    """Two siblings and one child; a home with room for three, one that speaks Spanish; counsel for one group."""
    tonight()
    groups = [siblings(9, 7), siblings(15)]
    homes = [home_of(beds_any=3), home_of(beds_any=1, licensed_capacity=1, languages=["spa"])]
    return groups, homes, counsel_of(open_slots=1)


def planner() -> Actor:
    """Somebody who works on the plan."""
    return acting(Role.PLACEMENT_WORKER)


def plan_now(actor: Actor | None = None) -> PlanRun:
    """Ask for a plan; the tests' backend solves it at once."""
    run = ask_for_plan(actor or planner())
    run.refresh_from_db()
    return run
