"""Deadlines that are never erased: open, met (with proof), superseded (by an event), excused (by whom, why).

Comes in: what was computed. Goes out: frozen `Deadline`; a change gives a new record with the old dates.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_deadlines.py.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from posada.docket.counting import Counted
from posada.docket.events import NotEnoughRecorded

OPEN, MET, SUPERSEDED, EXCUSED = "open", "met", "superseded", "excused"


class DeadlineClosed(ValueError):  # noqa: N818
    """A deadline that was closed in another way already; it is not closed twice."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a rule said about a deadline on one day: the date, its standing, the version, the way to it."""

    as_of: date
    version: str
    status: str
    day: date | None
    alternative: date | None = None
    is_signed_off: bool = False
    counted: Counted | None = None
    adjusted_by: tuple[str, ...] = ()

    def says_the_same(self, other: "Computed") -> bool:
        """Whether two computations differ in nothing but the day on which they were made."""
        return (
            self.day == other.day
            and self.status == other.status
            and self.version == other.version
            and self.alternative == other.alternative
            and self.is_signed_off == other.is_signed_off
            and self.adjusted_by == other.adjusted_by
            and (self.counted is other.counted or self.counted == other.counted)
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a deadline was closed. `on` is the day of the act; `entered_on` the day of the entry."""

    state: str
    on: date
    by: str
    because: str  # the proof, the event that superseded it, or the reason
    entered_on: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date of one case under one rule, with everything that it was before."""

    deadline_id: str
    case_id: str
    rule_id: str
    event_id: str
    trigger_date: date
    computed: Computed
    occurrence: int = 1
    before: tuple[Computed, ...] = ()
    resolution: Resolution | None = None
    resolutions_before: tuple[Resolution, ...] = ()  # of a deadline that was closed, and stands again

    @property
    def day(self) -> date | None:
        """The last day to act; None where a rule sets none."""
        return self.computed.day

    @property
    def state(self) -> str:
        """`open`, `met`, `superseded` or `excused`."""
        return self.resolution.state if self.resolution else OPEN

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.resolution is None

    @property
    def was_late(self) -> bool:
        """Whether it was met after its last day."""
        met = self.resolution is not None and self.resolution.state == MET
        return met and self.day is not None and self.resolution is not None and self.resolution.on > self.day


def deadline_id(case_id: str, rule_id: str, event_id: str, *, occurrence: int = 1) -> str:
    """The same id for the same case, rule, event and occurrence, for ever; it tells nothing about them.

    >>> deadline_id("c1", "eoir.bia_appeal", "e1") == deadline_id("c1", "eoir.bia_appeal", "e1")
    True
    """
    parts = "\x1f".join((case_id, rule_id, event_id, str(occurrence)))
    return hashlib.sha256(parts.encode()).hexdigest()[:24]


def recomputed(deadline: Deadline, computed: Computed) -> Deadline:
    """The deadline with a new computation; the old one is kept. Unchanged if closed or the same."""
    if not deadline.is_open or deadline.computed.says_the_same(computed):
        return deadline
    return replace(deadline, computed=computed, before=(*deadline.before, deadline.computed))


def meet(deadline: Deadline, *, on: date, proof: str, by: str, entered_on: date) -> Deadline:
    """Record that it was done, in time or late: an act done late is never refused (decision D-6).

    Raises NotEnoughRecorded without a proof or a name, or for a day to come; DeadlineClosed.
    """
    if not proof.strip():
        raise NotEnoughRecorded(
            "A deadline is met with its proof: a receipt, a stamped copy, a portal entry."
        )
    if on > entered_on:
        raise NotEnoughRecorded("An act of a day to come cannot be recorded as done.")
    return _closed(deadline, Resolution(MET, on, by, proof, entered_on))


def excuse(deadline: Deadline, *, on: date, by: str, why: str, entered_on: date) -> Deadline:
    """Record that it need not be kept: who says so, and why. Raises NotEnoughRecorded, DeadlineClosed."""
    if not why.strip():
        raise NotEnoughRecorded("A deadline is excused for a reason.")
    return _closed(deadline, Resolution(EXCUSED, on, by, why, entered_on))


def supersede(deadline: Deadline, *, by_event: str, on: date, by: str, entered_on: date) -> Deadline:
    """Record that an event took its place. Raises NotEnoughRecorded, DeadlineClosed."""
    if not by_event.strip():
        raise NotEnoughRecorded("A deadline is superseded by an event.")
    return _closed(deadline, Resolution(SUPERSEDED, on, by, by_event, entered_on))


def stands_again(deadline: Deadline) -> Deadline:
    """A superseded deadline open again, since what superseded it was a mistake; the closing is kept."""
    if deadline.resolution is None or deadline.resolution.state != SUPERSEDED:
        return deadline
    kept = (*deadline.resolutions_before, deadline.resolution)
    return replace(deadline, resolution=None, resolutions_before=kept)


def _closed(deadline: Deadline, resolution: Resolution) -> Deadline:
    if not resolution.by.strip():
        raise NotEnoughRecorded("It needs the name of who records it.")
    held = deadline.resolution
    if held is None:
        return replace(deadline, resolution=resolution)
    if replace(held, entered_on=resolution.entered_on) == resolution:
        return deadline  # the same act saved again
    raise DeadlineClosed(f"This deadline is {held.state} since {held.on}; it is not closed a second time.")
