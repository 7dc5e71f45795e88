"""One child written down by a person: the same checks as a file, sealed fields sealed, a group new or joined.

Comes in: what the form has. Goes out: the child. Docs: docs/how-to/load-arrivals.md.
Tests: tests/office/intake/test_one_child.py.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.intake.duplicates import NameEntry
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new, void
from posada.office.casefile.search import index_names
from posada.office.counsel.rechecks import recheck_for
from posada.office.intake import duplicates, joining, one_row
from posada.office.intake.candidates import Candidate, candidates
from posada.office.intake.models import Child, Merge, SiblingGroup
from posada.office.intake.standing_ids import StandingIds
from posada.office.kept import Kept
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, Refusal


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says of one child. `cells`: columns of children.csv but the ids; `sealed`: field → text."""

    cells: Mapping[str, str]
    given_name: str
    family_name: str = ""
    basis: str = Child.BirthDateBasis.STATED
    latest: date | None = None
    understands_spanish: str = ""
    sealed: Mapping[str, str] | None = None


def add_child(
    actor: Actor, said: Said, *, group: SiblingGroup | None = None, child_id: str = "", seen: bool = False
) -> Child:
    """Write a new child down, in a group of its own or in one that the person may see.

    `seen`: the person has seen what it means that a group which is placed or matched grows.
    Raises FieldsRefused, joining.LookFirst.
    """
    child_id = child_id.strip() or new_id("C")
    group_id = group.sibling_group_id if group else new_id("G")
    cells = {"child_id": child_id, "sibling_group_id": group_id, **said.cells}
    row = one_row.read_row("children.csv", cells, standing=StandingIds(children={"": group_id}))
    _check(said, child_id)
    with transaction.atomic():
        joined = group or save_new(SiblingGroup(sibling_group_id=group_id), actor=actor, act="group.new")
        child = Child(
            child_id=row.child_id,
            group=joined,
            given_name=said.given_name.strip(),
            family_name=said.family_name.strip(),
            birth_date=row.birth_date,
            birth_date_basis=said.basis,
            birth_date_latest=said.latest,
            sex=row.sex,
            languages=list(row.languages),
            understands_spanish=said.understands_spanish,
            country=row.country or "",
            arrived_on=row.arrived_on,
            needs=list(row.needs),
            location_fips=row.location_fips or "",
        )
        if group is not None:
            joining.grow(actor, group, child=child, seen=seen)
        save_new(child, actor=actor, act="child.new")
        doors.seal_fields(child, {name: text for name, text in (said.sealed or {}).items() if text.strip()})
        index_names([child])
        duplicates.note_pairs((child.child_id, each) for each in like(child))
        note_change()
        recheck_for(actor, joined)
    return child


def like(child: Child) -> list[Candidate]:
    """Records that may be the same child, at most five."""
    entry = NameEntry(
        child.child_id,
        child.given_name,
        child.family_name,
        child.birth_date,
        child.sex,
        child.group.sibling_group_id,
    )
    return [each for each in candidates([entry]) if each.other != child.child_id]


def void_child(actor: Actor, child: Child, *, version: int, reason: str) -> Child:
    """Take a child out that was entered by mistake; whoever lives in a home has to leave it first."""
    if child.placements.filter(to_date__isnull=True, voided_at__isnull=True).exists():
        raise Refusal(
            _("This child lives in a home. End the placement first, or void it."), code="lives_somewhere"
        )
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why it was a mistake."), code="no_reason")
    with transaction.atomic():
        done = void(child, version=version, actor=actor, reason=reason)
        note_change()
    return done


def refers_to(child: Child) -> list[tuple[str, int]]:
    """What refers to a child: kind and how many, of what stands."""
    found = []
    for field in type(child)._meta.related_objects:
        model: Any = field.related_model
        if issubclass(model, Kept) and model is not Merge:
            rows = model._base_manager.filter(**{field.field.name: child, "voided_at__isnull": True})
            if field.field.name != "merged_into" and (count := rows.count()):
                found.append((model._meta.label_lower, count))
    return found


def bring_back(actor: Actor, child: Child, *, version: int) -> Child:
    """Undo a voiding: the child stands again as it was."""
    with transaction.atomic():
        changes = {"voided_at": None, "voided_reason": ""}
        done = save_change(child, version=version, changes=changes, actor=actor, act="intake.child.unvoid")
        note_change()
        recheck_for(actor, done.group)
    return done


def new_id(letter: str) -> str:
    """An opaque id for a record that no other system has named."""
    return f"{letter}-{secrets.token_hex(5)}"


def _check(said: Said, child_id: str) -> None:
    faults = {}
    if not said.given_name.strip():
        faults["given_name"] = _("One name is wanted; the parts are optional.")
    for name in ("given_name", "family_name"):
        if not getattr(said, name).strip().isprintable():  # no file could bring it back
            faults[name] = _("One line of at most 300 characters is wanted.")
    if Child.objects.filter(child_id=child_id).exists():
        faults["child_id"] = _("Another child has this id.")
    first = said.cells.get("birth_date", "")
    if said.latest is not None and said.latest.isoformat() < first:
        faults["birth_date_latest"] = _("The latest possible day can’t lie before the birth date.")
    for name, text in (said.sealed or {}).items():
        if not text.isprintable() or len(text) > 300:
            faults[name] = _("One line of at most 300 characters is wanted.")
    if duplicates.holder_of((said.sealed or {}).get(duplicates.A_NUMBER, "")) is not None:
        faults[duplicates.A_NUMBER] = _(
            "A child of this office has this very number. If it is the same child, write into that record; if it"
            " is another, one of the two numbers is wrong: leave it empty here, and find out."
        )
    if faults:
        raise FieldsRefused(faults)
