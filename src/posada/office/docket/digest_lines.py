"""The docket's lines of the daily digest: kinds, days and counts, never a case; what was taken off is said too.

Comes in: the acting person and the day. Goes out: lines as `posada.office.desk.digests` tells them, each again only
when what it says has changed or one of its dates is near.
Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/docket/test_digest_lines.py.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from posada.docket.calendar import business_days_from
from posada.office.access.actor import Actor
from posada.office.docket import rules
from posada.office.docket.closing import deadlines
from posada.office.docket.event_kinds import title_of
from posada.office.docket.events import RECORDS
from posada.office.docket.models import Deadline

if TYPE_CHECKING:
    from posada.office.desk.digests import Line

SOON_DAYS = 14
OFF_DAYS = 2  # for so long a digest says that something was taken off: some calendars hide it without a word


def docket_lines(actor: Actor, *, on: date) -> "Iterator[Line]":
    """What is overdue or due within two weeks, by rule; what was taken off in the last days."""
    if not actor.has(*RECORDS):
        return
    soon = Q(day__isnull=True) | Q(day__lte=on + timedelta(days=SOON_DAYS))
    limits = rules.ids_of(*rules.LIMITS, "no_deadline")
    by_rule: dict[str, list[Deadline]] = defaultdict(list)
    for row in deadlines(actor).filter(soon, state="open", rule_id__in=limits).order_by("day"):
        by_rule[row.rule_id].append(row)
    for rule_id, rows in sorted(by_rule.items()):
        yield _of_rule(rule_id, rows, on=on)
    yield from _taken_off(actor, on=on)


def _of_rule(rule_id: str, rows: list[Deadline], *, on: date) -> "Line":
    from posada.office.desk.digests import Line

    days = [row.day for row in rows if row.day]
    text = _("%(count)d: %(what)s") % {"count": len(rows), "what": title_of(rule_id)}
    if days:
        text += " " + _("(earliest day: %(day)s)") % {"day": formats.date_format(min(days), "D j M Y")}
    told = sorted(f"{row.deadline_id}:{row.day}:{row.standing}:{row.alternative}" for row in rows)
    tomorrow = business_days_from(on, count=1)
    return Line(
        key=f"docket:{rule_id}",
        text=text,
        link=reverse("agenda"),
        digest=_hash(told),
        due_tomorrow=any(day <= tomorrow for day in days),
    )


def _taken_off(actor: Actor, *, on: date) -> "Iterator[Line]":
    from posada.office.desk.digests import Line

    gone = deadlines(actor).filter(
        state__in=("superseded", "excused"), entered_on__gt=on - timedelta(days=OFF_DAYS), day__gte=on
    )
    ids = sorted(gone.values_list("deadline_id", flat=True))
    if ids:
        text = _("%(count)d: a date was taken off the docket, and off your calendar") % {"count": len(ids)}
        yield Line("docket:off", text, reverse("agenda"), _hash(ids))


def _hash(parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
