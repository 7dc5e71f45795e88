"""How many sealed fields one person opens: many single views add up to a list, so that more than usual takes two.

Fifty within an hour, or on a day more than three times what is usual for the person, stop and ask a second person;
each approval lets fifty more pass within the hour after. Of somebody new no day is usual yet: 150 a day stop.
Source: the program's own practice; OWASP ASVS 5.0 2.4.1, 8.2.4. Docs: docs/explanation/sealed-fields.md.
Tests: tests/office/access/test_opening_pace.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.models import Approval
from posada.office.audit.chain import append
from posada.office.audit.models import Entry, Head
from posada.office.refusals import NeedsSecondPerson

ACT = "sealed.open"
EACH_HOUR = 50
HOUR = timedelta(hours=1)
DAYS_LOOKED_AT, FEWEST_DAYS = 30, 5
TIMES_USUAL, ALWAYS_USUAL = 3, 20
"""A day with at most so many is usual for everybody, whatever the days before were."""
NEWCOMERS_DAY = 150
"""The most on a day of somebody of whom fewer days are known; or fifty an hour would be a list by evening."""


class TooMany(NeedsSecondPerson):
    """More sealed fields than usual; a second person must agree first."""

    code = "too_many_opened"

    def __init__(self) -> None:
        super().__init__(
            _("You have opened unusually many sealed fields. Ask a second person to agree before you go on.")
        )


def scope_of(actor: Actor) -> dict[str, Any]:
    """What an approval to open more is for: this person."""
    return {"person": str(actor.user_id)}


@contextmanager
def one_opening(actor: Actor, *, counts: bool = True) -> Iterator[None]:
    """A transaction in which one more is opened. Raises TooMany; the log then has that somebody was stopped.

    `counts`: not for what nobody is shown. Openings of one moment wait for each other at the end of the log, or each
    would count only what was opened before all of them.
    """
    try:
        with transaction.atomic():
            if counts:
                Head.objects.select_for_update().filter(pk=1).first()
                _let_pass(actor)
            yield
    except TooMany:
        append(actor, "sealed.stopped", detail={"last_hour": _opened(actor, since=timezone.now() - HOUR)})
        raise


def _let_pass(actor: Actor) -> None:
    now = timezone.now()
    allowed = (
        1
        + Approval.objects.filter(
            act="sealed.bulk", asked_by_id=actor.user_id, state=Approval.State.USED, used_at__gt=now - HOUR
        ).count()
    )
    hour = _opened(actor, since=now - HOUR)
    if hour < EACH_HOUR * allowed and (allowed > 1 or not _is_unusual_day(actor, now)):
        return
    approved = Approval.objects.filter(
        act="sealed.bulk", asked_by_id=actor.user_id, state=Approval.State.APPROVED, expires_at__gt=now
    ).first()
    if approved is None:
        raise TooMany
    two_persons.use(actor, approved.pk, "sealed.bulk", scope=scope_of(actor))


def ask_for_more(actor: Actor, *, reason: str) -> Approval:
    """Ask a second person to let one open more."""
    return two_persons.ask(actor, "sealed.bulk", scope=scope_of(actor), reason=reason)


def _opened(actor: Actor, *, since: datetime) -> int:
    return Entry.objects.filter(act=ACT, actor=actor.user_id, at__gt=since).count()


def _is_unusual_day(actor: Actor, now: datetime) -> bool:
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = _opened(actor, since=start)
    if today < ALWAYS_USUAL:
        return False
    before = Entry.objects.filter(
        act=ACT, actor=actor.user_id, at__gt=start - timedelta(days=DAYS_LOOKED_AT), at__lte=start
    )
    days = [
        each["n"]
        for each in before.annotate(day=TruncDate("at")).values("day").annotate(n=Count("number")).order_by()
    ]
    if len(days) < FEWEST_DAYS:
        return today >= NEWCOMERS_DAY
    return today >= TIMES_USUAL * sum(days) / len(days)
