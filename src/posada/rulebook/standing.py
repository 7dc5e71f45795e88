"""A legal rule as it stands on a day, beside its citation, and marked if no lawyer has signed it off.

Comes in: a `LegalRule` and a date. Goes out: `Standing`, in the columns of `posada rules list --json`.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_standing.py.
"""

from dataclasses import dataclass
from datetime import date

from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_rule import LegalRule, LegalRulebook, RuleVersion
from posada.rulebook.rule import RuleGap

NOT_SIGNED_OFF = "not signed off by counsel"


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the list: the version that an event of the day would be counted by, or a gap."""

    rule_id: str
    title: str
    kind: str
    value: str | int | None  # "30 calendar_days", a fee in whole US dollars; None if there is neither
    unit: str
    source: str
    known_from: date | None
    known_until: date | None
    checked_on: date | None
    checked_by: str
    applies_to: str
    notes: str
    status: str
    confidence: str
    version: str
    signed_off: str
    alternative: str = ""


def standing_on(rule: LegalRule, *, on: date) -> Standing:
    """A rule as it stands for an event of `on`, known on `on`; its status is `gap` if no version holds."""
    try:
        return standing_of(rule, version_in_force(rule, trigger_date=on, as_of=on))
    except RuleGap as gap:
        return Standing(
            *(rule.rule_id, rule.title, rule.kind, None, "", rule.citation, None, None, None, ""),
            *(rule.trigger, str(gap), "gap", "", "", ""),
        )


def standing_of(rule: LegalRule, version: RuleVersion) -> Standing:
    """One version of a rule in the same columns."""
    value: str | int | None = version.amount
    if version.period is not None:
        value = f"{version.period.number} {version.period.unit}"
    other = version.operative_alternative
    return Standing(
        rule_id=rule.rule_id,
        title=rule.title,
        kind=rule.kind,
        value=value,
        unit="US dollars" if rule.kind == "fee" else version.period.unit if version.period else "",
        source=rule.citation,
        known_from=version.effective_from,
        known_until=version.effective_to,
        checked_on=version.known,
        checked_by=version.checked_by,
        applies_to=rule.trigger,
        notes=rule.notes,
        status=version.status,
        confidence=version.confidence,
        version=version.name,
        signed_off=sign_off_words(version),
        alternative=f"{other.number} {other.unit}" if other else "",
    )


def sign_off_words(version: RuleVersion) -> str:
    """Who signed off a version and when, or that nobody did.

    >>> from posada.rulebook.legal_files import load_legal_rules
    >>> sign_off_words(load_legal_rules().rule("eoir.venue").versions[0])
    'not signed off by counsel'
    """
    if version.signed_off_by is None:
        return NOT_SIGNED_OFF
    return f"signed off by {version.signed_off_by} on {version.signed_off_on}"


def all_standing(book: LegalRulebook, *, on: date) -> tuple[Standing, ...]:
    """Every rule as it stands on a day, by id."""
    return tuple(standing_on(book.rules[rule_id], on=on) for rule_id in sorted(book.rules))
