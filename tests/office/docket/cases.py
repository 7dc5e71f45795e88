"""Short ways to a case with somebody who acts in it."""

from datetime import date, timedelta
from typing import Any

from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.docket.events import NewEvent, record_event
from posada.office.docket.models import Deadline, DocketEvent
from posada.office.intake.models import Child, Court, Hearing, SiblingGroup
from tests.office.people import acting, counsel_of, group_of, person

LATE_NOVEMBER = date(2026, 11, 24)


def attorney_of(*groups: SiblingGroup) -> tuple[User, Actor]:
    """An attorney who is engaged for some groups, as an account and as an actor."""
    user = person(Role.ATTORNEY, display_name="Dana Example")
    counsel = counsel_of(user=user)
    engage(counsel, *groups)
    return user, actor_of(user)


def engage(counsel: Counsel, *groups: SiblingGroup) -> None:
    """Engagements from last week on."""
    for group in groups:
        Engagement.objects.create(counsel=counsel, group=group, from_date=today() - timedelta(days=7))


def coordinator() -> Actor:
    """A legal coordinator of the whole program."""
    return acting(Role.LEGAL_COORDINATOR)


def child_of(group: SiblingGroup | None = None) -> Child:
    """The first child of a group, of a new one if none is given."""
    return (group or group_of()).children.select_related("group").order_by("pk")[0]


def record(actor: Actor, child: Child, name: str, on: date, **more: Any) -> DocketEvent:
    """Record an event with some evidence."""
    new = NewEvent(name, on, **{"evidence": "a stamped copy", **more})
    return record_event(actor, child, new)[0]


def deadline_of(child: Child, rule_id: str) -> Deadline:
    """The one deadline of a child under a rule."""
    return Deadline.objects.get(child=child, rule_id=rule_id)


def hearing_of(group: SiblingGroup, on: date, **fields: Any) -> Hearing:
    """A hearing at Baltimore."""
    Court.objects.get_or_create(
        court_code="BAL", defaults={"name": "Baltimore", "city": "Baltimore", "state": "MD"}
    )
    return Hearing.objects.create(group=group, hearing_date=on, **{"court_code": "BAL", **fields})
