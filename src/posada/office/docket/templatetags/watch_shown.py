"""The in-absentia watch in figures, for the director's page. Tests: tests/office/docket/test_watch.py."""

from typing import Any

from django import template

from posada.office.docket.watch import tallied, watch_of_program

register = template.Library()


@register.inclusion_tag("docket/watch_figures.html")
def watch_figures() -> dict[str, Any]:
    """What hearings of the next 30 days lack; no figure, which on that page may be too small to show."""
    found = watch_of_program()
    return {"tallied": tallied(found), "next": found[0] if found else None}
