"""What can be erased: sibling groups, enquiries, offers of hours, imports; and since when each is over.

A sibling group is erased whole or not at all: papers, notes and counsel are kept for the group, so that nothing of a
child goes while a sibling is still here. Docs: docs/explanation/retention.md.
Tests: tests/office/retention/test_subjects.py.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from posada.office.audit.chain import sign
from posada.office.counsel.models import Engagement, HoursOffer
from posada.office.day import today
from posada.office.intake.models import Child, Import, SiblingGroup
from posada.office.licensing.models import Enquiry
from posada.office.placement.endings import FINAL
from posada.office.placement.models import Offer, Placement, PlannedGroup
from posada.office.retention.models import LegalHold
from posada.retention import Due, Over, due_on, load_rules
from posada.retention.rules import Rule

MODELS: dict[str, type[models.Model]] = {
    "group": SiblingGroup,
    "enquiry": Enquiry,
    "hours_offer": HoursOffer,
    "import": Import,
}
AT_ONCE = 2_000
"""Rows held in memory."""
OWN_RULES = "retention.toml"
"""In the data folder: the program's own days."""
IMPORTS_OVER = (Import.State.TAKEN, Import.State.FAILED, Import.State.THROWN_AWAY)


def rules() -> dict[str, tuple[Rule, ...]]:
    """The rules of this office. Raises posada.retention.BadRules."""
    own = Path(settings.DEPLOYMENT.folder) / OWN_RULES
    return load_rules(own.read_text(encoding="utf-8") if own.is_file() else "")


def due(day: date | None = None) -> list[Due]:
    """What is due on a day (the office's own if left out), held ones marked; the longest due first."""
    standing = LegalHold.objects.filter(lifted_on__isnull=True, voided_at__isnull=True)
    held = {(kind, str(pk)) for kind, pk in standing.values_list("kind", "subject_id")}
    found = due_on(day or today(), over(), rules=rules(), held=held)
    return sorted(found, key=lambda each: (each.due_on, each.kind, each.id))


def over() -> Iterator[Over]:
    """Everything that is over, with the day on which it was."""
    yield from _groups()
    yield from _enquiries()
    ended = HoursOffer.objects.filter(state=HoursOffer.State.ENDED, counsel__isnull=True)
    yield from _changed("hours_offer", ended)
    yield from _changed("import", Import.objects.filter(state__in=IMPORTS_OVER))


def digest_of(kind: str, pk: Any) -> str:
    """The name of an erasure in the list of erased: keyed, so that only this office can tell whose it is."""
    return sign("erased", kind, pk)


def _groups() -> Iterator[Over]:
    """Groups all of whose children left for good, and all of whose counsel ended."""
    left = _last_days()
    if not left:
        return
    groups = Child.objects.filter(pk__in=_gone()).values("group_id")
    children = Child.objects.filter(group_id__in=groups).values_list("pk", "group_id", "merged_into_id")
    last: dict[Any, date | None] = {}
    for pk, group, kept in children.iterator(chunk_size=AT_ONCE):
        day, before = left.get(kept or pk), last.get(group, date.min)
        last[group] = None if day is None or before is None else max(day, before)
    engaged = Engagement.objects.filter(voided_at__isnull=True, group_id__in=groups)
    for group, until in engaged.values_list("group_id", "until_date").iterator(chunk_size=AT_ONCE):
        before = last.get(group)
        if before is not None:
            last[group] = None if until is None else max(before, until)
    for group, day in last.items():
        if day is not None:
            yield Over("group", str(group), day)


def _last_days() -> dict[Any, date]:
    """Child → the last day of the last placement, of those who left for good and did not come back."""
    rows = Placement.objects.filter(voided_at__isnull=True, child_id__in=_gone())
    rows = rows.order_by("from_date", "entered_at")
    found: dict[Any, date] = {}
    standing = set()
    for child, until, ending in rows.values_list("child_id", "to_date", "ending"):
        found.pop(child, None)
        if until is None:
            standing.add(child)
        elif ending in FINAL:
            found[child] = until
    return {child: day for child, day in found.items() if child not in standing}


def _gone() -> Any:
    """Children one of whose placements ended for good. In a running program most children are not among them."""
    ended = Placement.objects.filter(voided_at__isnull=True, to_date__isnull=False, ending__in=FINAL)
    return ended.values("child_id")


def _enquiries() -> Iterator[Over]:
    """Closed enquiries; not those whose home was ever planned for, offered to or lived in."""
    closed = Enquiry.objects.filter(stage=Enquiry.Stage.CLOSED)
    for kind in (PlannedGroup, Offer, Placement):
        used = kind._default_manager.filter(home__isnull=False).values("home_id")
        closed = closed.exclude(home__isnull=False, home_id__in=used)
    return _changed("enquiry", closed)


def _changed(kind: str, rows: models.QuerySet) -> Iterator[Over]:
    for pk, at in rows.values_list("pk", "changed_at"):
        yield Over(kind, str(pk), _day(at))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
