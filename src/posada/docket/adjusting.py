"""Move a computed date by what counsel recorded: a stopped clock, days for mail, an extension, an order.

Comes in: `Counted` and adjustments. Goes out: the moved count, which keeps the one before and every step.
An extension starts from the raw or the rolled date, as its rule says. A judge's order governs over all.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_adjusting.py.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from posada.docket.counting import BEFORE, Counted, Moved, rolled
from posada.docket.events import ADDITION, EXTENSION, GRACE, ORDER, TOLLING, Adjustment
from posada.rulebook.legal_rule import LegalRule


def adjusted(counted: Counted, adjustments: Iterable[Adjustment], *, rule: LegalRule) -> Counted:
    """The count after every adjustment, in the order recorded; without any, the count itself.

    Stopped days and days for mail move the raw date, which then rolls again. A later order replaces an
    earlier one; a grace period never makes a date earlier. The clock of a hearing cannot stand still.
    """
    now = counted
    for each in sorted(adjustments, key=lambda one: (one.recorded_on, one.adjustment_id)):
        if each.kind == TOLLING and counted.direction != BEFORE:
            now = _moved(now, each.kind, each.stopped_days, since=now.raw)
        elif each.kind == ADDITION:
            now = _moved(now, each.kind, each.days, since=now.raw)
        elif each.kind == EXTENSION:
            since = now.raw if rule.starts_from == "raw" else now.end
            now = _moved(now, each.kind, each.days, since=since)
        elif each.end is not None and (each.kind == ORDER or (each.kind == GRACE and each.end > now.end)):
            now = _set(now, each.kind, each.end)
    return now if now is counted else replace(now, base=counted)


def start_of_next(previous: Counted, *, rule: LegalRule) -> date:
    """The day from which a rule counts that starts when another period ends: its raw or its rolled end.

    >>> from posada.docket.counting import count
    >>> from posada.rulebook.legal_files import load_legal_rules
    >>> from posada.rulebook.legal_rule import Period
    >>> appeal = count(date(2025, 3, 6), period=Period(30, "calendar_days"), roll="next_business_day")
    >>> start_of_next(appeal, rule=load_legal_rules().rule("eoir.ij_motion_reopen"))
    datetime.date(2025, 4, 5)
    """
    return previous.raw if rule.starts_from == "raw" else previous.end


def _moved(now: Counted, kind: str, days: int, *, since: date) -> Counted:
    raw = since + timedelta(days=now.direction * days)
    end = rolled(raw, now.roll)
    return replace(now, raw=raw, end=end, moves=(*now.moves, Moved(kind, days, since)))


def _set(now: Counted, kind: str, day: date) -> Counted:
    # An order sets the date itself; a grace period only the last day, from which nothing else starts.
    raw = day if kind == ORDER else now.raw
    return replace(now, raw=raw, end=day, moves=(*now.moves, Moved(kind, 0, day)))
