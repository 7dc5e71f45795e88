"""What is due, by day: for a child, an attorney, or the whole program - each line with its light.

Comes in: deadlines and hearings. Goes out: `AgendaLine`, sorted. `at_risk` means that fewer working days are
left than what must still come first takes; nothing is overdue before its last day is over.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_agenda.py.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from posada.docket.calendar import business_days_between, previous_open
from posada.docket.deadlines import EXCUSED, SUPERSEDED, Deadline
from posada.docket.hearings import Hearing
from posada.docket.practice import Practice
from posada.rulebook.legal_rule import LegalRulebook

OVERDUE, DUE_TODAY, AT_RISK, DUE, URGENT = "overdue", "due_today", "at_risk", "due", "urgent"
OPENS, ASK, DAY, TAKEN_OFF = "opens", "ask", "day", "taken_off"
LIGHTS = (OVERDUE, DUE_TODAY, URGENT, AT_RISK, DUE, OPENS, ASK, DAY, TAKEN_OFF)
"""From what is seen first to what is seen last on one day."""

_LIMITS = ("deadline_after", "deadline_before", "age_limit")
_OTHER = {"window_opens": OPENS, "agency_clock": ASK, "age": DAY, "date": DAY, "no_deadline": URGENT}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of a day. `day` is None where a rule sets no date and it is urgent all the same."""

    day: date | None
    light: str
    case_id: str
    title: str
    rule_id: str = ""
    citation: str = ""
    status: str = ""
    is_signed_off: bool = False
    alternative: date | None = None
    target: date | None = None  # the office's own day, before the limit
    working_days_left: int | None = None
    working_days_needed: int | None = None
    steps_missing: tuple[str, ...] = ()
    deadline: Deadline | None = None
    hearing: Hearing | None = None


def agenda(
    deadlines: Iterable[Deadline],
    *,
    today: date,
    book: LegalRulebook,
    practice: Practice,
    hearings: Iterable[Hearing] = (),
    steps_done: Mapping[str, Collection[str]] | None = None,
    cases: Collection[str] | None = None,
    until: date | None = None,
) -> tuple[AgendaLine, ...]:
    """The open lines by day, what is most pressing first. A missed deadline stays until it is closed.

    `cases` are those of a child or an attorney, None is the whole program; `until` is the last day shown;
    `steps_done` goes from deadline id to the steps that are finished. Raises UnknownRule.
    """
    done = steps_done or {}
    lines = [
        _deadline_line(each, today=today, book=book, practice=practice, done=done.get(each.deadline_id, ()))
        for each in deadlines
        if each.is_open and (cases is None or each.case_id in cases)
        if until is None or each.day is None or each.day <= until
    ]
    lines += [
        _hearing_line(each, today=today)
        for each in hearings
        if not each.is_cancelled and (cases is None or each.case_id in cases)
        if each.at.date() >= today and (until is None or each.at.date() <= until)
    ]
    return tuple(sorted(lines, key=_order))


def taken_off(
    deadlines: Iterable[Deadline], hearings: Iterable[Hearing], *, book: LegalRulebook
) -> tuple[AgendaLine, ...]:
    """Lines for what is no more: superseded and excused deadlines, and hearings that were taken off.

    For the digest: some calendars hide a cancelled entry without a word.
    """
    lines = [
        AgendaLine(
            day=each.day,
            light=TAKEN_OFF,
            case_id=each.case_id,
            title=book.rule(each.rule_id).title,
            deadline=each,
        )
        for each in deadlines
        if each.state in (SUPERSEDED, EXCUSED)
    ]
    lines += [
        AgendaLine(
            day=each.at.date(),
            light=TAKEN_OFF,
            case_id=each.case_id,
            title=f"{each.kind} hearing",
            hearing=each,
        )
        for each in hearings
        if each.is_cancelled
    ]
    return tuple(sorted(lines, key=_order))


def by_day(lines: Iterable[AgendaLine]) -> Iterator[tuple[date | None, tuple[AgendaLine, ...]]]:
    """The lines of each day; first those without a date, which are urgent."""
    for day, group in groupby(lines, key=lambda line: line.day):
        yield day, tuple(group)


def _deadline_line(
    deadline: Deadline, *, today: date, book: LegalRulebook, practice: Practice, done: Collection[str]
) -> AgendaLine:
    rule = book.rule(deadline.rule_id)
    computed = deadline.computed
    missing: tuple[str, ...] = ()
    left = needed = target = None
    light = _OTHER.get(rule.kind, DAY)
    if rule.kind in _LIMITS and deadline.day is not None:
        steps = practice.steps_before(rule.rule_id)
        missing = tuple(step for step in steps if step not in done)
        left = business_days_between(today, deadline.day)
        needed = practice.working_days(missing)
        light = _light(deadline.day, today=today, left=left, needed=needed)
        target = _target(deadline, practice=practice)
    return AgendaLine(
        day=deadline.day,
        light=light,
        case_id=deadline.case_id,
        title=rule.title,
        rule_id=rule.rule_id,
        citation=rule.citation,
        status=computed.status,
        is_signed_off=computed.is_signed_off,
        alternative=computed.alternative,
        target=target,
        working_days_left=left,
        working_days_needed=needed,
        steps_missing=missing,
        deadline=deadline,
    )


def _light(day: date, *, today: date, left: int, needed: int) -> str:
    if day < today:
        return OVERDUE
    if day == today:
        return DUE_TODAY
    return AT_RISK if left < needed else DUE


def _target(deadline: Deadline, *, practice: Practice) -> date | None:
    """Two business days before the limit; where it rolled toward a hearing, not after its raw day."""
    if deadline.day is None:
        return None
    target = practice.office_target(deadline.day)
    counted = deadline.computed.counted
    return target if counted is None else min(target, previous_open(min(counted.raw, deadline.day)))


def _hearing_line(hearing: Hearing, *, today: date) -> AgendaLine:
    day = hearing.at.date()
    is_at_risk = hearing.lacks_interpreter or not hearing.is_confirmed
    light = DUE_TODAY if day == today else AT_RISK if is_at_risk else DUE
    return AgendaLine(
        day=day, light=light, case_id=hearing.case_id, title=f"{hearing.kind} hearing", hearing=hearing
    )


def _order(line: AgendaLine) -> tuple[date, int, str, str, str]:
    key = line.deadline.deadline_id if line.deadline else line.hearing.hearing_id if line.hearing else ""
    return line.day or date.min, LIGHTS.index(line.light), line.case_id, line.rule_id, key
