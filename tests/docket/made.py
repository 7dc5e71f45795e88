"""Synthetic cases for the tests of the docket."""

from datetime import date

from posada.docket.deadlines import Deadline
from posada.docket.events import Adjustment, CaseEvent, CaseFile
from posada.docket.refresh import Refreshed, refresh
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import FactValue

BOOK = load_legal_rules()
TODAY = date(2026, 11, 25)
RECORDED = date(2026, 11, 20)


def day(text: str) -> date:
    """A date written YYYY-MM-DD."""
    return date.fromisoformat(text)


def event(
    name: str, on: str, *, event_id: str = "", replaces: str | None = None, void: str = ""
) -> CaseEvent:
    """An event of case c1, named after its trigger if no id is given."""
    return CaseEvent(
        event_id=event_id or name,
        case_id="c1",
        name=name,
        on=day(on),
        recorded_on=RECORDED,
        recorded_by="legal coordinator",
        evidence="a paper on file",
        replaces=replaces,
        void_reason=void,
    )


def case(*events: CaseEvent, adjustments: tuple[Adjustment, ...] = (), **facts: FactValue) -> CaseFile:
    """Case c1."""
    return CaseFile("c1", events, facts, adjustments)


def adjustment(kind: str, rule_id: str, event_id: str, **more: object) -> Adjustment:
    """An adjustment that has everything it needs."""
    return Adjustment(
        adjustment_id=str(more.pop("adjustment_id", "a1")),
        case_id="c1",
        rule_id=rule_id,
        event_id=event_id,
        kind=kind,
        authority="a court's order",
        evidence="order on file",
        recorded_by="counsel",
        recorded_on=RECORDED,
        **more,  # type: ignore[arg-type]
    )


def refreshed(file: CaseFile, kept: tuple[Deadline, ...] = (), *, as_of: date = TODAY) -> Refreshed:
    """A case computed with the shipped rules."""
    return refresh(file, kept, book=BOOK, as_of=as_of)


def only(file: CaseFile, rule_id: str, *, as_of: date = TODAY) -> Deadline:
    """The one deadline of a case under a rule."""
    (found,) = [each for each in refreshed(file, as_of=as_of).deadlines if each.rule_id == rule_id]
    return found
