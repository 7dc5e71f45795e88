"""Which open deadlines a change of the rules moves: each as it was known on one day, and on another.

Comes in: deadlines and two days. Goes out: those whose date or standing differs, and the versions that came
or went between the days. Docs: docs/reference/commands.md. Tests: tests/docket/test_rules_moved.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from posada.docket.answer import Answer, answer
from posada.docket.refresh import GAPS
from posada.rulebook.legal_rule import FactValue, LegalRulebook, RuleVersion, UnknownRule


@dataclass(frozen=True, slots=True)
class OpenDate:
    """What is needed to compute an open deadline again."""

    deadline_id: str
    case_id: str
    rule_id: str
    trigger_date: date | None
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One deadline before and after; an answer is None where the rules gave none, and `gap` says why."""

    open_date: OpenDate
    before: Answer | None
    after: Answer | None
    gap: str = ""

    @property
    def days(self) -> int | None:
        """By how many days the date moved; negative is earlier. None if there is no date on a side."""
        if self.before is None or self.after is None or self.before.day is None or self.after.day is None:
            return None
        return (self.after.day - self.before.day).days


def moved_dates(
    dates: Iterable[OpenDate], *, book: LegalRulebook, known_on: date, then_known_on: date
) -> tuple[MovedDate, ...]:
    """The deadlines whose date, standing or other reading differs between what was known on two days."""
    found = []
    for each in dates:
        before, first_gap = _answered(each, book=book, as_of=known_on)
        after, second_gap = _answered(each, book=book, as_of=then_known_on)
        if _shown(before) != _shown(after):
            found.append(MovedDate(each, before, after, second_gap or first_gap))
    return tuple(found)


def versions_between(book: LegalRulebook, *, start: date, end: date) -> tuple[RuleVersion, ...]:
    """Versions that became known, took effect, ceased to be known or ended after `start`, through `end`."""

    def falls(day: date | None) -> bool:
        return day is not None and start < day <= end

    def ends(day: date | None) -> bool:
        return day is not None and start <= day < end

    return tuple(
        version
        for rule_id in sorted(book.rules)
        for version in book.rules[rule_id].versions
        if falls(version.known_from)
        or falls(version.effective_from)
        or ends(version.known_to)
        or ends(version.effective_to)
    )


def _answered(each: OpenDate, *, book: LegalRulebook, as_of: date) -> tuple[Answer | None, str]:
    try:
        rule = book.rule(each.rule_id)
        return answer(rule, trigger_date=each.trigger_date, as_of=as_of, recorded=each.facts), ""
    except (*GAPS, UnknownRule) as gap:
        return None, str(gap)


def _shown(found: Answer | None) -> tuple[object, ...]:
    return () if found is None else (found.day, found.status, found.alternative)
