"""A rule as dated data: what it said, from when until when, under which source, and who checked it.

Comes in: nothing. Goes out: frozen `Rule`, `DatedValue` and `PolicyFile`, and the errors of the rulebook.
Docs: docs/reference/rules.md. Tests: tests/rulebook/test_rule.py.
"""

from dataclasses import dataclass
from datetime import date

RuleValue = int | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What a rule says from `known_from` through `known_until` (both included; None: no end known)."""

    value: RuleValue
    source: str  # a citation, or the words "program rule"
    checked_on: date
    checked_by: str
    known_from: date | None = None
    known_until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether this value stands on `day`.

        >>> DatedValue(6, "a law", date(2026, 1, 1), "nobody", known_from=date(2018, 10, 1)).stands_on(
        ...     date(2018, 9, 30)
        ... )
        False
        """
        return (self.known_from is None or self.known_from <= day) and (
            self.known_until is None or day <= self.known_until
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with all its values, in the order of their dates."""

    rule_id: str
    title: str
    unit: str
    values: tuple[DatedValue, ...]
    applies_to: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy file as it was read: every rule with every date."""

    name: str
    title: str
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, or None."""
        return next((rule for rule in self.rules if rule.rule_id == rule_id), None)


class RuleGap(LookupError):  # noqa: N818
    """No checked value of a rule stands on a date. `known_from`, `known_until`: what the file does cover."""

    def __init__(
        self, rule_id: str, *, on: date, known_from: date | None = None, known_until: date | None = None
    ) -> None:
        self.rule_id = rule_id
        self.date = on
        self.known_from = known_from
        self.known_until = known_until
        start = f"from {known_from}" if known_from else "from the beginning"
        end = f"until {known_until}" if known_until else "until today"
        covered = (
            f"it is known {start} {end}" if known_from or known_until else "the file has no value for it"
        )
        super().__init__(f"No value of rule {rule_id} is known on {on}: {covered}.")


class UnknownPolicy(LookupError):  # noqa: N818
    """A policy name that is not shipped. `shipped` lists those that are."""

    def __init__(self, name: str, *, shipped: tuple[str, ...]) -> None:
        self.name = name
        self.shipped = shipped
        super().__init__(f"There is no policy named {name!r}. Shipped policies: {', '.join(shipped)}.")


class BadPolicyFile(ValueError):  # noqa: N818
    """A policy file that cannot be read. The message names the file, the rule and what is wrong."""
