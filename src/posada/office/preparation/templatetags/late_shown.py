"""Late items of checklists beside the dates of the agenda. Tests: tests/office/preparation/test_late_items.py."""

from typing import Any

from django import template

from posada.office.access.actor import Actor
from posada.office.counsel.models import Counsel
from posada.office.docket.hearings import spoken
from posada.office.preparation.late_items import LateCase, late_cases

register = template.Library()
SHOWN, ITEMS = 5, 3


@register.inclusion_tag("preparation/late_on_agenda.html")
def late_items(actor: Actor, counsel: Counsel | None = None) -> dict[str, Any]:
    """The first cases with late items, and how many there are."""
    found = late_cases(actor, counsel=counsel)
    return {
        "lines": [late_line(each) for each in found.lines[:SHOWN]],
        "count": len(found.lines),
        "counsel": counsel,
    }


def late_line(case: LateCase) -> dict[str, Any]:
    """A case as it is shown: the names of its first items, and how many more there are."""
    return {
        "case": case,
        "title": case.checklist.titles[spoken()],
        "items": [item.titles[spoken()] for item in case.items[:ITEMS]],
        "more": max(0, len(case.items) - ITEMS),
    }
