"""The months before the day of a demonstration: groups that live in their homes, and counsel who act for them.

Without a past every public figure would be hidden, since hardly a child would live in a home. Comes in: the plan of
the demonstration. Goes out: a part of it as if it had been carried out in the months before. A small program has no
past: its figures are hidden in any case, and its children are left for whoever tries the office out.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_demonstration_past.py.
"""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from posada.office.access.actor import machine
from posada.office.audit.chain import append
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.intake.models import Child, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement
from posada.office.program import note_change
from posada.records import GroupPlan, Plan

LEAST_CHILDREN = 500
PART = 0.55
"""The part of the plan that has been carried out."""
DAYS_TO_HOME, DAYS_TO_COUNSEL = (18, 62), (3, 40)


@dataclass(frozen=True, slots=True)
class _Step:
    """A group of the plan with the day on which it came to its home."""

    planned: GroupPlan
    on: date


def live_in_homes(plan: Plan, *, free: Collection[str], seed: int) -> int:
    """Carry out a part of the plan in the past; homes in `free` stay as they are. Returns how many groups."""
    if sum(len(each.children) for each in plan.groups) < LEAST_CHILDREN:
        return 0
    chance = random.Random(seed)  # noqa: S311  days, not secrets
    steps = list(_steps(plan, free=free, chance=chance))
    _place(steps)
    _engage(steps, chance)
    append(machine("posada demo"), "demonstration.past", detail={"groups": len(steps)})
    note_change()
    return len(steps)


def _steps(plan: Plan, *, free: Collection[str], chance: random.Random) -> Iterator[_Step]:
    arrived = dict(Child.objects.values_list("child_id", "arrived_on"))
    placed = set(Placement.objects.values_list("child__child_id", flat=True))
    opened = dict(Home.objects.values_list("home_id", "license_from"))
    for each in sorted(plan.groups, key=lambda group: group.sibling_group_id):
        days = [arrived.get(child) for child in each.children]
        came, drawn = [day for day in days if day], (chance.random(), chance.randint(*DAYS_TO_HOME))
        is_whole = came and len(came) == len(days) and not placed.intersection(each.children)
        if drawn[0] > PART or not is_whole or each.license_exception or each.home_id in free:
            continue
        on = max(came) + timedelta(days=drawn[1])
        if on < today() and (opened.get(each.home_id) or on) <= on:
            yield _Step(each, on)


def _place(steps: list[_Step]) -> None:
    children = dict(Child.objects.values_list("child_id", "pk"))
    homes = dict(Home.objects.values_list("home_id", "pk"))
    rows = [
        Placement(child_id=children[child], home_id=homes[step.planned.home_id], from_date=step.on)
        for step in steps
        for child in step.planned.children
    ]
    Placement.objects.bulk_create(rows, batch_size=500)


def _engage(steps: list[_Step], chance: random.Random) -> None:
    """Counsel as the plan has it; each takes one of the slots that were open."""
    groups = dict(SiblingGroup.objects.values_list("sibling_group_id", "pk"))
    counsel = dict(Counsel.objects.values_list("counsel_id", "pk"))
    taken = set(Engagement.objects.values_list("group_id", flat=True))
    rows = []
    for step in steps:
        group, named = groups[step.planned.sibling_group_id], step.planned.counsel_id
        if named is None or group in taken:
            continue
        on = min(step.on + timedelta(days=chance.randint(*DAYS_TO_COUNSEL)), today())
        rows.append(Engagement(counsel_id=counsel[named], group_id=group, from_date=on))
    Engagement.objects.bulk_create(rows, batch_size=500)
    for row in rows:
        Counsel.objects.filter(pk=row.counsel_id, open_slots__gt=0).update(open_slots=F("open_slots") - 1)
