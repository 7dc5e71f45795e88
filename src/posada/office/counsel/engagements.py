"""Engagements: begun after a conflict check, within the caseload, ended with a reason.

Comes in: the acting person and records from doors. Goes out: kept engagements; the counsel's open slots follow by
compare-and-set, so that two desks at once never give the last slot twice.
Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_engagements.py.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new, void
from posada.office.counsel.models import ConflictCheck, Counsel, Engagement
from posada.office.counsel.rechecks import check, known_hits
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.intake.models import Hearing, SiblingGroup
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere, Refusal

TAKES_A_SLOT = frozenset({Engagement.Scope.FULL, Engagement.Scope.LIMITED})
END_KINDS = {
    "case_closed": _("The case is closed"),
    "scope_done": _("What was agreed is done"),
    "client_asked": _("The client asked for it"),
    "counsel_left": _("The counsel leaves or is ill"),
    "conflict": _("A conflict of interest"),
    "moved": _("The children moved to another court"),
    "other": _("Another reason"),
}
NEEDS_NOBODY_NEW = frozenset({"case_closed", "scope_done"})


class NoOpenSlot(Refusal):
    """The counsel has taken on as many groups as they offered."""

    code = "no_open_slot"
    status = 409


class ConflictOfInterest(Refusal):
    """A hit that nobody can clear, or that nobody has cleared, or that is newer than the check that was shown."""

    code = "conflict_of_interest"


class HasCounsel(Refusal):
    """Another counsel acts for the group in full."""

    code = "has_counsel"
    status = 409


@dataclass(frozen=True, slots=True)
class NewEngagement:
    """What was decided. `shown`: the check whose hits the person saw; `cleared_reason`: why its hits are none."""

    counsel: Counsel
    group: SiblingGroup
    shown: ConflictCheck
    scope: str
    from_date: date
    expected_until: date | None = None
    cleared_reason: str = ""


def run_check(actor: Actor, counsel: Counsel, group: SiblingGroup) -> ConflictCheck:
    """The conflict check that comes before an engagement. Raises NotThere."""
    _needs_desk(actor, counsel, group)
    return check(actor, counsel, group)


def engage(actor: Actor, new: NewEngagement) -> Engagement:
    """Begin an engagement. Raises ConflictOfInterest, NoOpenSlot, HasCounsel, FieldsRefused, NotThere.

    The check runs again in the same transaction: a hit that the person has not seen stops it.
    """
    _needs_desk(actor, new.counsel, new.group)
    _can_act(new)
    try:
        with transaction.atomic():
            checked = _cleared(actor, new)
            if new.scope in TAKES_A_SLOT:
                _move_slot(actor, new.counsel, by=-1)
            engagement = Engagement(
                counsel=new.counsel,
                group=new.group,
                scope=new.scope,
                from_date=new.from_date,
                expected_until=new.expected_until,
                conflict_check=checked,
            )
            saved = save_new(engagement, actor=actor, act="engagement.begin")
            note_change()
            return saved
    except IntegrityError:
        raise HasCounsel(
            _("Another counsel acts for this group in full. End that engagement first.")
        ) from None


def _can_act(new: NewEngagement) -> None:
    faults = {}
    if new.scope not in Engagement.Scope.values:
        faults["scope"] = _("Choose how much the counsel takes on.")
    if not new.counsel.is_active:
        faults["__all__"] = _("This counsel is not active.")
    if new.counsel.malpractice_until and new.counsel.malpractice_until < new.from_date:
        faults["from_date"] = _("The malpractice cover has run out by then.")
    if new.counsel.available_from and new.counsel.available_from > new.from_date:
        faults["from_date"] = _("The counsel is not available on that day yet.")
    if new.expected_until and new.expected_until <= new.from_date:
        faults["expected_until"] = _("This day has to come after the beginning.")
    if faults:
        raise FieldsRefused(faults)


def _cleared(actor: Actor, new: NewEngagement) -> ConflictCheck:
    if (new.shown.counsel_id, new.shown.group_id) != (new.counsel.pk, new.group.pk):
        raise NotThere
    now = check(actor, new.counsel, new.group)
    seen = {hit["key"] for hit in new.shown.hits}
    if any(hit["bars"] for hit in now.hits):
        raise ConflictOfInterest(
            _("A recorded separation stands against this counsel. Nobody can clear it here.")
        )
    if any(hit["key"] not in seen for hit in now.hits):
        raise ConflictOfInterest(
            _("Something has changed since the check was shown. Run the check again."),
            code="conflict_changed",
        )
    if now.hits and len(new.cleared_reason.strip()) < 5:
        raise FieldsRefused({"cleared_reason": _("Say why this is no conflict, or choose another counsel.")})
    if not now.hits:
        return now
    changes = {"cleared_reason": new.cleared_reason.strip()[:300]}
    return save_change(now, version=now.version, changes=changes, actor=actor, act="conflict.clear")


def end_engagement(
    actor: Actor, engagement: Engagement, *, version: int, until: date, kind: str, words: str = ""
) -> Engagement:
    """Record that an engagement ended on a day that has come; the slot is open again, and the file closes.

    Where the group needs somebody new, the coordinator's queue has a task. Raises FieldsRefused, NotThere.
    """
    own = engagement.counsel.user_id == actor.user_id and actor.has(Role.ATTORNEY)
    if not own:
        _needs_desk(actor, engagement.counsel, engagement.group)
    if not engagement.from_date <= until <= today():
        raise FieldsRefused(
            {"until_date": _("An end is recorded when it has come, and not before the beginning.")}
        )
    if kind not in END_KINDS or (kind == "other" and not words.strip()):
        raise FieldsRefused({"kind": _("Say why it ended.")})
    with transaction.atomic():
        _claim_end(engagement)
        reason = f"{kind}: {words.strip()}"[:300] if words.strip() else kind
        changes = {"until_date": until, "end_reason": reason}
        ended = save_change(
            engagement, version=version, changes=changes, actor=actor, act="engagement.end", reason=reason
        )
        if ended.scope in TAKES_A_SLOT:
            _move_slot(actor, ended.counsel, by=1)
        note_change()
        if kind not in NEEDS_NOBODY_NEW:
            ask_for_counsel(actor, ended.group, cause=f"ended:{ended.pk}")
    return ended


def _claim_end(engagement: Engagement) -> None:
    """Of two who record an end at once, even the same one, only the first frees the slot."""
    rows = Engagement.objects.filter(pk=engagement.pk, until_date__isnull=True, voided_at__isnull=True)
    if rows.update(changed_at=timezone.now()) != 1:
        raise Refusal(_("The end of this engagement is recorded already."), code="ended_already")


def void_engagement(actor: Actor, engagement: Engagement, *, version: int, reason: str) -> Engagement:
    """Take back an engagement that was entered by mistake; its slot is open again."""
    _needs_desk(actor, engagement.counsel, engagement.group)
    if not reason.strip():
        raise Refusal(_("Say why it was a mistake."), code="no_reason")
    with transaction.atomic():
        gone = void(engagement, version=version, actor=actor, reason=reason)
        if gone.scope in TAKES_A_SLOT and gone.until_date is None:
            _move_slot(actor, gone.counsel, by=1)
        note_change()
    return gone


def ask_for_counsel(actor: Actor, group: SiblingGroup, *, cause: str) -> None:
    """Put a group without counsel into the coordinator's queue, due on the day before its next hearing."""
    rows = Hearing.objects.filter(group=group, hearing_date__gte=today(), voided_at__isnull=True)
    nearest = rows.order_by("hearing_date").values_list("hearing_date", flat=True).first()
    values = {"hearing": nearest.isoformat()} if nearest else {}
    open_task(
        actor,
        Wanted(
            kind="find_counsel",
            role=Role.LEGAL_COORDINATOR,
            group=group,
            due_on=nearest,
            values=values,
            once_key=f"find_counsel:{cause}",
        ),
    )


