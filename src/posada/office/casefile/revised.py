"""Revisions put into words: field by field, before and after, with who and when.

Tests: tests/office/casefile/test_revised.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.office.audit.models import Revision

NOT_SHOWN = frozenset({"id", "group_id", "entered_at", "changed_at", "version", "merged_into_id"})
ACTS = {
    "child.change": gettext_lazy("changed"),
    "sealed.open": gettext_lazy("opened a sealed field"),
    "intake.child.void": gettext_lazy("taken out as a mistake"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One revision. `fields`: (name, before, after)."""

    at: datetime
    who: str
    act: str
    reason: str
    version: int
    fields: tuple[tuple[str, str, str], ...]


def shown_revisions(revisions: Iterable[Revision]) -> list[Shown]:
    """Revisions as a page shows them, in the order they came."""
    return [
        Shown(
            at=each.at,
            who=str(each.by) if each.by else _("the program itself"),
            act=str(ACTS.get(each.act, each.act.rpartition(".")[2].replace("_", " "))),
            reason=each.reason,
            version=each.version,
            fields=tuple(
                (name.replace("_", " "), _told(before), _told(after))
                for name, (before, after) in sorted(each.changed.items())
                if name not in NOT_SHOWN
            ),
        )
        for each in revisions
    ]


def _told(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
