"""How a placement ends, as codes: those after which a child needs a home again, and those after which it does not.

Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_endings.py.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.placement.models import Placement

MOVED, DISRUPTED, UNKNOWN = "moved", "disrupted", "unknown"
FINAL: dict[str, Any] = {
    "reunified": _("With parent or family again"),
    "released": _("Released to a sponsor"),
    "aged_out": _("Turned 18"),
    "transferred": _("Transferred to another program"),
    "left": _("Left without notice"),
    "died": _("Died"),
    UNKNOWN: _("Not known"),
}
"""Ended here: no plan looks for a home any more. Each is counted; "not known" is shown beside the rate."""
ENDINGS: dict[str, Any] = {**FINAL, MOVED: _("Moved to another home"), DISRUPTED: _("Broke off")}
CAUSES: dict[str, Any] = {
    "home_asked": _("The home asked for it"),
    "child_asked": _("The child asked for it"),
    "safety": _("Safety"),
    "license": _("License or check of the home"),
    "illness": _("Illness in the home"),
    "other": _("Something else"),
}
"""Why a placement broke off."""


def gone_children(on: date) -> QuerySet:
    """Ids of the children who left the program before a day, for an `exclude(pk__in=…)`."""
    ended = Placement.objects.filter(ending__in=FINAL, to_date__lt=on, voided_at__isnull=True)
    return ended.values("child_id")
