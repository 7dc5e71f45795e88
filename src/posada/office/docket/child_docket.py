"""The docket of one child as a page shows it: dates, hearings, what happened, notices, what is missing.

Comes in: the acting person and a child from a door. Goes out: one frozen record, in a number of queries that does
not grow with the docket.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_child_docket.py.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from posada.docket.remedies import UNEXAMINED, remedy_table
from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.docket.agenda import Line, lines_of
from posada.office.docket.closing import deadlines
from posada.office.docket.event_kinds import EVENTS, SERVICE, missing_words, title_of
from posada.office.docket.hearings import ShownHearing, hearings, shown
from posada.office.docket.models import CaseOutcome, DateGap, Deadline, DocketEvent, HearingNotice
from posada.office.docket.notices import DOUBTS, notices_of
from posada.office.docket.register import register_of
from posada.office.docket.removal import outcome_of
from posada.office.intake.models import Child


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. `replaced`: another took its place."""

    row: DocketEvent
    words: Any
    service: Any
    replaced: bool


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice with its doubts in words."""

    row: HearingNotice
    doubts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ChildDocket:
    """Everything on the page. `unexamined`: remedies that counsel has not examined."""

    open_lines: tuple[Line, ...]
    closed: tuple[tuple[Deadline, str], ...]
    hearings: tuple[ShownHearing, ...]
    events: tuple[Happened, ...]
    notices: tuple[ShownNotice, ...]
    gaps: tuple[tuple[str, str], ...]
    unexamined: int
    remedies: int
    outcome: CaseOutcome | None

    @property
    def next_line(self) -> Line | None:
        """The nearest line with a day."""
        return next((each for each in self.open_lines if each.day is not None and not each.has_passed), None)


def docket_of(actor: Actor, child: Child) -> ChildDocket:
    """The docket of a child who came from a door of this person."""
    about = Q(child=child) | Q(child__isnull=True, group_id=child.group_id)
    rows = list(deadlines(actor).filter(about).select_related("child", "group", "proof"))
    rows.sort(key=lambda each: (each.day is not None, each.day or today(), each.rule_id))
    lines = lines_of([each for each in rows if each.state == "open"], on=today())
    events = list(
        DocketEvent.objects.filter(child=child)
        .select_related("by", "document")
        .order_by("-on", "-entered_at")
    )
    replaced = {each.replaces_id for each in events if each.replaces_id and each.voided_at is None}
    heard = hearings(actor).filter(group_id=child.group_id).order_by("-hearing_date", "-hearing_time")
    register, table = register_of(child), remedy_table()
    return ChildDocket(
        open_lines=tuple(sorted(lines, key=lambda each: each.has_passed)),
        closed=tuple((each, title_of(each.rule_id)) for each in rows if each.state != "open"),
        hearings=tuple(shown(heard)),
        events=tuple(
            Happened(
                each,
                EVENTS.get(each.name, each.name),
                SERVICE.get(each.service_method, ""),
                each.pk in replaced,
            )
            for each in events
        ),
        notices=tuple(
            ShownNotice(each, tuple(DOUBTS.get(code, code) for code in each.doubts))
            for each in notices_of(actor, child)
        ),
        gaps=tuple(
            (title_of(rule), missing_words(lacks))
            for rule, lacks in DateGap.objects.filter(about).values_list("rule_id", "missing")
        ),
        unexamined=sum(register.state(each.remedy_id) == UNEXAMINED for each in table),
        remedies=len(table),
        outcome=outcome_of(child),
    )
