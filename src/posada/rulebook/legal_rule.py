"""A legal rule as dated data: when it applied, what was known when, its citation, and who confirmed it.

Comes in: nothing. Goes out: frozen `LegalRule`, `RuleVersion`, `Period`, `LegalRulebook`, and the named gaps.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_legal_rule.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

KINDS = (
    *("deadline_after", "deadline_before", "window_opens", "age", "age_limit", "date", "agency_clock"),
    *("no_deadline", "capacity", "predicate", "status", "fee", "calendar", "computation"),
)
UNITS = ("calendar_days", "business_days", "months", "years", "hours")
ROLLS = ("next_business_day", "previous_business_day", "none")
STATUSES = ("in_force", "uncertain", "enjoined", "vacated", "rescinded")
CONFIDENCES = ("verified_in_stored_text", "recalled")
TRIGGER_DATE, AS_OF_DATE = "trigger_date", "as_of_date"

FactValue = bool | int | float | str | None | list[object] | dict[str, object]
"""What a recorded fact may hold: anything that JSON can."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the rule states it: 180 days are never six months."""

    number: int
    unit: str  # one of UNITS


@dataclass(frozen=True, slots=True)
class Holiday:
    """One legal public holiday as the statute names it; checked against the calendar that is used."""

    name: str
    day: str  # "06-19", or "3rd Monday January"
    from_year: int | None = None
    from_date: date | None = None


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What a rule says while its bounds hold. All bounds are inclusive; None is open, or not found."""

    rule_id: str
    number: int  # 1 is the first listed
    status: str
    known: date  # the newest day on which it was checked against a stored text
    confidence: str
    checked_by: str
    applies_by: str = TRIGGER_DATE
    effective_from: date | None = None
    effective_to: date | None = None
    known_from: date | None = None
    known_to: date | None = None
    period: Period | None = None
    minus_days: int = 0
    roll: str = "none"
    amount: int | None = None  # whole US dollars
    waivable: bool | None = None
    operative_alternative: Period | None = None
    signed_off_by: str | None = None
    signed_off_on: date | None = None

    @property
    def is_signed_off(self) -> bool:
        """Whether counsel has put a name to this version."""
        return self.signed_off_by is not None

    @property
    def name(self) -> str:
        """What an audit or a deadline calls this version, such as `eoir.bia_appeal#2`."""
        return f"{self.rule_id}#{self.number}"


@dataclass(frozen=True, slots=True)
class LegalRule:
    """One rule with every version, in the order of the file: where several hold, the last one wins."""

    rule_id: str
    title: str
    kind: str
    authority: tuple[str, ...]
    versions: tuple[RuleVersion, ...]
    trigger: str = ""
    trigger_note: str = ""
    decided_by: str = ""  # the name of the decision, where the answer is more than a date
    adds_days_of: str = ""  # the fact that holds days which are added (a clock that stopped)
    recurs: bool = False
    starts_from: str = "raw"  # from which date of another deadline it starts: "raw" or "rolled"
    follows: str = ""  # the rule whose length this one has
    stays_removal_on: str = ""  # the event that stays removal by itself
    roll: str = ""  # of a computation, which has no period
    limits: Mapping[str, int] = field(default_factory=dict)
    predicate_words: tuple[str, ...] = ()
    status_words: Mapping[str, str] = field(default_factory=dict)
    decision_order: str = ""
    exceptions: tuple[str, ...] = ()
    tolling: tuple[str, ...] = ()
    effect: str = ""
    consequence: str = ""
    area: tuple[str, ...] = ()
    observed: Mapping[str, str] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()
    notes: str = ""
    source: str = ""

    @property
    def citation(self) -> str:
        """The authorities in one line."""
        return "; ".join(self.authority)


@dataclass(frozen=True)
class LegalRulebook:
    """Every legal rule by its id."""

    rules: Mapping[str, LegalRule]

    @cached_property
    def by_trigger(self) -> Mapping[str, tuple[LegalRule, ...]]:
        """The rules that each event starts, in the order of their ids."""
        found: dict[str, list[LegalRule]] = {}
        for rule_id in sorted(self.rules):
            found.setdefault(self.rules[rule_id].trigger, []).append(self.rules[rule_id])
        return {trigger: tuple(rules) for trigger, rules in found.items()}

    def rule(self, rule_id: str) -> LegalRule:
        """The rule with this id. Raises UnknownRule."""
        found = self.rules.get(rule_id)
        if found is None:
            raise UnknownRule(rule_id)
        return found


class UnknownRule(LookupError):  # noqa: N818
    """A rule id that the rulebook does not have."""

    def __init__(self, rule_id: str) -> None:
        self.rule_id = rule_id
        super().__init__(f"There is no rule {rule_id!r}; posada rules list names those that there are.")


class FactGap(LookupError):  # noqa: N818
    """A fact that a rule turns on and that nobody recorded. `fact` is its name."""

    def __init__(self, rule_id: str, *, fact: str) -> None:
        self.rule_id = rule_id
        self.fact = fact
        super().__init__(f"Rule {rule_id} cannot be answered: {fact} is not known.")


class BadRuleFile(ValueError):  # noqa: N818
    """A file of legal rules that cannot be read. The message names the file, the rule and what is wrong."""
