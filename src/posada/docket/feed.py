"""iCalendar: whole-day deadlines and hearings at their place's clock, which other calendars accept and keep.

Comes in: deadlines and hearings. Goes out: the bytes of an .ics file. One stable UID for each, a SEQUENCE
that rises with each change, and CANCELLED for what was taken off. Titles carry the case's own number, never a
name; a birthday is left out, and a limit of age does not say that it is one.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_feed.py.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from posada.docket.deadlines import EXCUSED, MET, SUPERSEDED, Deadline
from posada.docket.hearings import Hearing
from posada.docket.wording import words_in
from posada.rulebook.legal_rule import LegalRulebook

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_HEARING_LENGTH = timedelta(hours=1)
_UID_HOST = "posada.invalid"


def calendar_bytes(
    deadlines: Iterable[Deadline],
    hearings: Iterable[Hearing],
    *,
    book: LegalRulebook,
    made_at: datetime,
    case_numbers: Mapping[str, str] | None = None,
    language: str = "en",
) -> bytes:
    """The calendar as RFC 5545 text. The same input gives the same bytes.

    `made_at` is an instant with its zone; `case_numbers` goes from case id to the number that people use.
    A deadline without a date, and a birthday, are left out. Raises ValueError for a time without a zone,
    UnknownRule.
    """
    from icalendar import Calendar

    if made_at.tzinfo is None:
        raise ValueError("the time of making needs its zone")
    numbers = case_numbers or {}
    whole = Calendar()
    whole.add("prodid", "-//Posada//Docket//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", words_in(language)["feed.name"])
    for deadline in sorted(deadlines, key=lambda each: each.deadline_id):
        if deadline.day is not None and book.rule(deadline.rule_id).kind != "age":
            whole.add_component(_deadline_event(deadline, book, numbers, language, made_at))
    for hearing in sorted(hearings, key=lambda each: each.hearing_id):
        whole.add_component(_hearing_event(hearing, numbers, language, made_at))
    _add_zones(whole)
    return bytes(whole.to_ical())


def uid_of(thing: Deadline | Hearing) -> str:
    """The UID of a deadline or a hearing: the same for ever, and telling nothing."""
    is_deadline = isinstance(thing, Deadline)
    name = thing.deadline_id if isinstance(thing, Deadline) else thing.hearing_id
    return f"{'deadline' if is_deadline else 'hearing'}-{name}@{_UID_HOST}"


def sequence_of(thing: Deadline | Hearing) -> int:
    """How often it has changed: calendars take the highest."""
    if isinstance(thing, Deadline):
        return len(thing.before) + (thing.resolution is not None)
    return thing.revision


def _deadline_event(
    deadline: Deadline, book: LegalRulebook, numbers: Mapping[str, str], language: str, made_at: datetime
) -> "Event":
    words, rule, day = words_in(language), book.rule(deadline.rule_id), deadline.day
    if day is None:
        raise ValueError("a deadline without a date has no place in a calendar")
    key = "feed.met" if deadline.state == MET else "feed.deadline"
    title = words["feed.limit"] if rule.kind == "age_limit" else rule.title
    number = numbers.get(deadline.case_id, deadline.case_id)
    event = _event(deadline, words[key].format(case=number, title=title), made_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the end is the first day that is not meant
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if deadline.state in (SUPERSEDED, EXCUSED) else "CONFIRMED")
    citation = "" if rule.kind == "age_limit" else rule.citation
    event.add("description", _description(deadline, citation, words))
    return event


def _description(deadline: Deadline, citation: str, words: Mapping[str, str]) -> str:
    status = deadline.computed.status
    parts = [citation, words.get(f"status.{status}", status)]
    if not deadline.computed.is_signed_off:
        parts.append(words["agenda.not_signed_off"])
    return "\n".join(filter(None, (*parts, words["feed.advice"])))


def _hearing_event(hearing: Hearing, numbers: Mapping[str, str], language: str, made_at: datetime) -> "Event":
    words = words_in(language)
    number = numbers.get(hearing.case_id, hearing.case_id)
    kind = words.get(f"kind.{hearing.kind}", hearing.kind)
    event = _event(hearing, words["feed.hearing"].format(case=number, kind=kind), made_at)
    start = hearing.at.replace(tzinfo=ZoneInfo(hearing.zone))
    event.add("dtstart", start)
    event.add("dtend", start + _HEARING_LENGTH)
    status = "CANCELLED" if hearing.is_cancelled else "CONFIRMED" if hearing.is_confirmed else "TENTATIVE"
    event.add("status", status)
    return event


def _event(thing: Deadline | Hearing, title: str, made_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid_of(thing))
    event.add("sequence", sequence_of(thing))
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    return event


def _add_zones(whole: "Calendar") -> None:
    """A VTIMEZONE for each zone that a hearing uses: not every calendar knows the names."""
    whole.add_missing_timezones()
