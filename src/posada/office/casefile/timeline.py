"""What happened to a child and what comes, in one order: the future on top, then today, then the past.

Comes in: a `ChildFile`, which holds what the person may see and nothing else. Goes out: events.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_timeline.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.translation import gettext as _

from posada.office.casefile.child_file import ChildFile
from posada.office.casefile.kinds import DOCUMENT_KINDS
from posada.office.counsel.engagements import END_KINDS
from posada.office.desk.task_words import title_of
from posada.office.intake.models import Hearing


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `standing`: ok, warn, stop or plain, where a word beside it says it too; `is_next`: the nearest."""

    day: date
    text: str
    who: str = ""
    standing: str = ""
    word: str = ""
    is_past: bool = False
    is_next: bool = False


def timeline_of(file: ChildFile) -> list[Event]:
    """Every event of the file, the farthest day to come first; what lies ahead next is marked."""
    found = [*_life(file), *_placed(file), *_visits(file), *_said(file)]
    if file.is_whole:
        found += [*_legal(file), *_papers(file), *_to_do(file)]
    found.sort(key=lambda each: (each.day, each.text), reverse=True)
    ahead = [each for each in found if each.day >= file.on and not each.is_past]
    nearest = ahead[-1] if ahead else None
    return [
        Event(
            each.day,
            each.text,
            each.who,
            each.standing,
            each.word,
            each.is_past or each.day < file.on,
            each is nearest,
        )
        for each in found
    ]


def wall_time(hearing: Hearing, zone: str) -> str:
    """The hour on the wall of the court's room, with its zone: "09:00 EST"; nothing is converted or guessed."""
    if hearing.hearing_time is None:
        return _("hour not known")
    shown = hearing.hearing_time.strftime("%H:%M")
    if not zone:
        return _("%(time)s, time zone of the court not known") % {"time": shown}
    try:
        at = datetime.combine(hearing.hearing_date, hearing.hearing_time, tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return _("%(time)s, time zone of the court not known") % {"time": shown}
    return f"{shown} {at.tzname()}"


def _life(file: ChildFile) -> Iterator[Event]:
    yield Event(file.of_age_on, _("Turns 18"))
    if file.is_whole and file.child.arrived_on:
        yield Event(file.child.arrived_on, _("Arrived"))


def _placed(file: ChildFile) -> Iterator[Event]:
    for each in file.placements:
        yield Event(each.from_date, _("Placed in %(home)s") % {"home": each.home.home_id})
        if each.to_date:
            yield Event(each.to_date, _("Left %(home)s") % {"home": each.home.home_id}, word=each.ending)
        elif each.expected_until:
            yield Event(each.expected_until, _("The placement was offered until this day"))


def _visits(file: ChildFile) -> Iterator[Event]:
    for each in file.check_ins:
        if each.done_on:
            yield Event(each.done_on, _("Check-in done"), word=each.get_outcome_display())
        else:
            late = each.due_on < file.on
            word = _("overdue") if late else ""
            yield Event(each.due_on, _("Check-in due"), standing="stop" if late else "", word=word)


def _said(file: ChildFile) -> Iterator[Event]:
    for note in file.notes:
        yield Event(_day(note.entered_at), note.text, who=_name(note.by), is_past=True)
    for wish in file.wishes:
        yield Event(
            _day(wish.entered_at),
            _("Wish: %(text)s") % {"text": wish.text},
            who=_name(wish.recorded_by),
            is_past=True,
        )
        if wish.answered_at:
            answer = _("Wish answered: %(text)s") % {"text": wish.answer}
            yield Event(_day(wish.answered_at), answer, who=_name(wish.answered_by), is_past=True)


def _legal(file: ChildFile) -> Iterator[Event]:
    for hearing in file.hearings:
        told = {"court": hearing.court_code, "time": wall_time(hearing, file.zone_of(hearing))}
        yield Event(hearing.hearing_date, _("Hearing at %(court)s, %(time)s") % told)
    for each in file.engagements:
        told = {
            "counsel": each.counsel.display_name or each.counsel.counsel_id,
            "scope": scope_words(each.scope),
        }
        yield Event(each.from_date, _("%(counsel)s acts for the group: %(scope)s") % told)
        if each.until_date:
            told["why"] = end_words(each.end_reason)
            yield Event(each.until_date, _("%(counsel)s no longer acts for the group: %(why)s") % told)


def _papers(file: ChildFile) -> Iterator[Event]:
    for each in file.documents:
        text = _("Document: %(what)s") % {"what": DOCUMENT_KINDS.get(each.kind, each.title)}
        yield Event(_day(each.entered_at), text, who=_name(each.uploaded_by), is_past=True)


def _to_do(file: ChildFile) -> Iterator[Event]:
    for each in file.tasks:
        if each.due_on:
            late = each.due_on < file.on
            yield Event(
                each.due_on,
                title_of(each),
                who=_name(each.owner),
                standing="stop" if late else "",
                word=_("overdue") if late else "",
            )


def scope_words(scope: str) -> str:
    """How much a counsel has taken on, in words."""
    return {"full": _("in full"), "limited": _("for a limited part"), "clinic": _("advice at a clinic")}.get(
        scope, scope
    )


def end_words(reason: str) -> str:
    """Why an engagement ended: the kind in words, and what was written beside it."""
    kind, _colon, words = reason.partition(": ")
    told = str(END_KINDS.get(kind, kind))
    return f"{told} ({words})" if words else told


def _name(person: Any) -> str:
    return str(person) if person else ""


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
