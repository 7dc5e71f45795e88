"""The program's own practice: office targets, how long each step takes, what must come before a deadline.

Comes in: practice.toml. Goes out: `Practice`. None of it is law.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_practice.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from posada.docket.calendar import business_days_from

_FILING = ("filing", "service")


@dataclass(frozen=True, slots=True)
class Practice:
    """Numbers that a program sets for itself; days are calendar days unless they say otherwise."""

    source: str
    office_target_business_days: int
    in_absentia_watch_days: int
    court_line_check_days: int
    hours_of_court: tuple[int, int]  # the first and the last at which a hearing may begin
    ahead_days: tuple[int, ...]  # the longest first
    reminder_days: tuple[int, ...]
    order_before_petition_days: int
    steps: Mapping[str, int]  # working days that each step takes
    needs: Mapping[str, tuple[str, ...]]  # rule id -> steps that must come first

    def steps_before(self, rule_id: str) -> tuple[str, ...]:
        """The steps that must come before a rule's deadline.

        >>> shipped_practice().steps_before("eoir.master_filing")
        ('filing', 'service')
        """
        return self.needs.get(rule_id, _FILING)

    def working_days(self, steps: tuple[str, ...]) -> int:
        """Working days that some steps take, one after another."""
        return sum(self.steps[step] for step in steps)

    def office_target(self, limit: date) -> date:
        """The day the office aims at: at least so many business days before the limit.

        >>> shipped_practice().office_target(date(2026, 7, 6))
        datetime.date(2026, 7, 1)
        """
        return business_days_from(limit, count=-self.office_target_business_days)


@lru_cache
def shipped_practice() -> Practice:
    """The practice that comes with Posada. Raises KeyError if a step has no length."""
    file = resources.files("posada.docket").joinpath("practice.toml")
    return parse_practice(file.read_text(encoding="utf-8"))


def parse_practice(text: str) -> Practice:
    """TOML text to a `Practice`. Raises KeyError if a number is missing or a needed step has no length."""
    table = tomllib.loads(text)
    steps = {name: int(days) for name, days in table["steps"].items()}
    needs = {rule_id: tuple(names) for rule_id, names in table["needs"].items()}
    for names in needs.values():
        for name in names:
            steps[name]
    return Practice(
        source=table["source"],
        office_target_business_days=table["office_target_business_days"],
        in_absentia_watch_days=table["in_absentia_watch_days"],
        court_line_check_days=table["court_line_check_days"],
        hours_of_court=(table["hours_of_court"][0], table["hours_of_court"][1]),
        ahead_days=tuple(sorted(table["ahead_days"], reverse=True)),
        reminder_days=tuple(table["reminder_days"]),
        order_before_petition_days=table["order_before_petition_days"],
        steps=steps,
        needs=needs,
    )
