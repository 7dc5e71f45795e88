"""In-absentia watch: hearings of the next 30 days that a child could miss, or be alone at.

Comes in: the acting person. Goes out: lines with what is lacking. A director, who sees no record that is not
assigned, gets the same lines without whose they are.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_watch.py.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from posada.docket import hearings as core_hearings
from posada.docket import watch as core
from posada.office.access.actor import Actor
from posada.office.counsel.models import Engagement
from posada.office.counsel.rechecks import standing_engagements
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.hearings import ShownHearing, core_hearing, hearings, shown
from posada.office.docket.models import Deadline
from posada.office.intake.models import Child, Hearing

LACKS = {
    core.NO_COUNSEL: ("stop", _("no counsel")),
    core.ADDRESS_NOT_FILED: ("stop", _("address changed, no EOIR-33")),
    core.NO_TRANSPORT: ("warn", _("transport not confirmed")),
    core.NO_INTERPRETER: ("warn", _("interpreter not booked")),
    core.UNCONFIRMED: ("unsure", _("hour, place or notice in doubt")),
}
_ANY_HOUR, _ANY_ZONE = time(8), "America/New_York"
"""Stand-ins for sorting a hearing whose hour or zone nobody knows; they are never shown."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One hearing that could be missed. `children` is empty for a person who may not know whose it is."""

    hearing: ShownHearing
    lacks: tuple[tuple[str, Any], ...]
    days_left: int
    children: tuple[Child, ...] = ()


def watch_of(actor: Actor, *, named: int | None = None) -> list[Watched]:
    """The watch over the cases that the person works on, the nearest hearing first.

    `named`: children are looked up for the first so many lines alone.
    """
    found = _watch(hearings(actor))
    siblings: dict[UUID, list[Child]] = {}
    rows = Child.objects.filter(
        group__in={each.hearing.row.group_id for each in found[:named]},
        voided_at__isnull=True,
        merged_into__isnull=True,
    )
    for child in rows.order_by("birth_date", "child_id"):
        siblings.setdefault(child.group_id, []).append(child)
    return [
        Watched(each.hearing, each.lacks, each.days_left, tuple(siblings.get(each.hearing.row.group_id, ())))
        for each in found
    ]


def watch_of_program() -> list[Watched]:
    """The watch over the whole program, without whose hearings they are."""
    return _watch(Hearing.objects.filter(voided_at__isnull=True, group__voided_at__isnull=True))


def tallied(found: list[Watched]) -> list[tuple[str, Any, int]]:
    """(tone, words, how many hearings) for each thing that is lacking."""
    counted = Counter(words for each in found for _tone, words in each.lacks)
    return [(tone, words, counted[words]) for tone, words in LACKS.values() if counted[words]]


def _watch(rows: "QuerySet[Hearing]") -> list[Watched]:
    on = today()
    last = on + timedelta(days=rules.practice().in_absentia_watch_days)
    listed = shown(rows.filter(hearing_date__gte=on, hearing_date__lte=last).order_by("hearing_date"))
    groups = {each.row.group_id for each in listed}
    by_id = {each.row.pk.hex: each for each in listed}
    lines = core.in_absentia_watch(
        [_timed(each) for each in listed],
        today=on,
        practice=rules.practice(),
        represented=_represented(groups, on=on),
        transport_confirmed={
            each.row.pk.hex for each in listed if each.detail is not None and each.detail.transport
        },
        address_changed=_unfiled(groups),
        address_filed={},
    )
    return [
        Watched(
            hearing=by_id[line.hearing.hearing_id],
            lacks=tuple(LACKS[code] for code in LACKS if code in line.lacks),
            days_left=line.days_left,
        )
        for line in lines
    ]


def _timed(hearing: ShownHearing) -> core_hearings.Hearing:
    """The core's record; a hearing whose hour or zone nobody knows is watched as one in doubt."""
    if hearing.timed is not None:
        return hearing.timed
    made = core_hearing(hearing.row, hearing.detail, hearing.court, zone=_ANY_ZONE, at=_ANY_HOUR)
    return replace(made, is_confirmed=False)


def _represented(groups: set[UUID], *, on: date) -> set[str]:
    acts = (Engagement.Scope.FULL, Engagement.Scope.LIMITED)
    rows = standing_engagements().filter(group__in=groups, scope__in=acts, from_date__lte=on)
    return {str(each) for each in rows.values_list("group_id", flat=True)}


def _unfiled(groups: set[UUID]) -> dict[str, date]:
    """Groups with a change of address that nobody has filed, and the day of the move."""
    rows = Deadline.objects.filter(group__in=groups, rule_id=rules.ADDRESS, state="open")
    return {str(group): moved for group, moved in rows.values_list("group_id", "trigger_date")}
