"""Check-ins: put down when children come, tried, done, or a person goes.

"Tried, not reached" and "refused" are results of their own, count as not done, and set the next try; after so many
of them somebody must go there. Docs: docs/explanation/offers-and-placements.md.
Tests: tests/office/placement/test_check_ins.py.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_change
from posada.office.audit.models import Revision
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.check_in_days import days_on, months_after, schedule_from
from posada.office.placement.models import CheckIn
from posada.office.placement.placed_selectors import OUTCOMES
from posada.office.refusals import FieldsRefused, Refusal

MOST_NOTE = 5_000
NOT_DONE = (CheckIn.Outcome.NOT_REACHED, CheckIn.Outcome.REFUSED)


def schedule(
    actor: Actor, group: SiblingGroup, home: Home, *, start: date, days: int | None
) -> list[CheckIn]:
    """Put down what is due after an arrival. Call it in the transaction of the placement."""
    due = schedule_from(start, days=days, numbers=days_on(start))
    kin = home.kind == "kin"
    rows = [
        CheckIn(
            group=group, home=home, due_on=when, kind="post_release" if kin and kind[:2] == "mo" else kind
        )
        for kind, when in due
    ]
    CheckIn.objects.bulk_create(rows)
    _revise(actor, rows, act="check_in.put_down")
    append(actor, "check_in.put_down", subject=group, detail={"count": len(rows)})
    return rows


def call_off(actor: Actor, group: SiblingGroup, *, after: date, reason: str) -> int:
    """Void what was still to come, because the children live elsewhere now. Past ones stay, done or not."""
    rows = list(open_ones(group).filter(due_on__gt=after))
    now = timezone.now()
    CheckIn.objects.filter(pk__in=[each.pk for each in rows]).update(voided_at=now, voided_reason=reason)
    _revise(actor, rows, act="check_in.call_off")
    if rows:
        append(actor, "check_in.call_off", subject=group, detail={"count": len(rows)})
    return len(rows)


def open_ones(group: SiblingGroup) -> "QuerySet[CheckIn]":
    """The check-ins of a group that are not done."""
    return CheckIn.objects.filter(group=group, done_on__isnull=True, voided_at__isnull=True)


def record(
    actor: Actor,
    check_in: CheckIn,
    *,
    version: int,
    outcome: str,
    on: date,
    note: str = "",
    address_confirmed: bool = False,
) -> CheckIn:
    """Write down what came of it. `on`: the day it happened, not after today and not before it could be.

    Raises FieldsRefused, Refusal where it is done already, SomebodySavedFirst.
    """
    if outcome not in CheckIn.Outcome.values:
        raise FieldsRefused({"outcome": _("Choose what came of it.")})
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come.")})
    if check_in.done_on is not None:
        raise Refusal(_("This check-in is done already."), code="check_in_done")
    with transaction.atomic():
        if outcome in NOT_DONE:
            return _tried(actor, check_in, version=version, outcome=outcome, on=on, note=note)
        changes = {"done_on": on, "outcome": outcome, "note": note, "by_id": actor.user_id}
        done = save_change(check_in, version=version, changes=changes, actor=actor, act="check_in.done")
        _follow(actor, done, address_confirmed=address_confirmed)
    return done


def add_to_done(
    actor: Actor,
    check_in: CheckIn,
    *,
    version: int,
    outcome: str,
    on: date,
    note: str,
    address_confirmed: bool = False,
) -> CheckIn:
    """Add what a second person saw to a check-in that is done; a concern of either stays one.

    `on`: the day on which the second was there; it is added with the outcome also where there is no note.
    Raises SomebodySavedFirst; the words are never cut, FieldsRefused instead.
    """
    said = f"{on.isoformat()}: {OUTCOMES[outcome][1]}. {note}".strip()
    told = f"{check_in.note}\n\n{said}".strip()
    if len(told) > MOST_NOTE:
        raise FieldsRefused({"note": _("Both texts together are too long for one check-in.")})
    concern = CheckIn.Outcome.CONCERN
    changes = {"note": told, "outcome": concern if outcome == concern else check_in.outcome}
    with transaction.atomic():
        now = save_change(check_in, version=version, changes=changes, actor=actor, act="check_in.added")
        if address_confirmed:
            _confirm_address(actor, now.home_id, on=on)
        if now.outcome == concern and check_in.outcome != concern:
            _open_concern(actor, now, due_on=today() + timedelta(days=1))
    return now


def next_try(check_in: CheckIn) -> date | None:
    """The day on which it is tried again; None where it was not tried yet."""
    return date.fromisoformat(check_in.tries[-1]["next_on"]) if check_in.tries else None


def _tried(actor: Actor, check_in: CheckIn, *, version: int, outcome: str, on: date, note: str) -> CheckIn:
    numbers = days_on(on)
    again = on + timedelta(days=numbers.try_again_days)
    said = {
        "on": on.isoformat(),
        "outcome": outcome,
        "by": str(actor.user_id or ""),
        "next_on": again.isoformat(),
    }
    changes: dict[str, Any] = {"outcome": outcome, "tries": [*check_in.tries, said], "by_id": actor.user_id}
    if note:
        changes["note"] = note
    tried = save_change(check_in, version=version, changes=changes, actor=actor, act="check_in.tried")
    if len(tried.tries) >= numbers.tries_before_visit:
        open_task(
            actor,
            Wanted(
                "go_there",
                role=Role.PLACEMENT_WORKER,
                group=tried.group,
                home=tried.home,
                due_on=on + timedelta(days=1),
                values={"tries": len(tried.tries), "check_in": str(tried.pk)},
                once_key=f"go_there:{tried.pk}",
            ),
        )
    return tried


def _follow(actor: Actor, done: CheckIn, *, address_confirmed: bool) -> None:
    assert done.done_on is not None  # noqa: S101
    if address_confirmed:
        _confirm_address(actor, done.home_id, on=done.done_on)
    if done.outcome == CheckIn.Outcome.CONCERN:
        _open_concern(actor, done, due_on=done.done_on + timedelta(days=1))
    if days_on(done.done_on).monthly and _lives_there(done) and not open_ones(done.group).exists():
        row = CheckIn(group=done.group, home=done.home, kind="month_n", due_on=months_after(done.due_on, 1))
        if done.home.kind == "kin":
            row.kind = "post_release"
        CheckIn.objects.bulk_create([row])
        _revise(actor, [row], act="check_in.put_down")


def _confirm_address(actor: Actor, home_id: UUID, *, on: date) -> None:
    home = Home.objects.get(pk=home_id)
    if home.address_confirmed_on is not None and home.address_confirmed_on > on:
        return  # it was confirmed on a later day, which stands
    changes = {"address_confirmed_on": on}
    save_change(home, version=home.version, changes=changes, actor=actor, act="home.address_confirmed")


def _open_concern(actor: Actor, done: CheckIn, *, due_on: date) -> None:
    open_task(
        actor,
        Wanted(
            "concern",
            role=Role.PLACEMENT_WORKER,
            group=done.group,
            home=done.home,
            due_on=due_on,
            values={"check_in": str(done.pk)},
            once_key=f"concern:{done.pk}",
        ),
    )


def _lives_there(done: CheckIn) -> bool:
    from posada.office.placement.models import Placement

    return Placement.objects.filter(
        child__group_id=done.group_id, home_id=done.home_id, to_date__isnull=True, voided_at__isnull=True
    ).exists()


def _revise(actor: Actor, rows: Iterable[CheckIn], *, act: str) -> None:
    now = timezone.now()
    Revision.objects.bulk_create(
        [
            Revision(
                record_kind="placement.checkin",
                record_id=each.pk,
                version=each.version,
                at=now,
                by_id=actor.user_id,
                act=act,
                changed={"due_on": [None, each.due_on.isoformat()], "kind": [None, each.kind]},
            )
            for each in rows
        ]
    )
