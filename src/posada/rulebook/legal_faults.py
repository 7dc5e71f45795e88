"""Whether the legal rules can be trusted: each has a citation and a date, and its versions fit together.

Comes in: a `LegalRulebook`. Goes out: faults in plain words; none means that the files are sound.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_legal_faults.py.
"""

from posada.rulebook.legal_rule import LegalRule, LegalRulebook, RuleVersion

NEEDS_PERIOD = (
    *("deadline_after", "deadline_before", "window_opens", "age", "age_limit", "date", "agency_clock"),
)
"""Kinds of rule whose answer is a date."""


def legal_faults(book: LegalRulebook) -> tuple[str, ...]:
    """Everything wrong with the legal rules, one plain sentence each; empty if they are sound."""
    found = []
    for rule in book.rules.values():
        found += _rule_faults(rule)
        if rule.follows and rule.follows not in book.rules:
            found.append(f"Rule {rule.rule_id} follows {rule.follows}, which is not there.")
    return tuple(found)


def _rule_faults(rule: LegalRule) -> list[str]:
    found = []
    if not rule.authority:
        found.append(f"Rule {rule.rule_id} has no citation.")
    if rule.kind in NEEDS_PERIOD and not rule.trigger:
        found.append(f"Rule {rule.rule_id} does not say which event starts it.")
    for version in rule.versions:
        found += _version_faults(rule, version)
    return found


def _version_faults(rule: LegalRule, version: RuleVersion) -> list[str]:
    found = []
    if (rule.kind in NEEDS_PERIOD) != (version.period is not None):
        found.append(f"{version.name}: a {rule.kind} has {'no' if version.period is None else 'a'} period.")
    for start, end in (
        (version.effective_from, version.effective_to),
        (version.known_from, version.known_to),
    ):
        if start and end and end < start:
            found.append(f"{version.name} ends on {end}, before it starts on {start}.")
    if (version.signed_off_by is None) != (version.signed_off_on is None):
        found.append(f"{version.name}: a sign-off needs both a name and a date.")
    if version.status == "in_force" and version.operative_alternative and not rule.notes:
        found.append(f"{version.name} has an alternative and no note that says why.")
    return found
