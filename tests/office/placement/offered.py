"""Synthetic plans and offers for the tests of this room; nobody here exists."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.intake.models import ProgramSettings, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement import answers
from posada.office.placement.models import Offer, PlannedGroup, PlanRun
from posada.office.placement.offer_tokens import hash_of, token_of
from posada.office.placement.placed import placements_of, seen_of
from tests.office.people import TODAY, acting, assign, group_of, home_of, person

_numbers = itertools.count(1)


def the_day(on: date = TODAY) -> None:
    """Let the office's day stand still."""
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": on, "state": "MD"})


def without_solving(monkeypatch: Any) -> list[str]:
    """Plans are asked for and not solved; the list gets a word for each time."""
    asked: list[str] = []
    monkeypatch.setattr("posada.office.placement.offers.solve_again", lambda: asked.append("asked"))
    return asked


def run_of(*pairs: tuple[SiblingGroup, Home], state: str = "approved", **fields: Any) -> PlanRun:
    """An approved plan with these groups in these homes."""
    run = PlanRun.objects.create(number=9_000 + next(_numbers), state=state)
    for group, home in pairs:
        PlannedGroup.objects.create(run=run, group=group, home=home, children_count=1, **fields)
    return run


def offer_of(group: SiblingGroup, home: Home, **fields: Any) -> Offer:
    """An open offer for a day, with a link as if it had been sent."""
    now = timezone.now()
    made: dict[str, Any] = {"sent_at": now, "expires_at": now + timedelta(days=1), "children_count": 1}
    offer = Offer(group=group, home=home, **{**made, "length_days": 90, **fields})
    offer.token_hash = hash_of(token_of(offer.pk, sent_at=offer.sent_at))
    offer.save(force_insert=True)
    return offer


def tomorrow() -> Any:
    """An instant a day from now."""
    return timezone.now() + timedelta(days=1)


def parent_of(home: Home, **fields: Any) -> User:
    """A foster parent of a home."""
    user = person(Role.FOSTER_PARENT, **fields)
    assign(user, Role.FOSTER_PARENT, home=home)
    return user


def placed(
    *birth_dates: date, home: Home | None = None, actor: Actor | None = None
) -> tuple[SiblingGroup, Home]:
    """A group that a home has accepted today."""
    group, home = group_of(*birth_dates), home or home_of()
    answers.accept(actor or acting(Role.PLACEMENT_WORKER), offer_of(group, home))
    return group, home


def seen(group: SiblingGroup) -> str:
    """What a form of this group carries."""
    return seen_of(placements_of(group))
