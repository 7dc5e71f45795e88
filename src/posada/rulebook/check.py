"""Whether a policy file can be trusted: overlaps, gaps between dates, missing rules, missing sources.

Comes in: a `PolicyFile`. Goes out: faults in plain words; none means the file is sound.
Docs: docs/reference/rules.md. Tests: tests/rulebook/test_check.py.
"""

from datetime import date, timedelta
from itertools import pairwise

from posada.rulebook.rule import PolicyFile, Rule

NEEDED_RULES = (
    "license.days_left",
    "household.max",
    "household.siblings_max",
    "household.counts_own",
    "household.kinds",
    "household.adult_age",
    "under_two.max",
    "under_two.age",
    "kin.exempt",
)
"""Rules that a plan cannot do without."""


def faults(file: PolicyFile) -> tuple[str, ...]:
    """Everything wrong with a policy file, one plain sentence each; empty if it is sound."""
    ids = [rule.rule_id for rule in file.rules]
    found = [f"Rule {rule_id} is missing." for rule_id in NEEDED_RULES if rule_id not in ids]
    found += [f"Rule {rule_id} is given twice." for rule_id in sorted(set(ids)) if ids.count(rule_id) > 1]
    for rule in file.rules:
        found += _rule_faults(rule)
    return tuple(found)


def _rule_faults(rule: Rule) -> list[str]:
    found = []
    if not rule.values:
        found.append(f"Rule {rule.rule_id} has no value.")
    for value in rule.values:
        start = value.known_from or "the beginning"
        if not value.source.strip():
            found.append(f"Rule {rule.rule_id} has no source for its value from {start}.")
        if not value.checked_by.strip():
            found.append(f"Rule {rule.rule_id} does not say who checked its value from {start}.")
        if value.known_from and value.known_until and value.known_until < value.known_from:
            found.append(f"Rule {rule.rule_id} has a value that ends before it starts ({start}).")
    for earlier, later in pairwise(rule.values):
        next_start = later.known_from or date.min
        if earlier.known_until is None or earlier.known_until >= next_start:
            found.append(f"Rule {rule.rule_id} has two values on {next_start}.")
        elif earlier.known_until + timedelta(days=1) < next_start:
            found.append(f"Rule {rule.rule_id} has a gap between {earlier.known_until} and {next_start}.")
    return found
