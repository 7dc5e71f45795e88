"""What comes with a birthday: a task opens 90, 60 and 30 days before an age ends a right or begins a duty.

Comes in: deadlines. Goes out: `AheadTask`. Nothing that follows from age is stored; it is computed each time.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_ahead.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from posada.docket.deadlines import Deadline
from posada.docket.practice import Practice
from posada.rulebook.legal_rule import LegalRulebook

_AGES = ("age", "age_limit")


@dataclass(frozen=True, slots=True)
class AheadTask:
    """A day of age that comes near: `step` is the number of days before it at which the task opened."""

    deadline: Deadline
    day: date
    step: int
    opened_on: date


def ahead_tasks(
    deadlines: Iterable[Deadline], *, today: date, book: LegalRulebook, practice: Practice
) -> tuple[AheadTask, ...]:
    """The open days of age within the longest step, each with the nearest step reached; the nearest first."""
    found = []
    for deadline in deadlines:
        day = deadline.day
        if day is None or not deadline.is_open or book.rule(deadline.rule_id).kind not in _AGES:
            continue
        reached = [step for step in practice.ahead_days if day - timedelta(days=step) <= today]
        if reached:
            step = min(reached)
            found.append(AheadTask(deadline, day, step, day - timedelta(days=step)))
    return tuple(sorted(found, key=lambda task: (task.day, task.deadline.deadline_id)))


def next_birthdays(deadlines: Iterable[Deadline], *, year: int, book: LegalRulebook) -> tuple[Deadline, ...]:
    """The open days of age that fall in a year, to be listed the year before."""
    return tuple(
        each
        for each in deadlines
        if each.is_open
        and each.day is not None
        and each.day.year == year
        and book.rule(each.rule_id).kind in _AGES
    )
