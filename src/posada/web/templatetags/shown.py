"""Template tags: icons, standings, days and names of places and languages, the same on every page.

Tests: tests/web/test_shown.py.
"""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posada.office import shown_names

register = template.Library()
ICONS = {
    "ok": "M4 12l5 5L20 6",
    "warn": "M12 3a9 9 0 1 0 .01 0M12 7v5l3 2",
    "stop": "M6 6l12 12M18 6L6 18",
    "unsure": "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18v.01",
    "plain": "M12 8a4 4 0 1 0 .01 0",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "alarm": "M12 3l10 18H2zM12 10v5M12 18v.01",
    "note": "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7v.01",
    "people": "M8 11a3 3 0 1 0 0-.01M16 11a3 3 0 1 0 0-.01M2 20c0-4 3-5 6-5s6 1 6 5M15 15c4 0 7 1 7 5",
    "lock": "M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3",
    "door": "M5 21V11a7 7 0 0 1 14 0v10zM10 21v-6a2 2 0 0 1 4 0v6",
    "speech": "M4 5h16v11H10l-5 4v-4H4z",
    "scales": "M12 4v16M7 20h10M4 8h16M4 8l-2 6h5zM20 8l-3 6h5z",
    "pin": "M12 21v-6M8 3h8l-1 6 3 3v3H6v-3l3-3z",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing that says nothing by itself; the word beside it does."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def badge(standing: str, word: Any, drawn: str = "") -> SafeString:
    """A standing (ok, warn, stop, unsure, plain) as tint, word, shape and icon."""
    return format_html('<span class="badge {}">{}{}</span>', standing, icon(drawn or standing), word)


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day in words of the language, machine-readable; "not known" where there is none."""
    if not value:
        return _("not known")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown_names.day_words(value))


@register.filter
def moment(value: Any) -> SafeString | str:
    """An instant in the office's zone."""
    if not value:
        return _("not known")
    local = timezone.localtime(value)
    shown = shown_names.day_words(local) + ", " + local.strftime("%H:%M")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


register.filter("county", shown_names.county)
register.filter("languages", shown_names.languages)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for a loop over a few fixed codes."""
    return text.split()
