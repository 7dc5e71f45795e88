"""What ends in 90, 60 and 30 days: an offer's length, a license, a childhood. Each opens a task in time.

A stay that was offered for 90 days is not told of on its first day: only steps that are shorter than it count.

Comes in: a day. Goes out: tasks, each once; running it again the same day opens nothing.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_looking_ahead.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F

from posada.office.access.actor import Actor, machine
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_many
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.placement.check_in_days import days_on
from posada.office.placement.offer_checks import standing_placements
from posada.records.people import birthday, born_by

MAJORITY = 18


def open_tasks_ahead(day: date | None = None, *, actor: Actor | None = None) -> int:
    """Open the tasks of what ends soon after a day (today if None). Returns how many are new."""
    on = day or today()
    steps = sorted(days_on(on).ahead_days)
    wanted = [*_lengths(on, steps), *_licenses(on, steps), *_birthdays(on, steps)]
    return open_many(actor or machine("what ends soon"), wanted)


def step_of(end: date, *, on: date, steps: list[int]) -> int | None:
    """The smallest number of days ahead that has been reached: 25 days before the end it is 30; 100 before, none."""
    left = (end - on).days
    return next((step for step in steps if left <= step), None)


def _lengths(on: date, steps: list[int]) -> Iterator[Wanted]:
    rows = standing_placements().filter(
        expected_until__isnull=False, expected_until__lte=on + timedelta(days=steps[-1]), to_date__isnull=True
    )
    seen = set()
    for each in rows.select_related("child__group", "home").order_by("pk"):
        group = each.child.group
        assert each.expected_until is not None  # noqa: S101
        length = (each.expected_until - each.from_date).days
        step = step_of(each.expected_until, on=on, steps=[step for step in steps if step < length])
        key = f"length:{group.pk}:{each.expected_until}:{step}"
        if step is not None and key not in seen:
            seen.add(key)
            yield Wanted(
                "length_ends",
                role=Role.PLACEMENT_WORKER,
                group=group,
                home=each.home,
                due_on=each.expected_until,
                values={"ends_on": each.expected_until.isoformat(), "days": step},
                once_key=key,
            )


def _licenses(on: date, steps: list[int]) -> Iterator[Wanted]:
    lived_in = standing_placements().values("home_id")
    homes = Home.objects.filter(
        pk__in=lived_in, license_to__isnull=False, license_to__lte=on + timedelta(days=steps[-1])
    )
    for home in homes.filter(voided_at__isnull=True):
        assert home.license_to is not None  # noqa: S101
        step = step_of(home.license_to, on=on, steps=steps)
        if step is not None:
            yield Wanted(
                "license_ends",
                role=Role.LICENSING_WORKER,
                home=home,
                due_on=home.license_to,
                values={"ends_on": home.license_to.isoformat(), "days": step},
                once_key=f"license:{home.pk}:{home.license_to}:{step}",
            )


def _birthdays(on: date, steps: list[int]) -> Iterator[Wanted]:
    """18th birthdays by the earliest date that is possible; the child's own stays with the file."""
    before = born_by(on - timedelta(days=1), years=MAJORITY)
    last = born_by(on + timedelta(days=steps[-1]), years=MAJORITY)
    children = Child.objects.filter(
        birth_date__gt=before,
        birth_date__lte=last,
        voided_at__isnull=True,
        merged_into__isnull=True,
        pk__in=standing_placements().values("child_id"),
    )
    for child in children.select_related("group").annotate(born=F("birth_date")):
        turns = birthday(child.birth_date, years=MAJORITY)
        step = step_of(turns, on=on, steps=steps)
        if step is not None and turns >= on:
            yield Wanted(
                "turns_18",
                role=Role.PLACEMENT_WORKER,
                group=child.group,
                due_on=turns,
                values={"ends_on": turns.isoformat(), "days": step},
                once_key=f"turns_18:{child.pk}:{turns}:{step}",
            )
