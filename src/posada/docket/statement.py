"""The statement of remedies, for the file: every line of the register, none left out.

Comes in: a `Register`. Goes out: lines with state, facts, author, date, evidence, and the next date.
Docs: docs/reference/remedies.md. Tests: tests/docket/test_statement.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from posada.docket.deadlines import Deadline
from posada.docket.remedies import Register, Remedy
from posada.docket.wording import day_in_words, words_in


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One remedy as it stands."""

    remedy_id: str
    title: str
    state: str
    state_words: str
    facts: tuple[tuple[str, str], ...]  # recorded facts, and those not known yet with an empty value
    author: str
    on: date | None
    reason: str
    evidence: str
    citations: tuple[str, ...]
    next_date: date | None  # the nearest open deadline of its rules
    is_verified: bool  # whether its citation was read in a stored text


def statement(
    register: Register,
    *,
    table: Sequence[Remedy],
    language: str,
    deadlines: Sequence[Deadline] = (),
) -> tuple[StatementLine, ...]:
    """Every remedy of the table, in its order. Raises ValueError for an unknown language."""
    return tuple(_line(register, remedy, language=language, deadlines=deadlines) for remedy in table)


def line_in_words(line: StatementLine, *, language: str) -> str:
    """One line of the printed page."""
    words = words_in(language)
    parts = [line.title, line.state_words]
    if line.on is not None:
        day = day_in_words(line.on, language=language, weekday=False)
        parts.append(words["remedy.by"].format(author=line.author, day=day))
    parts += [text for text in (line.reason, line.evidence) if text]
    if line.next_date is not None:
        parts.append(words["remedy.next"].format(day=day_in_words(line.next_date, language=language)))
    return " · ".join([*parts, "; ".join(line.citations)])


def _line(
    register: Register, remedy: Remedy, *, language: str, deadlines: Sequence[Deadline]
) -> StatementLine:
    entry = register.examined(remedy.remedy_id)
    known = {} if entry is None else entry.facts
    state = register.state(remedy.remedy_id)
    dates = [each.day for each in deadlines if each.is_open and each.day and each.rule_id in remedy.rules]
    names = [*remedy.facts, *(name for name in known if name not in remedy.facts)]
    return StatementLine(
        remedy_id=remedy.remedy_id,
        title=remedy.titles[language],
        state=state,
        state_words=words_in(language)[f"remedy.{state}"],
        facts=tuple((name, "" if known.get(name) is None else str(known[name])) for name in names),
        author="" if entry is None else entry.author,
        on=None if entry is None else entry.on,
        reason="" if entry is None else entry.reason,
        evidence="" if entry is None else entry.evidence,
        citations=remedy.citations,
        next_date=min(dates, default=None),
        is_verified=remedy.confidence == "verified_in_stored_text",
    )
