"""Answer one legal rule for one case: the date and its standing, with the steps, or a named gap.

Comes in: a rule, the trigger date, the day asked about (`as_of`), the recorded facts. Goes out: `Answer`.
Nothing expected is ever read here. Docs: docs/reference/legal-rules.md. Tests: tests/docket/test_answer.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from posada.docket.counting import AFTER, BEFORE, Counted, count, count_hours, rolled
from posada.docket.decisions import DECISIONS, fee_word
from posada.docket.facts import BadFact, Facts
from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_rule import FactGap, FactValue, LegalRule, Period, RuleVersion
from posada.rulebook.rule import RuleGap

NO_DEADLINE = "no_deadline"
_DATED = ("deadline_after", "deadline_before", "window_opens", "age", "age_limit", "date", "agency_clock")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says in a case. `version` is None only for a fee that no version names."""

    rule: LegalRule
    version: RuleVersion | None
    status: str
    day: date | None = None
    counted: Counted | None = None
    alternative: date | None = None  # the date of the other reading, where the law is in doubt

    @property
    def is_signed_off(self) -> bool:
        """Whether counsel has signed off the version that was used."""
        return self.version is not None and self.version.is_signed_off


def answer(
    rule: LegalRule,
    *,
    trigger_date: date | None,
    as_of: date,
    recorded: Mapping[str, FactValue] | None = None,
) -> Answer:
    """The date and standing of a rule in a case, as it was known on `as_of`.

    Raises RuleGap (no version holds), FactGap (a fact is missing), BadFact (a fact cannot be), CalendarGap.

    >>> from posada.rulebook.legal_files import load_legal_rules
    >>> rule = load_legal_rules().rule("eoir.bia_appeal")
    >>> answer(rule, trigger_date=date(2026, 4, 20), as_of=date(2026, 5, 1)).status
    'uncertain'
    """
    facts = Facts(rule.rule_id, recorded or {})
    try:
        version = version_in_force(rule, trigger_date=trigger_date, as_of=as_of)
    except RuleGap:
        if rule.kind == "fee":
            return Answer(rule, None, fee_word(None))
        raise
    if rule.kind == "fee":
        return Answer(rule, version, fee_word(version))
    status = _status(rule, version, facts, on=trigger_date or as_of)
    if rule.kind == "computation" and rule.roll and trigger_date is not None:
        return Answer(rule, version, status, rolled(trigger_date, rule.roll))
    if rule.kind not in _DATED or version.period is None:
        return Answer(rule, version, status)
    counted = _counted(rule, version, version.period, facts, start=trigger_date)
    other = _alternative(rule, version, facts, trigger_date)
    return Answer(rule, version, status, counted.end, counted, other)


def _status(rule: LegalRule, version: RuleVersion, facts: Facts, *, on: date) -> str:
    if rule.kind == NO_DEADLINE:
        return NO_DEADLINE
    if rule.decided_by:
        return DECISIONS[rule.decided_by](rule, version, facts, on)
    return version.status


def _counted(
    rule: LegalRule, version: RuleVersion, period: Period, facts: Facts, *, start: date | None
) -> Counted:
    if period.unit == "hours":
        start_at = facts.instant("datetime")
        if start is not None and start_at.date() != start:
            raise BadFact("datetime", found=start_at, wanted=f"an hour of the trigger date, {start}")
        return count_hours(start_at, period=period, zone=facts.zone())
    if start is None:
        raise FactGap(rule.rule_id, fact=f"the date of {rule.trigger}")
    return count(
        start,
        period=period,
        roll=version.roll,
        direction=BEFORE if rule.kind == "deadline_before" else AFTER,
        added_days=facts.whole_number(rule.adds_days_of, absent=0) if rule.adds_days_of else 0,
        minus_days=version.minus_days,
    )


def _alternative(rule: LegalRule, version: RuleVersion, facts: Facts, start: date | None) -> date | None:
    other = version.operative_alternative
    return None if other is None else _counted(rule, version, other, facts, start=start).end
