"""A counsel leaves: nothing they hold is left to nobody.

Deactivation is refused until every engagement, task, deadline and mentee has a new owner or stands in the
coordinator's queue. What stands in the queue is owned: a group there has a task that names it.
Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_leaving.py.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, void
from posada.office.counsel.engagements import (
    ConflictOfInterest,
    HasCounsel,
    NewEngagement,
    NoOpenSlot,
    ask_for_counsel,
    end_engagement,
    engage,
    void_engagement,
)
from posada.office.counsel.models import Counsel, Cover, Engagement
from posada.office.counsel.rechecks import check, standing_engagements
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.desk.tasks import finish
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere, Refusal

COVER_GONE = "The counsel who stands in leaves."


class StillHolds(Refusal):
    """Something would be left to nobody."""

    code = "still_holds"
    status = 409


@dataclass(frozen=True, slots=True)
class Held:
    """What a counsel holds, in counts. Deadlines of a case go with its engagement and its tasks."""

    engagements: int
    tasks: int
    mentees: int
    covers: int

    @property
    def total(self) -> int:
        """Everything."""
        return self.engagements + self.tasks + self.mentees + self.covers


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the engagements: taken by the new counsel, or put into the coordinator's queue."""

    taken: int
    queued: int


def held_by(counsel: Counsel) -> Held:
    """What has to have a new owner before the counsel can be deactivated."""
    return Held(
        engagements=standing_engagements().filter(counsel=counsel).count(),
        tasks=_tasks(counsel).count(),
        mentees=counsel.mentees.filter(is_active=True, voided_at__isnull=True).count(),
        covers=_covers(counsel).count(),
    )


def hand_over(actor: Actor, counsel: Counsel, *, to: Counsel | None, words: str) -> HandedOver:
    """Hand everything a counsel holds to another, or to the coordinator's queue (`to` None), in one transaction.

    An engagement that the other cannot take (no slot, a conflict) goes into the queue. Raises NotThere, Refusal.
    """
    _needs_desk(actor, counsel)
    if to is not None and (to.pk == counsel.pk or not to.is_active):
        raise FieldsRefused({"to": _("Choose another counsel who is active.")})
    if len(words.strip()) < 5:
        raise FieldsRefused({"words": _("Say in a few words why.")})
    taken = queued = 0
    with transaction.atomic():
        for engagement in standing_engagements().filter(counsel=counsel).select_related("group", "counsel"):
            _end(actor, engagement, words=words)
            if to is not None and _takes(actor, to, engagement):
                taken += 1
            else:
                queued += 1
        _give_tasks(actor, counsel, to)
        for mentee in counsel.mentees.filter(voided_at__isnull=True):
            mentor = to.pk if to is not None and to.pk != mentee.pk else None
            save_change(
                mentee,
                version=mentee.version,
                changes={"mentor_id": mentor},
                actor=actor,
                act="counsel.mentor",
            )
        for cover in _covers(counsel):
            _cut_short(actor, cover)
    return HandedOver(taken, queued)


def _end(actor: Actor, engagement: Engagement, *, words: str) -> None:
    if engagement.from_date > today():  # it never began, so there is no end to record
        void_engagement(actor, engagement, version=engagement.version, reason=words)
        ask_for_counsel(actor, engagement.group, cause=f"ended:{engagement.pk}")
        return
    end_engagement(
        actor, engagement, version=engagement.version, until=today(), kind="counsel_left", words=words
    )


def _takes(actor: Actor, to: Counsel, ended: Engagement) -> bool:
    """Whether the other counsel could take it; a failed try leaves nothing behind."""
    try:
        with transaction.atomic():
            shown = check(actor, to, ended.group)
            if shown.hits:
                return False
            begins = max(today(), ended.from_date)
            new = NewEngagement(to, ended.group, shown, ended.scope, begins, ended.expected_until)
            engage(actor, new)
            for task in Task.objects.filter(once_key=f"find_counsel:ended:{ended.pk}", done_at__isnull=True):
                finish(actor, task, version=task.version, outcome="handed over")
    except (NoOpenSlot, ConflictOfInterest, HasCounsel, FieldsRefused):
        return False
    return True


def _give_tasks(actor: Actor, counsel: Counsel, to: Counsel | None) -> None:
    for task in _tasks(counsel):
        takes = to is not None and to.user_id is not None
        changes = {
            "owner_id": to.user_id if to is not None and takes else None,
            "role": Role.ATTORNEY if takes else Role.LEGAL_COORDINATOR,
            "counsel_id": to.pk if to is not None and takes else None,
            "acknowledged_at": None,
        }
        save_change(task, version=task.version, changes=changes, actor=actor, act="task.give")


def _cut_short(actor: Actor, cover: Cover) -> None:
    """End a cover yesterday; one that has not begun before today is taken back."""
    if cover.from_date >= today():
        void(cover, version=cover.version, actor=actor, reason=COVER_GONE)
        return
    changes = {"to_date": today() - timedelta(days=1)}
    save_change(cover, version=cover.version, changes=changes, actor=actor, act="cover.end")


def deactivate(actor: Actor, counsel: Counsel, *, version: int, reason: str) -> Counsel:
    """Take a counsel out of the desk's lists and of plans. Raises StillHolds while anything is theirs."""
    _needs_desk(actor, counsel)
    if len(reason.strip()) < 5:
        raise FieldsRefused({"reason": _("Say in a few words why.")})
    with transaction.atomic():
        held = held_by(counsel)
        if held.total:
            raise StillHolds(
                _(
                    "Not yet: %(engagements)s engagements, %(tasks)s tasks, %(mentees)s mentees and %(covers)s "
                    "covers are still theirs. Hand them over first."
                )
                % {
                    "engagements": held.engagements,
                    "tasks": held.tasks,
                    "mentees": held.mentees,
                    "covers": held.covers,
                }
            )
        changes = {"is_active": False, "open_slots": 0}
        gone = save_change(
            counsel, version=version, changes=changes, actor=actor, act="counsel.deactivate", reason=reason
        )
        note_change()
    return gone


def unowned() -> int:
    """How many engagements and tasks are nobody's; always 0, or something went round this desk."""
    off = Q(counsel__is_active=False) | Q(counsel__voided_at__isnull=False)
    open_tasks = Task.objects.filter(done_at__isnull=True, voided_at__isnull=True)
    return (
        standing_engagements().filter(off).count()
        + open_tasks.filter(Q(owner__is_active=False) | (off & Q(role=Role.ATTORNEY))).count()
    )


def _tasks(counsel: Counsel) -> QuerySet[Task]:
    theirs = Q(counsel=counsel, role=Role.ATTORNEY)
    if counsel.user_id is not None:
        theirs |= Q(owner_id=counsel.user_id)
    return Task.objects.filter(theirs, done_at__isnull=True, voided_at__isnull=True)


def _covers(counsel: Counsel) -> QuerySet[Cover]:
    return Cover.objects.filter(covered_by=counsel, to_date__gte=today(), voided_at__isnull=True)


def _needs_desk(actor: Actor, counsel: Counsel) -> None:
    if not actor.has(Role.LEGAL_COORDINATOR):
        raise NotThere
    doors.one(doors.counsel(actor), counsel.pk)
