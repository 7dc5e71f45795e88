"""What ties a group: kin in a home, whom it is kept apart from, and its hearings. Each judged as a row of its file.

Comes in: a group that the person may see, and cells as text. Goes out: the record.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_ties.py.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new, void
from posada.office.counsel.models import Counsel
from posada.office.counsel.rechecks import recheck_for
from posada.office.docket.recompute import recompute
from posada.office.intake import one_row
from posada.office.intake.models import Court, Hearing, KinLink, Separation, SiblingGroup
from posada.office.intake.standing_ids import StandingIds
from posada.office.kept import Kept
from posada.office.licensing.models import Home
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, Refusal

READ_BY_PLANS = (KinLink, Separation, Hearing)


def add_kin(actor: Actor, group: SiblingGroup, cells: Mapping[str, str]) -> KinLink:
    """Kin in a home, with relationship and sponsor category. A link that stands is changed. Raises FieldsRefused."""
    row = _row(actor, "kin.csv", group, cells)
    home = Home.objects.get(home_id=row.home_id)
    says = {"sponsor_category": row.sponsor_category, "relationship": row.relationship}
    with transaction.atomic():
        found = KinLink.objects.filter(group=group, home=home).first()
        if found is None:
            link = save_new(KinLink(group=group, home=home, **says), actor=actor, act="kin.new")
        else:
            changes = {**says, "voided_at": None, "voided_reason": ""}
            link = save_change(found, version=found.version, changes=changes, actor=actor, act="kin.change")
        note_change()
        recheck_for(actor, group)
    return link


def add_separation(actor: Actor, group: SiblingGroup, cells: Mapping[str, str]) -> Separation:
    """The group may not be near another group, a home, or a counsel; with a reason, by this author."""
    row = _row(actor, "separations.csv", group, cells)
    other = row.other_group_id and SiblingGroup.objects.get(sibling_group_id=row.other_group_id)
    kept = Separation(
        group=group,
        other_group=other or None,
        home=Home.objects.get(home_id=row.home_id) if row.home_id else None,
        counsel=Counsel.objects.get(counsel_id=row.counsel_id) if row.counsel_id else None,
        reason=row.reason,
        author_id=actor.user_id,
    )
    with transaction.atomic():
        save_new(kept, actor=actor, act="separation.new")
        note_change()
        recheck_for(actor, group)
    return kept


def add_hearing(actor: Actor, group: SiblingGroup, cells: Mapping[str, str], *, at: Any = None) -> Hearing:
    """A hearing of the group at a court, on a day; the hour is the wall time in the court's room."""
    row = _row(actor, "hearings.csv", group, cells)
    kept = Hearing(group=group, court_code=row.court_code, hearing_date=row.hearing_date, hearing_time=at)
    with transaction.atomic():
        save_new(kept, actor=actor, act="hearing.new")
        note_change()
        recompute(actor, [group.pk], because="hearing.new")
    return kept


def end(actor: Actor, record: Kept, *, version: int, reason: str) -> None:
    """Take kin, a separation or a hearing out, with a reason; it stays in the history."""
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why it no longer holds."), code="no_reason")
    with transaction.atomic():
        void(record, version=version, actor=actor, reason=reason)
        note_change()
        if isinstance(record, Hearing):
            recompute(actor, [record.group_id], because="hearing.end")


def _row(actor: Actor, file: str, group: SiblingGroup, cells: Mapping[str, str]) -> Any:
    """The row as the file's reader takes it. Raises FieldsRefused, also where what it names was voided."""
    told = {
        "sibling_group_id": group.sibling_group_id,
        **{name: text.strip() for name, text in cells.items()},
    }
    other = doors.groups(actor).filter(sibling_group_id=told.get("other_group_id", ""))
    names = {group.sibling_group_id, *other.values_list("sibling_group_id", flat=True)}
    homes = Home.objects.filter(home_id=told.get("home_id", ""), voided_at__isnull=True)
    counsel = Counsel.objects.filter(counsel_id=told.get("counsel_id", ""), voided_at__isnull=True)
    courts = frozenset(Court.objects.values_list("court_code", flat=True))
    standing = StandingIds(
        children={f"a child of {name}": name for name in names},
        homes=frozenset(homes.values_list("home_id", flat=True)),
        counsel=frozenset(counsel.values_list("counsel_id", flat=True)),
        courts=courts,
    )
    if file == "hearings.csv" and courts and told.get("court_code") not in courts:
        raise FieldsRefused({"court_code": one_row.WANTED % {"what": _("a court that this office knows")}})
    return one_row.read_row(file, told, standing=standing)
