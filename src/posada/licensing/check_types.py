"""The checks that a policy demands, as dated data: whom each covers, how long it stands, under which source.

Comes in: the name of a shipped policy and a day. Goes out: `CheckRules`. A check type is a pair of rules,
`checks.TYPE.covers` and `checks.TYPE.days`; the first names the source that demands it.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_check_types.py.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from posada.rulebook import BadPolicyFile, DatedValue, PolicyFile, Rule, RuleGap, load_policy, resolve_rule

NO_END = "no rule"
"""The text of a policy file for a check that is not made again."""
_COVERS_ID = re.compile(r"checks\.([a-z_]+)\.covers")
_FROM_AGE = re.compile(r"members from ([0-9]{1,2})")


class Covers(StrEnum):
    """Whom a check is made of."""

    MEMBERS = "members"  # everyone who lives there, from `from_age`
    CARERS = "carers"  # those who care for the children
    HOME = "home"  # the house itself


@dataclass(frozen=True, slots=True)
class CheckType:
    """One kind of check as it stands on a day."""

    type_id: str  # as in check_type of the office
    title: str
    covers: Covers
    from_age: int  # 0: everyone; only for MEMBERS
    valid_days: int | None  # days from issue; None: it does not end
    not_for_kinds: frozenset[str]  # kinds of home that it is not demanded of
    needs_legible_document: bool
    may_wait: bool  # whether an exception may let a home go on while its result is pending
    rule_id: str
    source: str
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class CheckRules:
    """The check types and the numbers that go with them, as they stand on a day."""

    policy: str
    on: date
    types: tuple[CheckType, ...]
    adult_age: int
    pending_red_days: int  # days of a pending result from which it is shown in red

    def type(self, type_id: str) -> CheckType | None:
        """The check type of this id, or None where the policy has none."""
        return next((each for each in self.types if each.type_id == type_id), None)


@lru_cache
def check_rules(policy: str, *, on: date) -> CheckRules:
    """The checks of a shipped policy on a day. Raises UnknownPolicy, RuleGap, BadPolicyFile.

    >>> check_rules("maryland", on=date(2026, 12, 1)).adult_age
    18
    """
    return check_rules_of(load_policy(policy), on=on)


def check_rules_of(file: PolicyFile, *, on: date) -> CheckRules:
    """As `check_rules`, for a policy file that has been read. Raises RuleGap, BadPolicyFile."""
    exempt = {kind: _names(file, f"checks.{kind}_exempt", on=on) for kind in ("kin", "group")}
    legible = _names(file, "checks.legible", on=on)
    may_wait = _names(file, "checks.may_wait", on=on)
    types = []
    for rule in file.rules:
        found = _COVERS_ID.fullmatch(rule.rule_id)
        if found is None:
            continue
        type_id = found[1]
        demanded = resolve_rule(rule, on=on)
        covers, from_age = _covers(rule, demanded, file=file)
        types.append(
            CheckType(
                type_id=type_id,
                title=rule.title,
                covers=covers,
                from_age=from_age,
                valid_days=_days_valid(file, f"checks.{type_id}.days", on=on),
                not_for_kinds=frozenset(kind for kind, names in exempt.items() if type_id in names),
                needs_legible_document=type_id in legible,
                may_wait=type_id in may_wait,
                rule_id=rule.rule_id,
                source=demanded.source,
                checked_on=demanded.checked_on,
                checked_by=demanded.checked_by,
            )
        )
    if not types:
        # A policy without a single check would make every home clear.
        raise RuleGap("checks", on=on)
    adult_age = _number(file, "checks.adult_age", on=on)
    red = _number(file, "checks.pending_red_days", on=on)
    return CheckRules(file.name, on, tuple(types), adult_age=adult_age, pending_red_days=red)


def days_or_count(policy: str, rule_id: str, *, on: date) -> int:
    """One whole number of a policy. Raises UnknownPolicy, RuleGap, BadPolicyFile.

    >>> days_or_count("maryland", "expiry.days_ahead", on=date(2026, 12, 1))
    60
    """
    return _number(load_policy(policy), rule_id, on=on)


def steps_before_an_end(policy: str, *, on: date) -> tuple[int, ...]:
    """The days before an end at which a task opens, the earliest first (rule `expiry.steps`)."""
    names = _names(load_policy(policy), "expiry.steps", on=on)
    return tuple(sorted((int(name) for name in names), reverse=True))


def _covers(rule: Rule, demanded: DatedValue, *, file: PolicyFile) -> tuple[Covers, int]:
    value = demanded.value
    if value == "everyone":
        return Covers.MEMBERS, 0
    if value in (Covers.CARERS, Covers.HOME):
        return Covers(value), 0
    found = _FROM_AGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        wanted = "everyone, members from AGE, carers or home"
        raise BadPolicyFile(f"{file.name}, rule {rule.rule_id}: wanted {wanted}; found {value!r}.")
    return Covers.MEMBERS, int(found[1])


def _value(file: PolicyFile, rule_id: str, *, on: date) -> object:
    rule = file.rule(rule_id)
    if rule is None:
        raise RuleGap(rule_id, on=on)
    return resolve_rule(rule, on=on).value


def _days_valid(file: PolicyFile, rule_id: str, *, on: date) -> int | None:
    return None if _value(file, rule_id, on=on) == NO_END else _number(file, rule_id, on=on)


def _number(file: PolicyFile, rule_id: str, *, on: date) -> int:
    value = _value(file, rule_id, on=on)
    # True is an int in Python; a rule that wants a number must not take it.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadPolicyFile(f"{file.name}, rule {rule_id}: {value!r} is not a whole number of 0 or more.")
    return value


def _names(file: PolicyFile, rule_id: str, *, on: date) -> tuple[str, ...]:
    value = _value(file, rule_id, on=on)
    if not isinstance(value, tuple):
        raise BadPolicyFile(f"{file.name}, rule {rule_id}: {value!r} is not a list.")
    return value
