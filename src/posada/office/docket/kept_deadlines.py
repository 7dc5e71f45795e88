"""Deadlines between their rows and the core's records: what was computed is written whole and read back the same.

Comes in: rows of `Deadline`, or records of `posada.docket.deadlines`. Goes out: the other of the two.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_kept_deadlines.py.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, TextField
from django.db.models.functions import Cast

from posada.docket import deadlines as core
from posada.docket.counting import Counted, Moved
from posada.docket.practice import Practice
from posada.office.docket.models import Deadline
from posada.rulebook.legal_rule import Period

WRITTEN = (
    *("trigger_date", "day", "alternative", "standing", "rule_version", "as_of", "is_signed_off", "counted"),
    *("adjusted_by", "before", "state", "closed_on", "closed_by", "because", "entered_on"),
    *("resolutions_before", "days_needed"),
)
"""Columns that a computation or a closing may write."""
_PLAIN = (
    *("pk", "version", "group_id", "child_id", "deadline_id", "rule_id", "event_key", "occurrence"),
    *("trigger_date", "day", "alternative", "standing", "rule_version", "as_of", "is_signed_off"),
    *("state", "closed_on", "closed_by", "because", "entered_on"),
)
_TOLD = ("counted", "adjusted_by", "before", "resolutions_before")
_EMPTY = ("[]", "")


@dataclass(frozen=True, slots=True)
class KeptDeadline:
    """A row as a computation reads it: where it stands, its version, and the core's record."""

    pk: UUID
    version: int
    group_id: UUID
    child_id: UUID | None
    event_key: str
    record: core.Deadline


def kept_of(groups: Sequence[UUID]) -> Iterator[KeptDeadline]:
    """Every deadline kept for some groups, in one query, without a model for each: a program has millions."""
    texts = {f"{name}_told": Cast(F(name), TextField()) for name in _TOLD}
    rows = Deadline.objects.filter(group__in=groups).annotate(**texts)
    for row in rows.values_list(*_PLAIN, *texts):
        yield _kept(row)


def _kept(row: tuple[Any, ...]) -> KeptDeadline:
    pk, version, group, child, deadline, rule, event, occurrence, trigger, day, *rest = row
    alternative, standing, rule_version, as_of, is_signed_off, state, *rest = rest
    closed_on, closed_by, because, entered_on, counted, adjusted_by, before, earlier = rest
    computed = core.Computed(
        as_of=as_of,
        version=rule_version,
        status=standing,
        day=day,
        alternative=alternative,
        is_signed_off=is_signed_off,
        counted=_counted_told(counted) if counted else None,
        adjusted_by=() if adjusted_by in _EMPTY else tuple(json.loads(adjusted_by)),
    )
    closed = None
    if state != core.OPEN and closed_on is not None:
        closed = core.Resolution(state, closed_on, closed_by, because, entered_on or closed_on)
    record = core.Deadline(
        deadline_id=deadline,
        case_id=str(child or group),
        rule_id=rule,
        event_id=event,
        trigger_date=trigger,
        computed=computed,
        occurrence=occurrence,
        before=() if before in _EMPTY else tuple(_computed(each) for each in json.loads(before)),
        resolution=closed,
        resolutions_before=() if earlier in _EMPTY else tuple(map(_resolution, json.loads(earlier))),
    )
    return KeptDeadline(pk, version, group, child, event, record)


@lru_cache(maxsize=65_536)
def _counted_told(text: str) -> Counted | None:
    """A count as its column tells it; many children share a day, and a count of it."""
    return _counted(json.loads(text))


def record_of(row: Deadline) -> core.Deadline:
    """The core's record of a row."""
    return core.Deadline(
        deadline_id=row.deadline_id,
        case_id=str(row.child_id or row.group_id),
        rule_id=row.rule_id,
        event_id=row.event_key,
        trigger_date=row.trigger_date,
        computed=core.Computed(
            as_of=row.as_of,
            version=row.rule_version,
            status=row.standing,
            day=row.day,
            alternative=row.alternative,
            is_signed_off=row.is_signed_off,
            counted=_counted(row.counted),
            adjusted_by=tuple(row.adjusted_by),
        ),
        occurrence=row.occurrence,
        before=tuple(_computed(each) for each in row.before),
        resolution=_resolution_of(row),
        resolutions_before=tuple(_resolution(each) for each in row.resolutions_before),
    )


