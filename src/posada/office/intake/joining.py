"""A child or a group joins another group: first what it means for its home and its counsel, then the act.

Comes in: two groups, or a group and a new child. Goes out: the group with all its children and their papers, and the
tasks that joining opens. Source of what it means: `posada.intake.grouping`, and the rules of a home.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_joining.py.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.intake.grouping import GroupStanding, Joining, Outcome, joining
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, void
from posada.office.counsel.models import Engagement
from posada.office.counsel.rechecks import recheck_for
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.intake.holding import mark
from posada.office.intake.merging import move_group
from posada.office.intake.models import Child, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement import offer_checks
from posada.office.placement.models import Offer
from posada.office.program import note_change
from posada.office.refusals import Refusal

WHOSE: dict[str, Role] = {
    "withdraw_offer": Role.PLACEMENT_WORKER,
    "solve_again": Role.PLACEMENT_WORKER,
    "ask_exception": Role.LICENSING_WORKER,
    "leave_home": Role.PLACEMENT_WORKER,
    "conflict_check": Role.LEGAL_COORDINATOR,
    "joint_hearing": Role.LEGAL_COORDINATOR,
}
"""Who has to do what joining opens."""
OUTCOMES: dict[str, Any] = {
    Outcome.NOT_PLACED: _(
        "Nobody of the group is placed or offered: the next plan takes all of them together."
    ),
    Outcome.FITS_SAME_HOME: _("All of them fit in the home of the group."),
    Outcome.NEEDS_EXCEPTION: _("They fit in the home of the group only with a dated license exception."),
    Outcome.SOLVE_AGAIN: _("The home of the group cannot take one more: the whole group is planned anew."),
}
OPENS: dict[str, Any] = {
    "withdraw_offer": _("The open offer is about fewer children: it has to be withdrawn."),
    "solve_again": _("A new plan is needed."),
    "ask_exception": _("A license exception has to be asked for."),
    "leave_home": _("Who joins lives in another home now and has to move."),
    "conflict_check": _("Counsel has to be checked for conflicts again."),
    "joint_hearing": _("Hearings have to be brought together."),
}


class LookFirst(Refusal):
    """Joining has consequences that the person has not seen yet. `means`: what it means."""

    code = "look_first"

    def __init__(self, means: Joining) -> None:
        super().__init__(_("This group is placed or matched. Look at what joining means, and confirm."))
        self.means = means


def standing_of(group: SiblingGroup) -> GroupStanding:
    """Where a group stands."""
    placed = offer_checks.standing_placements().filter(child__group=group).select_related("home").first()
    offers = Offer.objects.filter(group=group, state__in=offer_checks.LIVE, voided_at__isnull=True)
    offered = offers.select_related("home").first()
    engaged = Engagement.objects.filter(group=group, until_date__isnull=True, voided_at__isnull=True)
    counsel = engaged.select_related("counsel").first()
    home = placed.home.home_id if placed else offered.home.home_id if offered else None
    hearings = group.hearings.filter(voided_at__isnull=True, hearing_date__gte=today())
    return GroupStanding(
        group_id=group.sibling_group_id,
        children=tuple(_children(group).values_list("child_id", flat=True)),
        home_id=home,
        is_offered=offered is not None,
        counsel_id=counsel.counsel.counsel_id if counsel else None,
        has_hearing=hearings.exists(),
    )


def meaning(group: SiblingGroup, *, joins: SiblingGroup | None = None, child: Child | None = None) -> Joining:
    """What it means that the children of `joins`, or a new child, become part of the group. Nothing is written."""
    here = standing_of(group)
    other = standing_of(joins) if joins else GroupStanding("(new)", (child.child_id if child else "",))
    home = Home.objects.filter(home_id=here.home_id).first() if here.home_id else None
    codes = _refused_by(group, home, joins=joins, child=child) if home else ()
    needs = offer_checks.EXCEPTION in codes
    refused = tuple(code for code in codes if code != offer_checks.EXCEPTION)
    return joining(here, other, refused_by=refused, needs_exception=needs)


def grow(actor: Actor, group: SiblingGroup, *, child: Child, seen: bool) -> None:
    """A new child joins: ask first where it has consequences, then open what follows. Call it in a transaction."""
    means = meaning(group, child=child)
    if _matters(means) and not seen:
        raise LookFirst(means)
    _follow(actor, group, means)


def join(actor: Actor, group: SiblingGroup, joins: SiblingGroup, *, seen: bool, reason: str) -> SiblingGroup:
    """The children of `joins`, with their papers, become part of the group. Raises LookFirst, Refusal.

    Nothing is deleted: the group that is left empty is voided with the reason, and stays in its history.
    """
    if group.pk == joins.pk:
        raise Refusal(_("A group can’t join itself."), code="same_group")
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words how it is known that they belong together."), code="no_reason")
    with transaction.atomic():
        means = meaning(group, joins=joins)
        if not seen:
            raise LookFirst(means)
        for child in _children(joins):
            changes = {"group_id": group.pk}
            save_change(
                child, version=child.version, changes=changes, actor=actor, act="group.join", reason=reason
            )
        move_group(joins, group, actor=actor, act="group.join")
        mark(actor=actor)
        void(joins, version=joins.version, actor=actor, reason=reason)
        append(actor, "group.join", subject=group, detail={"joined": str(joins.pk), "outcome": means.outcome})
        _follow(actor, group, means)
        note_change()
    return group


def _follow(actor: Actor, group: SiblingGroup, means: Joining) -> None:
    for code in means.opens:
        key = f"joined.{code}.{group.pk}"
        open_task(actor, Wanted(f"joined_{code}", WHOSE[code], group=group, once_key=key, again=True))
    if "conflict_check" in means.opens:
        recheck_for(actor, group)


def _matters(means: Joining) -> bool:
    return means.outcome is not Outcome.NOT_PLACED or bool(means.opens)


def _refused_by(
    group: SiblingGroup, home: Home, *, joins: SiblingGroup | None, child: Child | None
) -> tuple[str, ...]:
    """The rules by which the home refuses them together: tried in a transaction that is rolled back."""
    with transaction.atomic():
        if joins is not None:
            _children(joins).update(group=group)
        elif child is not None:
            trial = Child(**{f.attname: getattr(child, f.attname) for f in child._meta.concrete_fields})
            trial.save(force_insert=True)
        faults = offer_checks.faults_of(group, home, held=False, moving=True)
        transaction.set_rollback(True)
    return tuple(dict.fromkeys(each.code for each in faults if each.code != offer_checks.ADDRESS))


def _children(group: SiblingGroup) -> Any:
    return group.children.filter(voided_at__isnull=True, merged_into__isnull=True).order_by("child_id")
