"""What happened in a case, and what counsel recorded about it: events, facts and adjustments, with evidence.

Comes in: nothing. Goes out: frozen records. Nothing is edited: a correction is a new record of its own.
Docs: docs/reference/legal-rules.md. Tests: tests/docket/test_events.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from posada.rulebook.legal_rule import FactValue

TOLLING, ADDITION, EXTENSION, ORDER, GRACE = "tolling", "addition", "extension", "order", "grace"
ADJUSTMENTS = (TOLLING, ADDITION, EXTENSION, ORDER, GRACE)


class NotEnoughRecorded(ValueError):  # noqa: N818
    """A record that lacks what makes it one: who, why, on what evidence, or from when until when."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened on a day and starts clocks. `name` is the trigger of the rules it starts.

    Where the day is estimated or disputed, `earliest` is the first that it may have been: it is counted from.
    """

    event_id: str
    case_id: str
    name: str
    on: date
    recorded_on: date
    recorded_by: str
    evidence: str = ""
    earliest: date | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    rules: tuple[str, ...] = ()  # only these rules; empty: every rule that the event triggers
    replaces: str | None = None  # the event that this one corrects or reschedules
    void_reason: str = ""  # entered by mistake: stays in the history, starts nothing

    @property
    def is_live(self) -> bool:
        """Whether the event starts clocks."""
        return not self.void_reason

    @property
    def counts_from(self) -> date:
        """The day that is day 0: the earliest that it may have been."""
        return self.on if self.earliest is None else min(self.on, self.earliest)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What moves one deadline, recorded by counsel with its authority and evidence.

    `tolling`: the clock stood still from `start` through `end`. `addition`: `days` for mail or service.
    `extension`: `days` more, from the raw or the rolled date as the rule says. `order`: a judge or a printed
    schedule set `end`, which governs. `grace`: the office was closed, and `end` is the last day.
    """

    adjustment_id: str
    case_id: str
    rule_id: str
    event_id: str
    kind: str
    authority: str
    evidence: str
    recorded_by: str
    recorded_on: date
    days: int = 0
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        for name in ("authority", "evidence", "recorded_by"):
            if not getattr(self, name).strip():
                raise NotEnoughRecorded(f"An adjustment needs its {name.replace('_', ' ')}.")
        if self.kind not in ADJUSTMENTS:
            raise NotEnoughRecorded(f"An adjustment is one of {', '.join(ADJUSTMENTS)}, not {self.kind}.")
        if self.kind == TOLLING and (self.start is None or self.end is None or self.end < self.start):
            raise NotEnoughRecorded(
                "A clock that stood still needs its first and its last day, in this order."
            )
        if self.kind in (ADDITION, EXTENSION) and self.days < 1:
            raise NotEnoughRecorded(f"An {self.kind} needs at least one day.")
        if self.kind in (ORDER, GRACE) and self.end is None:
            raise NotEnoughRecorded("It needs the day that was set.")

    @property
    def stopped_days(self) -> int:
        """Days on which the clock stood still, the first and the last included."""
        if self.kind != TOLLING or self.start is None or self.end is None:
            return 0
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class CaseFile:
    """Everything recorded about one case that its dates turn on."""

    case_id: str
    events: tuple[CaseEvent, ...] = ()
    facts: Mapping[str, FactValue] = field(default_factory=dict)  # of the case as a whole
    adjustments: tuple[Adjustment, ...] = ()

    def replaced_by(self, event_id: str) -> CaseEvent | None:
        """The event that took the place of another, if there is one."""
        return self._successors.get(event_id)

    def event(self, event_id: str) -> CaseEvent | None:
        """The event with this id, or None."""
        return self._by_id.get(event_id)

    @cached_property
    def _successors(self) -> dict[str, CaseEvent]:
        live = [each for each in self.events if each.replaces is not None and each.is_live]
        return {each.replaces: each for each in reversed(live) if each.replaces is not None}

    @cached_property
    def _by_id(self) -> dict[str, CaseEvent]:
        return {each.event_id: each for each in reversed(self.events)}