def hits_of(counsel: Counsel, group: SiblingGroup) -> int:
    """How many possible conflicts are on record for a counsel and a group."""
    return len(known_hits(counsel.pk, group.pk))


def _move_slot(actor: Actor, counsel: Counsel, *, by: int) -> None:
    """Take or give back a slot, inside a transaction; holds on SQLite and PostgreSQL.

    The first statement is the compare-and-set: it finds the row only while a slot is open, and what it has found
    nobody else writes before this transaction ends.
    """
    rows = Counsel.objects.filter(pk=counsel.pk)
    if by < 0:
        rows = rows.filter(open_slots__gte=1, is_active=True, voided_at__isnull=True)
    if rows.update(changed_at=timezone.now()) != 1:
        raise NoOpenSlot(_("This counsel has no open slot left."))
    current = Counsel.objects.get(pk=counsel.pk)
    changes = {"open_slots": current.open_slots + by}
    act = "counsel.slot_taken" if by < 0 else "counsel.slot_freed"
    save_change(current, version=current.version, changes=changes, actor=actor, act=act)


def _needs_desk(actor: Actor, counsel: Counsel, group: SiblingGroup) -> None:
    if not actor.has(Role.LEGAL_COORDINATOR):
        raise NotThere
    doors.one(doors.counsel(actor), counsel.pk)
    doors.one(doors.groups(actor), group.pk)
