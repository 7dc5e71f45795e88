"""Children who live in a home: arrival, and the end with its kind. "Happened on" and "entered on" are two days.

Comes in: an actor, a group and what happened on which day. Goes out: changed placements, check-ins and tasks.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_placed.py.
"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, void
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.docket.events import note_move
from posada.office.intake.models import SiblingGroup
from posada.office.placement import check_ins, offers
from posada.office.placement.endings import FINAL
from posada.office.placement.models import Placement
from posada.office.placement.offer_checks import standing_placements
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, Refusal


class ChangedSince(Refusal):
    """What was looked at is no longer so: somebody confirmed, moved or ended it in the meantime."""

    code = "changed_since"
    status = 409


def placements_of(group: SiblingGroup) -> list[Placement]:
    """The placements of a group's children that stand today, oldest child first."""
    rows = standing_placements().filter(
        child__group=group, to_date__isnull=True, child__voided_at__isnull=True
    )
    return list(
        rows.select_related("child", "home", "offer").order_by("child__birth_date", "child__child_id")
    )


def seen_of(placements: list[Placement]) -> str:
    """What a form carries of the placements it was made from, so that nobody changes others than were seen."""
    return ",".join(f"{each.pk.hex[:12]}.{each.version}" for each in placements)


def as_seen(group: SiblingGroup, seen: str) -> list[Placement]:
    """The standing placements, if they are as they were seen. Raises ChangedSince."""
    standing = placements_of(group)
    if not standing or seen_of(standing) != seen:
        raise ChangedSince(_("Somebody changed this in the meantime. Look again, then decide."))
    return standing


def confirm_arrival(actor: Actor, group: SiblingGroup, *, on: date, seen: str) -> list[Placement]:
    """The children came on this day. It may be before today: counts and check-ins follow the day it happened."""
    _not_ahead(on)
    with transaction.atomic():
        standing = as_seen(group, seen)
        if on < min(each.from_date for each in standing) - timedelta(days=366):
            raise FieldsRefused({"on": _("This day is more than a year before the offer.")})
        came = [_arrived(actor, each, on=on) for each in standing]
        if any(before.from_date != on for before in standing):
            days = (came[0].expected_until - on).days if came[0].expected_until else None
            check_ins.call_off(actor, group, after=date.min, reason="arrival on another day")
            check_ins.schedule(actor, group, came[0].home, start=on, days=days)
        for offer in {each.offer_id for each in standing if each.offer_id}:
            finish_cause(actor, f"arrival:{offer}", outcome="arrived")
        note_move(actor, group, on=on, evidence=f"placement {came[0].pk}")
        note_change()
    return came


def _arrived(actor: Actor, placement: Placement, *, on: date) -> Placement:
    until = placement.expected_until
    changes = {
        "from_date": on,
        "arrived_confirmed_at": timezone.now(),
        "expected_until": until + (on - placement.from_date) if until else None,
    }
    return save_change(
        placement, version=placement.version, changes=changes, actor=actor, act="placement.arrived"
    )


def did_not_arrive(actor: Actor, group: SiblingGroup, *, seen: str, reason: str) -> None:
    """The children never came: their placements are voided, and they wait for a home again."""
    with transaction.atomic():
        standing = as_seen(group, seen)
        if any(each.arrived_confirmed_at for each in standing):
            raise Refusal(_("Their arrival is confirmed already. Write down how it ended instead."))
        for each in standing:
            void(each, version=each.version, actor=actor, reason=reason)
        check_ins.call_off(actor, group, after=date.min, reason="did not arrive")
        open_task(actor, _again(group, "did_not_arrive"))
        note_change()
    offers.solve_again()


def end(
    actor: Actor,
    group: SiblingGroup,
    *,
    on: date,
    kind: str,
    seen: str,
    who: Collection[UUID] | None = None,
) -> list[Placement]:
    """The stay ended. `on`: the last day in the home; `kind`: a code of `endings.FINAL`; `who`: child ids, or all."""
    _not_ahead(on)
    if kind not in FINAL:
        raise FieldsRefused({"kind": _("Choose how it ended; “not known” is an answer too.")})
    with transaction.atomic():
        standing = as_seen(group, seen)
        ended = [
            close(actor, each, on=on, kind=kind) for each in standing if who is None or each.child_id in who
        ]
        if not ended:
            raise FieldsRefused({"who": _("Choose at least one child.")})
        if len(ended) == len(standing):
            check_ins.call_off(actor, group, after=on, reason="ended")
        if kind == "released":
            open_task(
                actor,
                Wanted(
                    "post_release_services",
                    role=Role.PLACEMENT_WORKER,
                    group=group,
                    due_on=on + timedelta(days=7),
                    once_key=f"post_release:{group.pk}:{on}",
                ),
            )
        note_change()
    return ended


def close(actor: Actor, placement: Placement, *, on: date, kind: str, reason: str = "") -> Placement:
    """End one placement on its last day. Raises FieldsRefused for a day before it began."""
    if on < placement.from_date:
        raise FieldsRefused({"on": _("This day is before the child came to the home.")})
    return save_change(
        placement,
        version=placement.version,
        changes={"to_date": on, "ending": kind},
        actor=actor,
        act=f"placement.{kind}",
        reason=reason,
    )


def _again(group: SiblingGroup, kind: str) -> Wanted:
    return Wanted(
        kind,
        role=Role.PLACEMENT_WORKER,
        group=group,
        due_on=today(),
        once_key=f"{kind}:{group.pk}:{today()}",
    )


def _not_ahead(on: date) -> None:
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})
