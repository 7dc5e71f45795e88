"""Compute every deadline of a case again: what is new, what moved, what was superseded - and nothing is lost.

Comes in: a `CaseFile`, the deadlines kept so far, the rulebook, `as_of`. Goes out: `Refreshed`.
Saving, importing or computing the same case again changes nothing.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_refresh.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from posada.docket.adjusting import adjusted
from posada.docket.answer import Answer, answer
from posada.docket.calendar import CalendarGap
from posada.docket.counting import Counted, OutOfCalendar, count
from posada.docket.deadlines import Computed, Deadline, deadline_id, recomputed, supersede
from posada.docket.events import Adjustment, CaseEvent, CaseFile
from posada.docket.facts import BadFact
from posada.rulebook.legal_rule import FactGap, LegalRulebook, Period
from posada.rulebook.rule import RuleGap

DATED = (
    *("deadline_after", "deadline_before", "window_opens", "age", "age_limit", "date", "agency_clock"),
    "no_deadline",
)
"""Kinds of rule that an event makes a line of the docket from."""

GAPS = (RuleGap, FactGap, CalendarGap, OutOfCalendar, BadFact)


@dataclass(frozen=True, slots=True)
class DocketGap:
    """A date that could not be computed, and what is missing."""

    case_id: str
    rule_id: str
    event_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """All deadlines of a case, kept and new, by date; the gaps; the ids of those that are new or moved."""

    deadlines: tuple[Deadline, ...]
    gaps: tuple[DocketGap, ...]
    added: tuple[str, ...]
    moved: tuple[str, ...]
    closed: tuple[str, ...]


def refresh(case: CaseFile, kept: Iterable[Deadline], *, book: LegalRulebook, as_of: date) -> Refreshed:
    """Every deadline of the case as known on `as_of`. Nothing of `kept` is ever left out.

    An open deadline whose date changed keeps what it was in `before`; one whose event was replaced or voided
    is superseded; one that cannot be computed any more stays as it was, and the gap is named.
    """
    found: dict[str, Deadline] = {}
    gaps: list[DocketGap] = []
    for event in case.events:
        if event.is_live and case.replaced_by(event.event_id) is None:
            for each in _of_event(case, event, book=book, as_of=as_of):
                if isinstance(each, Deadline):
                    found[each.deadline_id] = each
                else:
                    gaps.append(each)
    result: dict[str, Deadline] = {}
    moved, closed = [], []
    for old in kept:
        now = _updated(old, found.get(old.deadline_id), case=case, as_of=as_of)
        result[old.deadline_id] = now
        if now.computed is not old.computed:
            moved.append(old.deadline_id)
        if old.is_open and not now.is_open:
            closed.append(old.deadline_id)
    added = [each for each in found if each not in result]
    result |= {each: found[each] for each in added}
    by_day = sorted(result.values(), key=lambda each: (each.day or date.max, each.deadline_id))
    return Refreshed(tuple(by_day), tuple(gaps), tuple(sorted(added)), tuple(moved), tuple(closed))


def _updated(old: Deadline, new: Deadline | None, *, case: CaseFile, as_of: date) -> Deadline:
    event = case.event(old.event_id)
    successor = case.replaced_by(old.event_id)
    if old.is_open and successor is not None:
        return supersede(
            old,
            by_event=successor.event_id,
            on=successor.recorded_on,
            by=successor.recorded_by,
            entered_on=successor.recorded_on,
        )
    if old.is_open and event is not None and not event.is_live:
        why = f"{event.event_id} (entered by mistake: {event.void_reason})"
        return supersede(
            old, by_event=why, on=event.recorded_on, by=event.recorded_by, entered_on=event.recorded_on
        )
    return old if new is None else recomputed(old, new.computed)


def _of_event(
    case: CaseFile, event: CaseEvent, *, book: LegalRulebook, as_of: date
) -> Iterator[Deadline | DocketGap]:
    facts = {**case.facts, **event.facts}
    for rule in book.by_trigger.get(event.name, ()):
        if rule.kind not in DATED or (event.rules and rule.rule_id not in event.rules):
            continue
        try:
            found = answer(rule, trigger_date=event.counts_from, as_of=as_of, recorded=facts)
            moves = tuple(
                each
                for each in case.adjustments
                if (each.rule_id, each.event_id) == (rule.rule_id, event.event_id)
            )
            yield from _deadlines(case, event, found, moves=moves, as_of=as_of)
        except GAPS as gap:
            yield DocketGap(case.case_id, rule.rule_id, event.event_id, str(gap))


def _deadlines(
    case: CaseFile, event: CaseEvent, found: Answer, *, moves: tuple[Adjustment, ...], as_of: date
) -> Iterator[Deadline]:
    rule = found.rule
    for occurrence, counted in enumerate(_occurrences(found, as_of=as_of), start=1):
        whole = adjusted(counted, moves, rule=rule) if counted is not None and moves else counted
        yield Deadline(
            deadline_id=deadline_id(case.case_id, rule.rule_id, event.event_id, occurrence=occurrence),
            case_id=case.case_id,
            rule_id=rule.rule_id,
            event_id=event.event_id,
            trigger_date=event.counts_from,
            computed=Computed(
                as_of=as_of,
                version=found.version.name if found.version else "",
                status=found.status,
                day=whole.end if whole is not None else found.day,
                alternative=found.alternative,
                is_signed_off=found.is_signed_off,
                counted=whole,
                adjusted_by=tuple(each.adjustment_id for each in moves),
            ),
            occurrence=occurrence,
        )


def _occurrences(found: Answer, *, as_of: date) -> Iterator[Counted | None]:
    """The date, or each anniversary through the first that is still to come."""
    counted = found.counted
    yield counted
    if counted is None or not found.rule.recurs:
        return
    number, length = 1, counted.period
    while counted.end < as_of:
        number += 1
        period = Period(number * length.number, length.unit)
        counted = count(counted.start, period=period, roll=counted.roll)
        yield counted
