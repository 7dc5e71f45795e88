"""Changing the record of a child: what a plan reads, and names.

Comes in: the acting person, a child from a door, the version seen and the changes. Goes out: the child as it
stands. The keys of the search, the count of changes that makes plans stale and the check of conflicts follow in the
same transaction.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_children.py.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change
from posada.office.casefile.search import index_names
from posada.office.counsel.rechecks import recheck_for
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Child
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere

CHANGES_CHILDREN = (Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)
CHANGEABLE = (
    *("given_name", "family_name", "birth_date", "birth_date_basis", "birth_date_latest", "sex"),
    *("languages", "understands_spanish", "arrived_on", "needs"),
)
READ_BY_PLANS = frozenset({"birth_date", "sex", "languages", "arrived_on", "needs"})
NAMES = frozenset({"given_name", "family_name"})


def change_child(actor: Actor, child: Child, *, version: int, changes: dict[str, Any]) -> Child:
    """Change fields of a child. Raises NotThere, FieldsRefused, SomebodySavedFirst; then nothing is written."""
    works = doors.without_home(actor)
    doors.one(doors.children(works), child.pk)
    if not works.has(*CHANGES_CHILDREN) or not set(changes) <= set(CHANGEABLE):
        raise NotThere
    _bounds_fit(child, changes)
    with transaction.atomic():
        changed = save_change(child, version=version, changes=changes, actor=actor, act="child.change")
        if changed.version == version:
            return changed
        if READ_BY_PLANS & set(changes) or "birth_date_latest" in changes:
            note_change()
            recompute(actor, [changed.group_id], because="child.change")
        if NAMES & set(changes):
            index_names([changed])
            recheck_for(actor, changed.group)
    return changed


def _bounds_fit(child: Child, changes: dict[str, Any]) -> None:
    unseen = [name for name in NAMES & set(changes) if not str(changes[name]).isprintable()]
    if unseen:  # no file could bring such a name back
        raise FieldsRefused(dict.fromkeys(unseen, _("One line of at most 300 characters is wanted.")))
    first = changes.get("birth_date", child.birth_date)
    latest = changes.get("birth_date_latest", child.birth_date_latest)
    if latest is not None and latest < first:
        fault = _("The latest possible day can’t lie before the birth date.")
        raise FieldsRefused({"birth_date_latest": fault})
