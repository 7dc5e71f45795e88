"""Removal as a last resort, made checkable: everything that stands in the way of recording it as an outcome.

Comes in: the register, open deadlines, stays, and who asks and agrees. Goes out: obstacles; none allows it.
Docs: docs/reference/remedies.md. Tests: tests/docket/test_removal.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from posada.docket.deadlines import Deadline
from posada.docket.remedies import DENIED, NOT_AVAILABLE, UNEXAMINED, Register, Remedy
from posada.docket.stays import StayOfRemoval
from posada.docket.wording import day_in_words, words_in

_SPENT = (DENIED, NOT_AVAILABLE)
"""States of a remedy after which nothing of it is left to be done."""


@dataclass(frozen=True, slots=True)
class Explained:
    """That the result was explained to the child: in which language, by whom, when."""

    language: str  # ISO 639-3
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class RemovalAsked:
    """A person asks to record removal as the outcome; another agrees, or nobody yet."""

    asked_by: str
    asked_on: date
    agreed_by: str | None = None
    agreed_on: date | None = None
    explained: Explained | None = None
    child_language: str | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way. `code` is a key of the words; `subject` what it is about."""

    code: str
    subject: str = ""
    day: date | None = None


class RemovalRefused(ValueError):  # noqa: N818
    """Removal cannot be recorded; `obstacles` says everything that stands in the way."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        self.obstacles = obstacles
        super().__init__(f"Removal cannot be recorded: {len(obstacles)} things stand in the way.")


def stands_in_the_way(
    register: Register,
    asked: RemovalAsked,
    *,
    table: Sequence[Remedy],
    deadlines: Iterable[Deadline] = (),
    stays: Iterable[StayOfRemoval] = (),
) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of recording removal; an empty answer allows it.

    Every remedy must be examined by counsel and spent (denied, or not available), no deadline of a remedy may
    be open, no stay in force; the child must have heard the result in their own language; and a second
    person must agree.
    """
    return (
        *_of_register(register, table=table),
        *_of_deadlines(register, table=table, deadlines=deadlines),
        *(Obstacle("stay", stay.rule_id, stay.until) for stay in stays if stay.holds_on(asked.asked_on)),
        *_of_people(register, asked),
    )


def allowed(
    register: Register,
    asked: RemovalAsked,
    *,
    table: Sequence[Remedy],
    deadlines: Iterable[Deadline] = (),
    stays: Iterable[StayOfRemoval] = (),
) -> None:
    """Do nothing if removal may be recorded. Raises RemovalRefused with every obstacle."""
    obstacles = stands_in_the_way(register, asked, table=table, deadlines=deadlines, stays=stays)
    if obstacles:
        raise RemovalRefused(obstacles)


def obstacle_in_words(obstacle: Obstacle, *, table: Sequence[Remedy], language: str) -> str:
    """One obstacle as a sentence.

    >>> from posada.docket.remedies import remedy_table
    >>> obstacle_in_words(Obstacle("unexamined", "cat"), table=remedy_table(), language="en")
    'Counsel has not examined: Protection under the Convention against Torture.'
    """
    titles = {remedy.remedy_id: remedy.titles[language] for remedy in table}
    words = words_in(language)
    day = words["agenda.no_date"] if obstacle.day is None else day_in_words(obstacle.day, language=language)
    subject = titles.get(obstacle.subject, obstacle.subject)
    return words[f"obstacle.{obstacle.code}"].format(subject=subject, day=day)


def _of_register(register: Register, *, table: Sequence[Remedy]) -> Iterator[Obstacle]:
    if not table:
        yield Obstacle("no_table")
    last_of_others: date | None = None
    for remedy in table:
        entry = register.examined(remedy.remedy_id)
        state = register.state(remedy.remedy_id)
        if entry is None or state == UNEXAMINED:
            yield Obstacle("unexamined", remedy.remedy_id)
            continue
        if state not in _SPENT:
            yield Obstacle(state, remedy.remedy_id, entry.on)
        if remedy.is_last and last_of_others is not None and entry.on < last_of_others:
            yield Obstacle("not_last", remedy.remedy_id, entry.on)
        last_of_others = entry.on if last_of_others is None else max(last_of_others, entry.on)


def _of_deadlines(
    register: Register, *, table: Sequence[Remedy], deadlines: Iterable[Deadline]
) -> Iterator[Obstacle]:
    timed = {rule_id for remedy in table for rule_id in remedy.rules}
    for deadline in deadlines:
        if deadline.is_open and deadline.case_id == register.case_id and deadline.rule_id in timed:
            yield Obstacle("deadline", deadline.rule_id, deadline.day)


def _of_people(register: Register, asked: RemovalAsked) -> Iterator[Obstacle]:
    told = asked.explained
    if told is None or not told.by.strip():
        yield Obstacle("not_explained")
    elif asked.child_language is None or told.language != asked.child_language:
        yield Obstacle("other_language", told.language)
    agreed = (asked.agreed_by or "").strip()
    if not agreed or asked.agreed_on is None:
        yield Obstacle("no_second_person")
    elif _same(agreed, asked.asked_by):
        yield Obstacle("same_person", agreed)
    else:
        later = [entry for entry in register.entries if entry.on > asked.agreed_on]
        if later:
            yield Obstacle("changed_since", later[-1].remedy_id, later[-1].on)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
