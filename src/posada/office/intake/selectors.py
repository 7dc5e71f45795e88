"""What the pages of intake read: imports, and who may bring one.

Tests: tests/office/intake/test_import_views.py, tests/office/intake/test_duplicate_views.py.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.intake.models import Child, Import, Merge, PossibleDuplicate


def may_import(actor: Actor) -> bool:
    """Whether somebody may bring a program folder: an intake worker of the whole program, or the command line."""
    return actor.sees_whole_program(Role.INTAKE_WORKER) or (actor.user_id is None and bool(actor.acting_as))


def imports(actor: Actor) -> QuerySet[Import]:
    """The imports that the person may see, newest first, without their files."""
    rows = Import.objects.filter(voided_at__isnull=True).defer("sealed").order_by("-entered_at")
    return rows.select_related("by") if may_import(actor) else rows.none()


def one_import(actor: Actor, pk: UUID) -> Import:
    """One import of those. Raises NotThere."""
    return doors.one(imports(actor), pk)


def tonight(actor: Actor) -> dict[str, Any]:
    """What the page of arrivals begins with: children who came today, what is held, possible duplicates."""
    children = doors.children(actor)
    groups = doors.groups(actor).exclude(held_reason="")
    return {
        "on": today(),
        "arrived": children.filter(arrived_on=today()).count(),
        "held_count": groups.count(),
        "held": list(groups.order_by("sibling_group_id")[:10]),
        "duplicate_count": duplicates(actor).count(),
    }


def duplicates(actor: Actor) -> QuerySet[PossibleDuplicate]:
    """Pairs that may be one child and that nobody has judged yet, of children whom the person may see."""
    if not actor.sees_whole_program(Role.INTAKE_WORKER):
        return PossibleDuplicate.objects.none()
    open_pairs = PossibleDuplicate.objects.filter(verdict="", voided_at__isnull=True)
    standing = {
        f"{side}__{name}__isnull": True for side in ("one", "other") for name in ("voided_at", "merged_into")
    }
    return open_pairs.filter(**standing)


def one_pair(actor: Actor, pk: UUID) -> PossibleDuplicate:
    """One pair that nobody has judged. Raises NotThere."""
    rows = duplicates(actor).select_related("one__group", "other__group")
    return doors.one(rows, pk)


def with_children(pairs: Iterable[PossibleDuplicate]) -> list[PossibleDuplicate]:
    """The pairs of a page with their children, in one query."""
    found = list(pairs)
    rows = Child.objects.filter(pk__in={pk for each in found for pk in (each.one_id, each.other_id)})
    by_pk = {child.pk: child for child in rows.select_related("group")}
    for each in found:
        each.one, each.other = by_pk[each.one_id], by_pk[each.other_id]
    return found


def sides(pair: PossibleDuplicate) -> list[dict[str, Any]]:
    """Both records, each with how many records refer to it."""
    return [
        {
            "child": child,
            "placements": child.placements.filter(voided_at__isnull=True).count(),
            "documents": child.documents.filter(voided_at__isnull=True).count(),
            "notes": child.notes.filter(voided_at__isnull=True).count(),
        }
        for child in (pair.one, pair.other)
    ]


def merges(actor: Actor) -> QuerySet[Merge]:
    """Merges that stand and can be undone, newest first."""
    rows = Merge.objects.filter(undone_at__isnull=True, voided_at__isnull=True).order_by("-entered_at")
    shown = rows.select_related("kept", "merged", "by")
    return shown if actor.sees_whole_program(Role.INTAKE_WORKER) else shown.none()


def voided_child(actor: Actor, pk: UUID) -> Child:
    """A child that was taken out, for who may bring it back. Raises NotThere."""
    rows = Child.objects.filter(voided_at__isnull=False).select_related("group")
    return doors.one(rows if actor.sees_whole_program(Role.INTAKE_WORKER) else rows.none(), pk)
