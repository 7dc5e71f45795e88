"""Items of checklists that are late, over all cases of a person: what the agenda shows beside the dates.

Comes in: the acting person, whose doors bound every row, and a counsel whose cases are looked at alone. Goes out:
one `LateCase` for each open date that is held by a checklist with late items, in four queries however many cases.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_late_items.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from posada.docket.calendar import CalendarGap
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.counsel.models import Counsel
from posada.office.day import today
from posada.office.docket.agenda import open_lines
from posada.office.intake.models import Child
from posada.office.preparation.checklists import PREPARES
from posada.office.preparation.models import ChecklistMark
from posada.preparation.checklist import Checklist, Item, shipped_checklists
from posada.preparation.readiness import LATE, lines_of

AHEAD = timedelta(days=90)
MOST_DATES = 500
"""How many open dates are looked at, the nearest first: the page says so where there are more."""

_Marks = Mapping[str, str]
_Key = tuple[Any, Any, str, Any]  # child or None, group, rule, day (set)


@dataclass(frozen=True, slots=True)
class LateCase:
    """One open date of a child and the late items of the checklist that holds it."""

    child: Child
    checklist: Checklist
    day: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LateCases:
    """Late ones by their day. `has_more`: there are more open dates than were looked at."""

    lines: tuple[LateCase, ...]
    has_more: bool


def late_cases(actor: Actor, *, counsel: Counsel | None = None) -> LateCases:
    """The late items of what the person prepares; nothing for whoever prepares no case.

    A date is held by the checklists on which somebody has said something; where there is none, by the first.
    """
    if not actor.has(*PREPARES):
        return LateCases((), has_more=False)
    on = today()
    named = {rule for each in shipped_checklists().lists for rule in each.rules}
    rows = open_lines(actor, counsel=counsel).filter(rule_id__in=named, day__lte=on + AHEAD)
    named_rows = rows.order_by("day", "pk").values_list("child_id", "group_id", "rule_id", "day")
    keys: list[_Key] = list(named_rows[: MOST_DATES + 1])
    children = _children(actor, keys[:MOST_DATES])
    marks = _marks(children)
    seen: dict[tuple[str, date, frozenset[tuple[str, str]]], tuple[Item, ...]] = {}
    lines = []
    for child, checklist, day in _held(keys[:MOST_DATES], children, marks):
        said = marks.get((child.pk, checklist.checklist_id), {})
        key = (checklist.checklist_id, day, frozenset(said.items()))
        if key not in seen:
            seen[key] = _late(checklist, day, said, on=on)
        if seen[key]:
            lines.append(LateCase(child, checklist, day, seen[key]))
    return LateCases(tuple(lines), has_more=len(keys) > MOST_DATES)


def _children(actor: Actor, keys: Iterable[_Key]) -> dict[UUID, list[Child]]:
    """Children by their own id and by that of their group: a hearing's date is a date of all of them."""
    groups = {group for _child, group, *_rest in keys}
    found: dict[UUID, list[Child]] = {}
    for child in doors.children(doors.as_legal(actor)).filter(group__in=groups).order_by("birth_date", "pk"):
        found[child.pk] = [child]
        found.setdefault(child.group_id, []).append(child)
    return found


def _marks(children: Mapping[UUID, list[Child]]) -> dict[tuple[UUID, str], dict[str, str]]:
    owners = {child.pk for same in children.values() for child in same}
    rows = ChecklistMark.objects.filter(child__in=owners, voided_at__isnull=True)
    found: dict[tuple[UUID, str], dict[str, str]] = {}
    for child, checklist, item, state in rows.values_list("child_id", "checklist_id", "item_id", "state"):
        said = found.setdefault((child, checklist), {})
        if state != ChecklistMark.State.OPEN:
            said[item] = state
    return found


def _held(
    keys: Iterable[_Key],
    children: Mapping[UUID, list[Child]],
    marks: Mapping[tuple[UUID, str], _Marks],
) -> Iterable[tuple[Child, Checklist, date]]:
    """Each checklist of a child with the nearest date that it holds."""
    taken = set()
    for owner, group, rule, day in keys:
        lists = [each for each in shipped_checklists().lists if rule in each.rules]
        for child in children.get(owner or group, ()):
            used = [each for each in lists if (child.pk, each.checklist_id) in marks] or lists[:1]
            for each in used:
                if (child.pk, each.checklist_id) not in taken:
                    taken.add((child.pk, each.checklist_id))
                    yield child, each, day


def _late(checklist: Checklist, day: date, said: _Marks, *, on: date) -> tuple[Item, ...]:
    try:
        lines = lines_of(checklist, last_day=day, today=on, marks=said)
    except CalendarGap:
        return ()
    return tuple(each.item for each in lines if each.state == LATE)
