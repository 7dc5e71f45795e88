"""Shortcuts for tests of the counsel desk: a coordinator, and an engagement made the way the desk makes it."""

from datetime import date
from typing import Any

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.counsel.engagements import NewEngagement, engage, run_check
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.intake.models import SiblingGroup
from tests.office.people import acting


def coordinator() -> Actor:
    """A legal coordinator of the whole program."""
    return acting(Role.LEGAL_COORDINATOR)


def engaged(actor: Actor, counsel: Counsel, group: SiblingGroup, **fields: Any) -> Engagement:
    """An engagement after a check, in full and from today unless told otherwise."""
    shown = run_check(actor, counsel, group)
    made: dict[str, Any] = {"scope": "full", "from_date": today(), **fields}
    return engage(actor, NewEngagement(counsel, group, shown, **made))


LONG_AGO = date(2026, 1, 2)
