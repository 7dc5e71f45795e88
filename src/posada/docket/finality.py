"""When an order becomes final: the day of a waiver, the end of the appeal period, or the Board's dismissal.

Comes in: the events of a case. Goes out: the day from which motions and petitions are counted, and why.
The end of the appeal period is its raw or its rolled day, as the rule that starts there says.
Source: notes of `eoir.ij_motion_reopen`. Docs: docs/explanation/how-deadlines-are-counted.md.
Tests: tests/docket/test_finality.py.
"""

from dataclasses import dataclass
from datetime import date

from posada.docket.adjusting import start_of_next
from posada.docket.answer import answer
from posada.docket.events import CaseEvent
from posada.rulebook.legal_rule import LegalRule, LegalRulebook

WAIVED, PERIOD_ENDED, DISMISSED = "appeal_waived", "appeal_period_ended", "board_dismissed"


@dataclass(frozen=True, slots=True)
class Finality:
    """The day an order became final, by which way, and the later day of the other reading, if any."""

    on: date
    by: str
    alternative: date | None = None


def final_on(
    decision: CaseEvent,
    *,
    then: LegalRule,
    book: LegalRulebook,
    as_of: date,
    waived_on: date | None = None,
    appealed_on: date | None = None,
    dismissed_on: date | None = None,
) -> Finality | None:
    """When the decision became final for the rule `then`; None while an appeal is pending.

    Raises RuleGap if no appeal rule is known for the day of the decision.
    """
    if dismissed_on is not None:
        return Finality(dismissed_on, DISMISSED)
    if appealed_on is not None:
        return None
    if waived_on is not None:
        return Finality(waived_on, WAIVED)
    last = answer(book.rule("eoir.bia_appeal"), trigger_date=decision.counts_from, as_of=as_of)
    if last.counted is None:
        return None
    return Finality(start_of_next(last.counted, rule=then), PERIOD_ENDED, last.alternative)
