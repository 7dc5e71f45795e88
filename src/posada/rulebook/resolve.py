"""The value of a rule on a day, with its source - or a named gap, never a guess.

Comes in: a policy name and a date. Goes out: `Policy` (numbers) and `RuleSource` (where each comes from).
Docs: docs/reference/rules.md. Tests: tests/rulebook/test_resolve.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from posada.rulebook.load import load_policy
from posada.rulebook.policy import Policy
from posada.rulebook.rule import BadPolicyFile, DatedValue, PolicyFile, Rule, RuleGap, RuleValue

NO_RULE = "no rule"
"""The text that a policy file writes where the law sets no number."""

_Kind = TypeVar("_Kind", int, bool, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One rule as it stands on a day, ready to be listed beside its source."""

    rule_id: str
    title: str
    value: RuleValue
    unit: str
    source: str
    known_from: date | None
    known_until: date | None
    checked_on: date
    checked_by: str
    applies_to: str = ""
    notes: str = ""


def resolve_rule(rule: Rule, *, on: date) -> DatedValue:
    """The value of a rule that stands on a day. Raises RuleGap if none does."""
    standing = [value for value in rule.values if value.stands_on(on)]
    if standing:
        return standing[-1]
    starts = [value.known_from for value in rule.values]
    ends = [value.known_until for value in rule.values]
    raise RuleGap(
        rule.rule_id,
        on=on,
        known_from=min((day for day in starts if day), default=None) if None not in starts else None,
        known_until=max((day for day in ends if day), default=None) if None not in ends else None,
    )


def resolve_policy(name: str, *, on: date) -> Policy:
    """The numbers of the hard rules under a shipped policy as they stand on a day.

    Raises UnknownPolicy (naming the shipped ones), RuleGap where a rule has no value on that day.

    >>> resolve_policy("maryland", on=date(2026, 12, 1)).household_max
    6
    """
    return policy_on(load_policy(name), on=on)


def policy_on(file: PolicyFile, *, on: date) -> Policy:
    """As `resolve_policy`, for a policy file that has been read. Raises RuleGap, BadPolicyFile."""

    def number(rule_id: str) -> int:
        return _take(file, rule_id, on=on, kind=int)

    under_two = resolve_rule(_find(file, "under_two.max", on=on), on=on).value
    return Policy(
        name=file.name,
        title=file.title,
        on=on,
        license_days_left=number("license.days_left"),
        household_max=number("household.max"),
        household_siblings_max=number("household.siblings_max"),
        household_counts_own=_take(file, "household.counts_own", on=on, kind=bool),
        under_two_max=None if under_two == NO_RULE else number("under_two.max"),
        under_two_age=number("under_two.age"),
        adult_age=number("household.adult_age"),
        household_kinds=_take(file, "household.kinds", on=on, kind=tuple),
        kin_home_exempt=_take(file, "kin.exempt", on=on, kind=tuple),
    )


def policy_sources(name: str, *, on: date) -> tuple[RuleSource, ...]:
    """Every rule of a shipped policy as it stands on a day, with citation, dates and who checked it.

    Raises UnknownPolicy, RuleGap.
    """
    listed = []
    for rule in load_policy(name).rules:
        value = resolve_rule(rule, on=on)
        listed.append(
            RuleSource(
                rule_id=rule.rule_id,
                title=rule.title,
                value=value.value,
                unit=rule.unit,
                source=value.source,
                known_from=value.known_from,
                known_until=value.known_until,
                checked_on=value.checked_on,
                checked_by=value.checked_by,
                applies_to=rule.applies_to,
                notes=rule.notes,
            )
        )
    return tuple(listed)


def _find(file: PolicyFile, rule_id: str, *, on: date) -> Rule:
    rule = file.rule(rule_id)
    if rule is None:
        raise RuleGap(rule_id, on=on)
    return rule


def _take(file: PolicyFile, rule_id: str, *, on: date, kind: type[_Kind]) -> _Kind:
    value = resolve_rule(_find(file, rule_id, on=on), on=on).value
    # True is an int in Python; a rule that wants a number must not take it.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadPolicyFile(f"{file.name}, rule {rule_id}: the value {value!r} is not of the kind needed.")
    return value
