"""Groups that are over, and directors, for tests of this room."""

from datetime import date
from typing import Any

import pytest

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.intake.models import SiblingGroup
from posada.office.placement.models import Placement
from tests.office.people import acting, group_of, home_of

ENDED, LATE = date(2015, 6, 1), date(2040, 1, 1)


def late_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's clock, moved."""
    for room in ("asking", "subjects"):
        monkeypatch.setattr(f"posada.office.retention.{room}.today", lambda: LATE)


def gone_group(*births: date, **last: Any) -> SiblingGroup:
    """A group whose children left for good; `last`: fields of the last child's placement."""
    group = group_of(*births)
    children = list(group.children.order_by("child_id"))
    for child in children:
        ended = {"to_date": ENDED, "ending": "reunified", **(last if child == children[-1] else {})}
        Placement.objects.create(child=child, home=home_of(), from_date=date(2015, 1, 1), **ended)
    return group


def director() -> Actor:
    """A program director."""
    return acting(Role.PROGRAM_DIRECTOR)