def values_of(record: core.Deadline, *, practice: Practice, done: Mapping[str, str]) -> dict[str, Any]:
    """Column → value of a record, of `WRITTEN`. `done`: the steps that are finished."""
    computed, closed = record.computed, record.resolution
    missing = tuple(step for step in practice.steps_before(record.rule_id) if step not in done)
    return {
        "trigger_date": computed.counted.start if computed.counted else record.trigger_date,
        "day": computed.day,
        "alternative": computed.alternative,
        "standing": computed.status,
        "rule_version": computed.version,
        "as_of": computed.as_of,
        "is_signed_off": computed.is_signed_off,
        "counted": _plain_counted(computed.counted),
        "adjusted_by": list(computed.adjusted_by),
        "before": [_plain_computed(each) for each in record.before],
        "state": record.state,
        "closed_on": closed.on if closed else None,
        "closed_by": closed.by[:160] if closed else "",
        "because": closed.because[:500] if closed else "",
        "entered_on": closed.entered_on if closed else None,
        "resolutions_before": [_plain_resolution(each) for each in record.resolutions_before],
        "days_needed": practice.working_days(missing),
    }


def _resolution_of(row: Deadline) -> core.Resolution | None:
    if row.state == core.OPEN or row.closed_on is None:
        return None
    return core.Resolution(
        row.state, row.closed_on, row.closed_by, row.because, row.entered_on or row.closed_on
    )


def _plain_resolution(resolution: core.Resolution) -> dict[str, Any]:
    return {
        "state": resolution.state,
        "on": resolution.on.isoformat(),
        "by": resolution.by,
        "because": resolution.because,
        "entered_on": resolution.entered_on.isoformat(),
    }


def _resolution(kept: Mapping[str, Any]) -> core.Resolution:
    on, entered = date.fromisoformat(kept["on"]), date.fromisoformat(kept["entered_on"])
    return core.Resolution(kept["state"], on, kept["by"], kept["because"], entered)


def _plain_computed(computed: core.Computed) -> dict[str, Any]:
    return {
        "as_of": computed.as_of.isoformat(),
        "version": computed.version,
        "status": computed.status,
        "day": computed.day.isoformat() if computed.day else None,
        "alternative": computed.alternative.isoformat() if computed.alternative else None,
        "is_signed_off": computed.is_signed_off,
        "counted": _plain_counted(computed.counted),
        "adjusted_by": list(computed.adjusted_by),
    }


def _computed(kept: Mapping[str, Any]) -> core.Computed:
    return core.Computed(
        as_of=date.fromisoformat(kept["as_of"]),
        version=kept["version"],
        status=kept["status"],
        day=_day(kept["day"]),
        alternative=_day(kept["alternative"]),
        is_signed_off=kept["is_signed_off"],
        counted=_counted(kept["counted"]),
        adjusted_by=tuple(kept["adjusted_by"]),
    )


def _plain_counted(counted: Counted | None) -> dict[str, Any] | None:
    if counted is None:
        return None
    kept: dict[str, Any] = {
        "start": counted.start.isoformat(),
        "period": [counted.period.number, counted.period.unit],
        "direction": counted.direction,
        "raw": counted.raw.isoformat(),
        "end": counted.end.isoformat(),
        "roll": counted.roll,
    }
    if counted.added_days or counted.minus_days:
        kept |= {"added_days": counted.added_days, "minus_days": counted.minus_days}
    if counted.start_at and counted.end_at:
        kept |= {"start_at": counted.start_at.isoformat(), "end_at": counted.end_at.isoformat()}
    if counted.base is not None:
        kept["base"] = _plain_counted(counted.base)
        kept["moves"] = [[each.kind, each.days, each.since.isoformat()] for each in counted.moves]
    return kept


def _counted(kept: Mapping[str, Any] | None) -> Counted | None:
    if kept is None:
        return None
    return Counted(
        start=date.fromisoformat(kept["start"]),
        period=Period(*kept["period"]),
        direction=kept["direction"],
        added_days=kept.get("added_days", 0),
        minus_days=kept.get("minus_days", 0),
        raw=date.fromisoformat(kept["raw"]),
        end=date.fromisoformat(kept["end"]),
        roll=kept["roll"],
        start_at=datetime.fromisoformat(kept["start_at"]) if "start_at" in kept else None,
        end_at=datetime.fromisoformat(kept["end_at"]) if "end_at" in kept else None,
        base=_counted(kept.get("base")),
        moves=tuple(
            Moved(kind, days, date.fromisoformat(since)) for kind, days, since in kept.get("moves", ())
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
