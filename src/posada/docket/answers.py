"""What the rules say about an event, remembered: many children share a day, and a rule says one thing of it.

Comes in: a rulebook and the day asked about. Goes out: `Computed`, one for each occurrence.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_answers.py.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from posada.docket.adjusting import adjusted
from posada.docket.answer import Answer, answer
from posada.docket.counting import Counted, count
from posada.docket.deadlines import Computed
from posada.docket.events import Adjustment
from posada.rulebook.legal_rule import FactValue, LegalRule, LegalRulebook, Period

_Found = tuple[tuple[int, Computed], ...]
FactsKey = tuple[tuple[str, type, FactValue], ...]
MOST_KEPT = 200_000
"""Answers remembered, before they are forgotten: a nation's days fit, and memory keeps its bound."""


class Answers:
    """The answers of a rulebook as known on one day, remembered by rule, day and, where they count, facts."""

    def __init__(self, book: LegalRulebook, *, as_of: date) -> None:
        self.book = book
        self.as_of = as_of
        self._kept: dict[tuple[str, date, FactsKey], _Found] = {}
        self._plain = {rule_id for rule_id, rule in book.rules.items() if _is_plain(rule)}

    def computed(
        self,
        rule: LegalRule,
        day: date,
        *,
        facts: Mapping[str, FactValue],
        moves: tuple[Adjustment, ...] = (),
        facts_key: FactsKey | None = None,
    ) -> _Found:
        """What a rule says about an event of `day`, by occurrence. Raises what `answer` raises.

        `facts_key` is `facts_key(facts)`, where the caller asks many rules about the same facts.
        """
        if moves:
            return self._found(rule, day, facts=facts, moves=moves)
        if rule.rule_id in self._plain:
            known: FactsKey | None = ()
        else:
            known = key_of(facts) if facts_key is None else facts_key
        if known is None:
            return self._found(rule, day, facts=facts)
        key = (rule.rule_id, day, known)
        found = self._kept.get(key)
        if found is None:
            found = self._found(rule, day, facts=facts)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _found(
        self,
        rule: LegalRule,
        day: date,
        *,
        facts: Mapping[str, FactValue],
        moves: tuple[Adjustment, ...] = (),
    ) -> _Found:
        says = answer(rule, trigger_date=day, as_of=self.as_of, recorded=facts)
        return tuple(
            (number, _computed(says, counted, moves=moves, as_of=self.as_of))
            for number, counted in _occurrences(says, as_of=self.as_of)
        )


def key_of(facts: Mapping[str, FactValue]) -> FactsKey | None:
    """What facts are remembered by, each with its type: true is not 1. None if one of them is a list or table."""
    key = []
    for name in sorted(facts):
        value = facts[name]
        if isinstance(value, (list, dict)):
            return None
        key.append((name, type(value), value))
    return tuple(key)


def _is_plain(rule: LegalRule) -> bool:
    """Whether the answer turns on nothing but the day."""
    periods = [version.period for version in rule.versions if version.period]
    return not (rule.decided_by or rule.adds_days_of or any(each.unit == "hours" for each in periods))


def _computed(
    says: Answer, counted: Counted | None, *, moves: tuple[Adjustment, ...], as_of: date
) -> Computed:
    whole = adjusted(counted, moves, rule=says.rule) if counted is not None and moves else counted
    return Computed(
        as_of=as_of,
        version=says.version.name if says.version else "",
        status=says.status,
        day=says.day if whole is None else whole.end,
        alternative=says.alternative,
        is_signed_off=says.is_signed_off,
        counted=whole,
        adjusted_by=tuple(each.adjustment_id for each in moves),
    )


def _occurrences(says: Answer, *, as_of: date) -> Iterator[tuple[int, Counted | None]]:
    """The date, or each anniversary through the first that is still to come, numbered from 1."""
    counted = says.counted
    number = 1
    yield number, counted
    if counted is None or not says.rule.recurs:
        return
    length = counted.period
    while counted.end < as_of:
        number += 1
        period = Period(number * length.number, length.unit)
        counted = count(counted.start, period=period, roll=counted.roll)
        yield number, counted
