"""Compute every deadline of a case again: what is new, what moved, what was superseded - and nothing is lost.

Comes in: a `CaseFile`, the deadlines kept so far, the rulebook, `as_of`. Goes out: `Refreshed`.
Saving, importing or computing the same case again changes nothing.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_refresh.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from posada.docket.answers import Answers, FactsKey, key_of
from posada.docket.calendar import CalendarGap
from posada.docket.counting import OutOfCalendar
from posada.docket.deadlines import (
    SUPERSEDED,
    Computed,
    Deadline,
    deadline_id,
    recomputed,
    stands_again,
    supersede,
)
from posada.docket.events import Adjustment, CaseEvent, CaseFile
from posada.docket.facts import BadFact
from posada.rulebook.legal_rule import FactGap, LegalRulebook
from posada.rulebook.rule import RuleGap

DATED = (
    *("deadline_after", "deadline_before", "window_opens", "age", "age_limit", "date", "agency_clock"),
    "no_deadline",
)
"""Kinds of rule that an event makes a line of the docket from."""

GAPS = (RuleGap, FactGap, CalendarGap, OutOfCalendar, BadFact)


_Key = tuple[str, str, int]
"""Event, rule and occurrence."""


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


def refresh(
    case: CaseFile,
    kept: Iterable[Deadline],
    *,
    book: LegalRulebook,
    as_of: date,
    answers: Answers | None = None,
) -> Refreshed:
    """Every deadline of the case as known on `as_of`. Nothing of `kept` is ever left out.

    An open deadline whose date changed keeps what it was in `before`; one whose event was replaced or voided
    is superseded, and stands again if that was a mistake; one that cannot be computed any more stays as it
    was, and the gap is named. For many cases at once, give the same `answers`, made with this book and day.
    """
    says = answers or Answers(book, as_of=as_of)
    found: dict[_Key, Computed] = {}
    gaps: list[DocketGap] = []
    counting = [each for each in case.events if each.is_live and case.replaced_by(each.event_id) is None]
    case_key = key_of(case.facts)
    for event in counting:
        _compute(case, event, found, gaps, answers=says, case_key=case_key)
    counts = {each.event_id for each in counting}
    result: list[Deadline] = []
    moved, closed, added = [], [], []
    for old in kept:
        computed = found.pop((old.event_id, old.rule_id, old.occurrence), None)
        if computed is not None and old.resolution is None and old.event_id in counts:
            now = recomputed(old, computed)
        else:
            now = _updated(old, computed, case=case)
        result.append(now)
        if now.computed is not old.computed:
            moved.append(old.deadline_id)
        if old.is_open and not now.is_open:
            closed.append(old.deadline_id)
    for key, says_now in found.items():
        new = _new(case, key, says_now)
        result.append(new)
        added.append(new.deadline_id)
    result.sort(key=lambda each: (each.computed.day or date.max, each.deadline_id))
    return Refreshed(tuple(result), tuple(gaps), tuple(sorted(added)), tuple(moved), tuple(closed))


def _updated(old: Deadline, computed: Computed | None, *, case: CaseFile) -> Deadline:
    """What an old deadline is now."""
    event = case.event(old.event_id)
    successor = case.replaced_by(old.event_id)
    if old.is_open:
        if successor is not None:
            return _superseded(old, successor, because=successor.event_id)
        if event is not None and not event.is_live:
            return _superseded(old, event, because=f"{event.event_id}: {event.void_reason}")
    elif event is not None and event.is_live and successor is None and _was_mistaken(old, case=case):
        old = stands_again(old)
    return old if computed is None else recomputed(old, computed)


def _superseded(old: Deadline, event: CaseEvent, *, because: str) -> Deadline:
    on = event.recorded_on
    return supersede(old, by_event=because, on=on, by=event.recorded_by, entered_on=on)


def _was_mistaken(old: Deadline, *, case: CaseFile) -> bool:
    """Whether the event that superseded a deadline is void now."""
    if old.resolution is None or old.resolution.state != SUPERSEDED:
        return False
    cause = case.event(old.resolution.because)
    return cause is not None and not cause.is_live


def _compute(
    case: CaseFile,
    event: CaseEvent,
    found: dict[_Key, Computed],
    gaps: list[DocketGap],
    *,
    answers: Answers,
    case_key: FactsKey | None,
) -> None:
    """Put what each rule says about an event into `found`, and what is missing into `gaps`."""
    facts, facts_key = case.facts, case_key
    if event.facts:
        facts = {**case.facts, **event.facts}
        facts_key = key_of(facts)
    event_id, day = event.event_id, event.counts_from
    moves: tuple[Adjustment, ...] = ()
    for rule in answers.book.by_trigger.get(event.name, ()):
        rule_id = rule.rule_id
        if rule.kind not in DATED or (event.rules and rule_id not in event.rules):
            continue
        if case.adjustments:
            here = (rule_id, event_id)
            moves = tuple(each for each in case.adjustments if (each.rule_id, each.event_id) == here)
        try:
            says = answers.computed(rule, day, facts=facts, moves=moves, facts_key=facts_key)
        except GAPS as gap:
            gaps.append(DocketGap(case.case_id, rule_id, event_id, str(gap)))
            continue
        for occurrence, computed in says:
            found[event_id, rule_id, occurrence] = computed


def _new(case: CaseFile, key: _Key, computed: Computed) -> Deadline:
    event_id, rule_id, occurrence = key
    event = case.event(event_id)
    if event is None:
        raise LookupError(f"event {event_id} is not of this case")
    return Deadline(
        deadline_id=deadline_id(case.case_id, rule_id, event_id, occurrence=occurrence),
        case_id=case.case_id,
        rule_id=rule_id,
        event_id=event_id,
        trigger_date=event.counts_from,
        computed=computed,
        occurrence=occurrence,
    )
