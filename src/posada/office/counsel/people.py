"""Counsel as people: entered, changed, covered for; and the persons on other sides of a case.

Comes in: the acting person and checked values. Goes out: kept records. Whatever a conflict check reads runs it
again in the same transaction.
Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_people.py.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new, void
from posada.office.counsel.models import ConflictParty, Counsel, Cover
from posada.office.counsel.rechecks import check, recheck_counsel, recheck_for, standing_engagements
from posada.office.intake.models import SiblingGroup
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere, Refusal

COUNSEL_KINDS = {
    "attorney": _("Attorney"),
    "accredited_representative": _("Accredited representative"),
}
RELATIONS = {
    "accused": _("Accused"),
    "abuser": _("Abuser"),
    "trafficker": _("Trafficker"),
    "smuggler": _("Smuggler"),
    "opponent": _("Opponent"),
    "parent": _("Parent"),
    "sponsor": _("Sponsor"),
    "kin": _("Other kin"),
    "witness": _("Witness"),
    "other": _("Other"),
}
READ_BY_CHECKS = frozenset({"display_name", "organisation"})
READ_BY_PLANS = frozenset(
    {"courts", "open_slots", "languages", "case_types", "organisation", "available_from"}
)


def add_counsel(actor: Actor, counsel: Counsel) -> Counsel:
    """Enter a counsel. Raises FieldsRefused, NotThere."""
    _needs_desk(actor)
    _fits(counsel)
    with transaction.atomic():
        saved = save_new(counsel, actor=actor, act="counsel.add")
        note_change()
    return saved


def change_counsel(actor: Actor, counsel: Counsel, *, version: int, changes: dict[str, Any]) -> Counsel:
    """Change a counsel. Raises FieldsRefused, SomebodySavedFirst, NotThere."""
    _needs_desk(actor)
    doors.one(doors.counsel(actor), counsel.pk)
    wanted = Counsel.objects.get(pk=counsel.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _fits(wanted)
    with transaction.atomic():
        saved = save_change(counsel, version=version, changes=changes, actor=actor, act="counsel.change")
        if READ_BY_PLANS & set(changes):
            note_change()
        if READ_BY_CHECKS & set(changes):
            recheck_counsel(actor, saved)
    return saved


def _fits(counsel: Counsel) -> None:
    faults: dict[str, Any] = {}
    if counsel.kind not in COUNSEL_KINDS:
        faults["kind"] = _("Choose one.")
    if counsel.bar_number and not counsel.bar_state and counsel.kind == "attorney":
        faults["bar_state"] = _("Which state’s bar is it?")
    if counsel.mentor_id is not None and counsel.mentor_id == counsel.pk:
        faults["mentor"] = _("Nobody is their own mentor.")
    if faults:
        raise FieldsRefused(faults)


def add_party(actor: Actor, group: SiblingGroup, *, name: str, relation: str) -> ConflictParty:
    """Name a person in a group's case; every open engagement that this touches is checked again."""
    _needs_desk(actor, group)
    if not name.strip() or relation not in RELATIONS:
        raise FieldsRefused({"name": _("Give the name, and what the person is in the case.")})
    with transaction.atomic():
        party = ConflictParty(group=group, name=name.strip()[:160], relation=relation)
        saved = save_new(party, actor=actor, act="conflict_party.add")
        recheck_for(actor, group)
    return saved


def change_relation(actor: Actor, party: ConflictParty, *, version: int, relation: str) -> ConflictParty:
    """Change what a person is in the case; the checks run again."""
    _needs_desk(actor, party.group)
    if relation not in RELATIONS:
        raise FieldsRefused({"relation": _("Choose one.")})
    with transaction.atomic():
        changes = {"relation": relation}
        saved = save_change(party, version=version, changes=changes, actor=actor, act="conflict_party.change")
        recheck_for(actor, saved.group)
    return saved


def void_party(actor: Actor, party: ConflictParty, *, version: int, reason: str) -> ConflictParty:
    """Take out a person who was named by mistake. Earlier checks keep what they found."""
    _needs_desk(actor, party.group)
    if not reason.strip():
        raise Refusal(_("Say why it was a mistake."), code="no_reason")
    return void(party, version=version, actor=actor, reason=reason)


def add_cover(
    actor: Actor, counsel: Counsel, *, by: Counsel, from_date: date, to_date: date, reason: str = ""
) -> Cover:
    """Another counsel stands in between two days; the files are open to that person for those days.

    Refused where a recorded separation stands against it. Raises FieldsRefused, NotThere.
    """
    own = actor.has(Role.ATTORNEY) and counsel.user_id == actor.user_id
    if not own:
        _needs_desk(actor)
    doors.one(doors.counsel(actor), counsel.pk)
    faults: dict[str, Any] = {}
    if to_date < from_date:
        faults["to_date"] = _("The last day can’t come before the first.")
    if by.pk == counsel.pk or not by.is_active:
        faults["covered_by"] = _("Choose another counsel who is active.")
    if faults:
        raise FieldsRefused(faults)
    with transaction.atomic():
        for engagement in standing_engagements().filter(counsel=counsel).select_related("group"):
            if any(hit["bars"] for hit in check(actor, by, engagement.group).hits):
                fault = _("A recorded separation stands against this counsel in one of the cases.")
                raise FieldsRefused({"covered_by": fault})
        cover = Cover(
            counsel=counsel, covered_by=by, from_date=from_date, to_date=to_date, reason=reason[:300]
        )
        return save_new(cover, actor=actor, act="cover.add")


def _needs_desk(actor: Actor, group: SiblingGroup | None = None) -> None:
    if not actor.has(Role.LEGAL_COORDINATOR):
        raise NotThere
    if group is not None:
        doors.one(doors.groups(actor), group.pk)
