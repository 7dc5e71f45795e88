"""What is due to be erased on a day: records that are over, whose days have passed, and that no hold stops.

Docs: docs/explanation/retention.md. Tests: tests/retention/test_due.py.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from posada.retention.rules import Rule


@dataclass(frozen=True, slots=True)
class Over:
    """A record that is over, by its opaque id, and the day on which it was over."""

    kind: str
    id: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """A record and the first day on which it is due; `held`: a legal hold stops it."""

    kind: str
    id: str
    ended_on: date
    due_on: date
    held: bool


def due_on(
    day: date,
    over: Iterable[Over],
    *,
    rules: Mapping[str, tuple[Rule, ...]],
    held: Collection[tuple[str, str]] = (),
) -> Iterator[Due]:
    """What is due by a day, held ones marked. A kind without a rule that holds on the day is kept."""
    for each in over:
        rule = next((one for one in reversed(rules.get(each.kind, ())) if one.since <= day), None)
        if rule is None:
            continue
        first = each.ended_on + timedelta(days=rule.days)
        if first <= day:
            yield Due(each.kind, each.id, each.ended_on, first, (each.kind, each.id) in held)
