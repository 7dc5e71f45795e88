"""The facts of a case that rules turn on, read by name and kind; a fact of another kind is refused, not bent.

Comes in: what was recorded, as JSON can hold it. Goes out: values, `FactGap` or `BadFact`.
Docs: docs/reference/legal-rules.md. Tests: tests/docket/test_facts.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from posada.rulebook.legal_rule import FactGap, FactValue

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ZONES = ("zone", "time_zone", "timezone", "tz")
MOST_DAYS = 36_500


class BadFact(ValueError):  # noqa: N818
    """A fact that is recorded but cannot be what it should be: its name, what was found, what was wanted."""

    def __init__(self, fact: str, *, found: object, wanted: str) -> None:
        self.fact = fact
        self.found = str(found)
        self.wanted = wanted
        super().__init__(f"{fact}: found {found}; wanted {wanted}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Recorded facts, for one rule. A true-or-false fact that nobody recorded is false."""

    rule_id: str
    recorded: Mapping[str, FactValue] = field(default_factory=dict)

    def is_true(self, name: str) -> bool:
        """A true-or-false fact. Raises BadFact."""
        found = self.recorded.get(name)
        if found is None:
            return False
        if not isinstance(found, bool):
            raise BadFact(name, found=found, wanted="true or false")
        return found

    def whole_number(self, name: str, *, absent: int | None = None) -> int:
        """A whole number, not negative. Raises BadFact; FactGap if it is absent and `absent` is None."""
        found = self.recorded.get(name)
        if found is None:
            if absent is None:
                raise FactGap(self.rule_id, fact=name)
            return absent
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= MOST_DAYS:
            raise BadFact(name, found=found, wanted=f"a whole number from 0 to {MOST_DAYS:,}")
        return found

    def word(self, name: str, *, choices: tuple[str, ...]) -> str | None:
        """One of some words, or None. Raises BadFact."""
        found = self.recorded.get(name)
        if found is None or found == "":
            return None
        if found not in choices:
            raise BadFact(name, found=found, wanted=f"one of {', '.join(choices)}, or null")
        return str(found)

    def days(self, name: str, *, not_after: date) -> tuple[date, ...]:
        """A list of dates, none after a day. Raises BadFact, FactGap if it is absent."""
        found = self.recorded.get(name)
        if found is None:
            raise FactGap(self.rule_id, fact=name)
        if not isinstance(found, list):
            raise BadFact(name, found=found, wanted="a list of dates, written YYYY-MM-DD")
        days = tuple(iso_day(each, fact=name) for each in found)
        for day in days:
            if day > not_after:
                raise BadFact(name, found=day, wanted=f"dates that are not after {not_after}")
        return days

    def instant(self, name: str) -> datetime:
        """A date with its time of day. Raises BadFact, FactGap if it is absent."""
        found = self.recorded.get(name)
        if found is None:
            raise FactGap(self.rule_id, fact=f"{name} (the hour of the event)")
        wanted = "a date and time that exist, written YYYY-MM-DDTHH:MM"
        if not isinstance(found, str) or not _ISO_TIME.fullmatch(found):
            raise BadFact(name, found=found, wanted=wanted)
        try:
            return datetime.fromisoformat(found)
        except ValueError:
            raise BadFact(name, found=found, wanted=wanted) from None

    def zone(self) -> str | None:
        """The IANA name of the place's time zone, if it was recorded. Raises BadFact."""
        name = next((each for each in _ZONES if self.recorded.get(each) is not None), None)
        if name is None:
            return None
        found = self.recorded[name]
        try:
            return ZoneInfo(str(found)).key
        except (ValueError, OSError, LookupError):
            raise BadFact(name, found=found, wanted="a time zone such as America/New_York") from None


def iso_day(value: object, *, fact: str) -> date:
    """A date written YYYY-MM-DD. Raises BadFact."""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadFact(fact, found=value, wanted="a date that exists, written YYYY-MM-DD")
