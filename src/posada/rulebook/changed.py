"""A policy with some of its numbers changed from a day on: for a what-if, never for the law as it is.

Comes in: a shipped policy and `RuleChange`s. Goes out: the policy as it would be, with a title that says so.
Docs: docs/how-to/what-if.md. Tests: tests/rulebook/test_changed.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from posada.records import Program, RuleChange
from posada.rulebook.check import NEEDED_RULES
from posada.rulebook.load import load_policy
from posada.rulebook.policy import Policy
from posada.rulebook.resolve import NO_RULE, policy_on
from posada.rulebook.rule import DatedValue, PolicyFile, Rule

MOST = 1_000
"""Above every number of days or children that a rule could mean."""
_CHOICES = {
    "household.kinds": ("kin", "foster", "group"),
    "kin.exempt": ("license", "willing", "age", "sex"),
}


def policy_of(program: Program) -> Policy:
    """The policy that a program is planned by, on its plan date, with the changes of its what-if.

    Raises UnknownPolicy, RuleGap, BadPolicyFile, as `resolve_policy` does.
    """
    standing = [change for change in program.rule_changes if change.from_date <= program.plan_date]
    file = with_changes(load_policy(program.policy), program.rule_changes)
    return policy_on(_titled(file, standing), on=program.plan_date)


def with_changes(file: PolicyFile, changes: Sequence[RuleChange]) -> PolicyFile:
    """The policy file in which each changed rule has its new value from that day on, without an end."""
    for change in sorted(changes, key=lambda each: each.from_date):
        rules = tuple(_changed(rule, change) if rule.rule_id == change.rule else rule for rule in file.rules)
        file = replace(file, rules=rules)
    return file


def wanted_value(rule_id: str, value: object) -> str | None:
    """What the value of a rule should be, in plain words; None if this value will do.

    >>> wanted_value("household.max", 8), wanted_value("household.max", "eight")
    (None, 'a whole number from 0 to 1,000')
    """
    if rule_id == "household.counts_own":
        return None if isinstance(value, bool) else "true or false"
    choices = _CHOICES.get(rule_id)
    if choices is not None:
        is_list = isinstance(value, list | tuple) and all(each in choices for each in value)
        return None if is_list else f"a list of some of {', '.join(choices)}"
    if rule_id == "under_two.max" and value == NO_RULE:
        return None
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    return None if is_count else f"a whole number from 0 to {MOST:,}"


def changeable_rules() -> tuple[str, ...]:
    """Ids of the rules that a what-if may change."""
    return NEEDED_RULES


def _changed(rule: Rule, change: RuleChange) -> Rule:
    day_before = change.from_date - timedelta(days=1)
    earlier = [
        value for value in rule.values if value.known_from is None or value.known_from < change.from_date
    ]
    cut = [
        replace(value, known_until=day_before)
        if value.known_until is None or value.known_until > day_before
        else value
        for value in earlier
    ]
    new = DatedValue(change.value, "a what-if, not law", change.from_date, "nobody", change.from_date)
    return replace(rule, values=(*cut, new))


def _titled(file: PolicyFile, standing: Sequence[RuleChange]) -> PolicyFile:
    if not standing:
        return file
    last = {change.rule: change for change in sorted(standing, key=lambda each: each.from_date)}
    told = "; ".join(f"{rule} = {_shown(change.value)}" for rule, change in sorted(last.items()))
    return replace(file, title=f"{file.title} – what if: {told}")


def _shown(value: int | bool | str | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
