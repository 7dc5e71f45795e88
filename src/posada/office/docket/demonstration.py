"""A docket for the demonstration: some cases in which much has happened, so that an agenda has something to show.

Comes in: a legal coordinator. Goes out: events, hearings with their hours, an overdue date, one at risk, a notice in
doubt; all about people who do not exist. Running it again changes nothing.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_demonstration.py.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count

from posada.docket.calendar import next_open
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_new
from posada.office.day import today
from posada.office.docket.event_kinds import hearing_words
from posada.office.docket.events import NewEvent, record_event
from posada.office.docket.hearings import change_hearing
from posada.office.docket.models import HearingNotice
from posada.office.docket.notices import CONFIRMED, NewNotice, enter_notice
from posada.office.docket.recompute import recompute_all
from posada.office.docket.register import screen
from posada.office.intake.models import Child, Court, Hearing, SiblingGroup
from posada.office.program import note_change

MOST_GROUPS = 12
EVIDENCE = "synthetic"


@dataclass(frozen=True, slots=True)
class _Story:
    """What has happened in one case. `events`: (name, days ago); `hearing`: (kind, days ahead, hour)."""

    events: tuple[tuple[str, int], ...]
    hearing: tuple[str, int, time | None]


STORIES = (
    _Story(
        (
            ("last_arrival", 190),
            ("nta_served", 150),
            ("filing_received_by_court", 12),
            ("address_changed", 4),
        ),
        ("master", 19, time(8, 30)),
    ),
    _Story((("last_arrival", 341), ("nta_served", 300)), ("individual", 33, time(13, 0))),
    _Story((("last_arrival", 120), ("nta_served", 90), ("ij_decision", 23)), ("master", 48, None)),
    _Story((("last_arrival", 75), ("nta_served", 30), ("i589_filing", 10)), ("master", 26, time(9, 0))),
)


def demonstration_docket(actor: Actor) -> int:
    """Give some groups a docket, those with counsel first; compute the whole program. Returns how many groups.

    `actor` is a legal coordinator of the whole program.
    """
    groups = list(
        doors.groups(actor)
        .annotate(acting=Count("engagements"))
        .filter(children__isnull=False)
        .distinct()
        .order_by("-acting", "sibling_group_id")[:MOST_GROUPS]
    )
    for number, group in enumerate(groups):
        _tell(actor, group, STORIES[number % len(STORIES)])
    if groups:
        _doubt(actor, groups[0])
        _answers(actor, groups[0])
    recompute_all(actor=actor)
    return len(groups)


def _tell(actor: Actor, group: SiblingGroup, story: _Story) -> None:
    child = _child(group)
    if child is None:
        return
    for name, ago in story.events:
        on = today() - timedelta(days=ago)
        siblings = name not in ("ij_decision", "filing_received_by_court")
        new = NewEvent(name, on, evidence=EVIDENCE, siblings=siblings)
        record_event(actor, child, new)
    _hearing(actor, group, story)


def _child(group: SiblingGroup) -> Child | None:
    rows = Child.objects.filter(group=group, voided_at__isnull=True, merged_into__isnull=True)
    return rows.select_related("group").order_by("birth_date", "child_id").first()


def _hearing(actor: Actor, group: SiblingGroup, story: _Story) -> None:
    """The next hearing gets its kind and hour; a group without one gets a hearing."""
    kind, ahead, at = story.hearing
    on = next_open(today() + timedelta(days=ahead))
    found = _next_hearing(group)
    if found is None:
        court = Court.objects.order_by("court_code").first()
        if court is None:
            return
        made = Hearing(group=group, court_code=court.court_code, hearing_date=on, hearing_time=at, kind=kind)
        save_new(made, actor=actor, act="hearing.new")
        note_change()
    elif not found.kind:
        changes = {"kind": kind, "hearing_time": at}
        change_hearing(actor, found, version=found.version, changes=changes)


def _next_hearing(group: SiblingGroup) -> Hearing | None:
    rows = Hearing.objects.filter(group=group, hearing_date__gte=today(), voided_at__isnull=True)
    return rows.order_by("hearing_date", "pk").first()


def _doubt(actor: Actor, group: SiblingGroup) -> None:
    """A notice for a Sunday, which counts all the same."""
    child, court = _child(group), Court.objects.order_by("court_code").first()
    if child is None or court is None or HearingNotice.objects.filter(group=group).exists():
        return
    day = _sunday(today() + timedelta(days=60))
    notice = NewNotice(
        kind="master",
        day_typed=day.isoformat(),
        time_typed="09:00",
        court_code=court.court_code,
        served_on=today() - timedelta(days=2),
        source=f"{hearing_words('master')} ({EVIDENCE})",
        confirmed=frozenset(CONFIRMED),
    )
    enter_notice(actor, child, notice)


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _answers(actor: Actor, group: SiblingGroup) -> None:
    """A child who has answered the questions."""
    child = _child(group)
    if child is not None:
        screen(actor, child, {"afraid_to_return": "yes", "hurt_or_left_by_parent": "yes"}, language="es")
