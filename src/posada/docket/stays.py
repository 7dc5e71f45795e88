"""What stays a removal by itself, from when until when - and what is often taken for a stay and is none.

Comes in: the events of a case. Goes out: `StayOfRemoval`, and the filings that stay nothing.
Source: rules `eoir.stay_appeal`, `eoir.in_absentia_exceptional`, `dhs.stay_i246`, `us.petition_for_review`.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_stays.py.
"""

from dataclasses import dataclass
from datetime import date

from posada.docket.answer import Answer, answer
from posada.docket.events import CaseEvent, CaseFile
from posada.rulebook.legal_rule import LegalRulebook

STAYS_NOTHING = {"petition_for_review_filed": "us.petition_for_review", "i246_filed": "dhs.stay_i246"}
"""Filings that stay nothing while they are pending, and the rule that says so."""

_APPEAL_STAY = "eoir.stay_appeal"
_IN_ABSENTIA = "eoir.in_absentia_exceptional"


@dataclass(frozen=True, slots=True)
class StayOfRemoval:
    """A stay that needs no order. `until` is its last day, None while what it rests on is pending."""

    rule_id: str
    authority: str
    starts: date
    until: date | None
    status: str  # "in_force" or "uncertain"
    because: str  # the event that it rests on

    def holds_on(self, day: date) -> bool:
        """Whether it covers `day`."""
        return self.starts <= day and (self.until is None or day <= self.until)


def stays_of_removal(case: CaseFile, *, book: LegalRulebook, as_of: date) -> tuple[StayOfRemoval, ...]:
    """Every automatic stay that the recorded events give, as known on `as_of`. Raises RuleGap."""
    found: list[StayOfRemoval] = []
    for decision in _named(case, "ij_decision"):
        found += _appeal(case, decision, book=book, as_of=as_of)
    rule = book.rule(_IN_ABSENTIA)
    for motion in _named(case, "motion_to_rescind_filed"):
        ruled = _first_after(case, "motion_to_rescind_ruled", motion.counts_from)
        until = None if ruled is None else ruled.counts_from
        found.append(
            StayOfRemoval(_IN_ABSENTIA, rule.citation, motion.counts_from, until, "in_force", motion.event_id)
        )
    for appeal in _named(case, "rescind_denial_appealed"):
        ended = _first_after(case, "board_decision", appeal.counts_from)
        until = None if ended is None else ended.counts_from
        found.append(
            StayOfRemoval(_IN_ABSENTIA, rule.citation, appeal.counts_from, until, "in_force", appeal.event_id)
        )
    return tuple(sorted(found, key=lambda stay: (stay.starts, stay.rule_id, stay.because)))


def stay_nothing(case: CaseFile) -> tuple[tuple[CaseEvent, str], ...]:
    """Filings of a case that delay nothing by themselves, each with the rule that says so."""
    return tuple(
        (event, STAYS_NOTHING[event.name])
        for event in case.events
        if event.is_live and event.name in STAYS_NOTHING
    )


def _appeal(case: CaseFile, decision: CaseEvent, *, book: LegalRulebook, as_of: date) -> list[StayOfRemoval]:
    start = decision.counts_from
    if _first_after(case, "appeal_waived", start) is not None:
        return []
    rule = book.rule(_APPEAL_STAY)
    last = answer(book.rule(rule.follows), trigger_date=start, as_of=as_of)
    if last.day is None:
        return []

    def stay(until: date | None, status: str, because: str, since: date = start) -> StayOfRemoval:
        return StayOfRemoval(_APPEAL_STAY, rule.citation, since, until, status, because)

    filed = _first_after(case, "appeal_filed", start)
    if filed is not None:
        ended = _first_after(case, "board_decision", filed.counts_from)
        until = None if ended is None else ended.counts_from
        return [stay(until, _filed_in(filed, last), filed.event_id)] if _filed_in(filed, last) else []
    during = [stay(last.day, "in_force", decision.event_id)]
    if last.alternative is not None and last.alternative > last.day:
        during.append(stay(last.alternative, "uncertain", decision.event_id, last.day))
    return during


def _filed_in(filed: CaseEvent, last: Answer) -> str:
    """`in_force` if timely, `uncertain` if timely in the other reading only, or nothing."""
    if last.day is not None and filed.counts_from <= last.day:
        return "in_force"
    if last.alternative is not None and filed.counts_from <= last.alternative:
        return "uncertain"
    return ""


def _named(case: CaseFile, name: str) -> list[CaseEvent]:
    return [
        event
        for event in case.events
        if event.name == name and event.is_live and case.replaced_by(event.event_id) is None
    ]


def _first_after(case: CaseFile, name: str, day: date) -> CaseEvent | None:
    later = [event for event in _named(case, name) if event.counts_from >= day]
    return min(later, key=lambda event: (event.counts_from, event.event_id), default=None)
