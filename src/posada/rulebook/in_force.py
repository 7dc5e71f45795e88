"""Which version of a legal rule holds: by the day it applies to, and by what was known on the day asked.

Comes in: a `LegalRule` and two dates. Goes out: its `RuleVersion`, or a named gap - never a guess.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_in_force.py.
"""

from datetime import date

from posada.rulebook.legal_rule import AS_OF_DATE, FactGap, LegalRule, RuleVersion
from posada.rulebook.rule import RuleGap


def version_in_force(rule: LegalRule, *, trigger_date: date | None, as_of: date) -> RuleVersion:
    """The version whose bounds hold; where several do, the last listed.

    `trigger_date` selects by when the rule applied (for versions that go by `as_of_date`, `as_of` does);
    `as_of` also selects by what was known. Raises RuleGap if no version holds, FactGap if the trigger
    date is needed and not known.
    """
    chosen = None
    for version in rule.versions:
        applied = as_of if version.applies_by == AS_OF_DATE else trigger_date
        if applied is None:
            raise FactGap(rule.rule_id, fact=f"the date of {rule.trigger or 'the event'}")
        if (
            (version.effective_from is None or version.effective_from <= applied)
            and (version.effective_to is None or applied <= version.effective_to)
            and (version.known_from is None or version.known_from <= as_of)
            and (version.known_to is None or as_of <= version.known_to)
        ):
            chosen = version
    if chosen is None:
        raise _gap(rule, trigger_date=trigger_date, as_of=as_of)
    return chosen


def _gap(rule: LegalRule, *, trigger_date: date | None, as_of: date) -> RuleGap:
    starts = [version.effective_from for version in rule.versions]
    ends = [version.effective_to for version in rule.versions]
    goes_by_as_of = rule.versions[-1].applies_by == AS_OF_DATE
    return RuleGap(
        rule.rule_id,
        on=as_of if goes_by_as_of or trigger_date is None else trigger_date,
        known_from=min((day for day in starts if day), default=None) if None not in starts else None,
        known_until=max((day for day in ends if day), default=None) if None not in ends else None,
    )
