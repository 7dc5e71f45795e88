"""The daily digest: absolute dates, never the same line twice unless it changed or is due tomorrow.

Comes in: agenda lines, what was sent and acknowledged before. Goes out: the lines of today's digest.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_digest.py.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from posada.docket.agenda import DUE_TODAY, OVERDUE, TAKEN_OFF, AgendaLine
from posada.docket.calendar import business_days_from, is_open
from posada.docket.wording import day_in_words, words_in


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail to one person: the lines, and the keys to remember as sent."""

    lines: tuple[AgendaLine, ...]
    keys: tuple[str, ...]


def digest(
    lines: Iterable[AgendaLine],
    *,
    today: date,
    sent: Collection[str] = (),
    acknowledged: Collection[str] = (),
) -> Digest | None:
    """Today's digest of one person's lines; None on a closed day, or when there is nothing new to say.

    A line comes when it is new or has changed (date, light, standing), and again on the last working day
    before it is due, on the day, and once it is overdue. An acknowledged line is silent until it changes.
    """
    if not is_open(today):
        return None
    tomorrow = business_days_from(today, count=1)
    chosen = []
    for line in lines:
        key = line_key(line)
        is_near = line.light != TAKEN_OFF and line.day is not None and today < line.day <= tomorrow
        if key in acknowledged:
            continue
        if key not in sent or is_near or line.light in (OVERDUE, DUE_TODAY):
            chosen.append(line)
    return Digest(tuple(chosen), tuple(map(line_key, chosen))) if chosen else None


def line_key(line: AgendaLine) -> str:
    """The same for the same line; another one once its date, light, standing or other reading changes."""
    thing = line.deadline.deadline_id if line.deadline else line.hearing.hearing_id if line.hearing else ""
    changing = (line.day, line.light, line.status, line.alternative)
    revision = line.hearing.revision if line.hearing else 0
    text = "\x1f".join((line.case_id, thing, str(revision), *map(str, changing)))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def line_in_words(line: AgendaLine, *, language: str, case_number: str | None = None) -> str:
    """One line with its absolute date, standing, citation, and the mark that no lawyer has confirmed it.

    >>> line_in_words(AgendaLine(date(2026, 12, 1), "due", "c17", "Motion"), language="en")
    'Tuesday 1 December 2026 · due · c17 · Motion'
    """
    words = words_in(language)
    day = words["agenda.no_date"] if line.day is None else day_in_words(line.day, language=language)
    parts = [day, words[f"light.{line.light}"], case_number or line.case_id, line.title]
    if line.target is not None:
        parts.append(words["agenda.target"].format(day=day_in_words(line.target, language=language)))
    if line.status:
        parts.append(words.get(f"status.{line.status}", line.status))
    if line.alternative is not None:
        other = day_in_words(line.alternative, language=language)
        parts.append(words["agenda.alternative"].format(day=other))
    if line.citation:
        parts.append(line.citation)
    if line.rule_id and not line.is_signed_off:
        parts.append(words["agenda.not_signed_off"])
    return " · ".join(parts)
