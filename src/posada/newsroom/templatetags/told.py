"""Template tags of the public site: live numbers, days, icons.

Tests: tests/newsroom/test_site.py.
"""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from posada.newsroom import numbers_told
from posada.newsroom.figures import Figure
from posada.newsroom.named_figures import NAMED
from posada.newsroom.older_translation import newer_source

register = template.Library()
ICONS = {
    "play": "M7 4l13 8-13 8z",
    "door": "M5 21V11a7 7 0 0 1 14 0v10zM10 21v-6a2 2 0 0 1 4 0v6",
    "note": "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7v.01",
    "dot": "M12 8a4 4 0 1 0 .01 0",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "alarm": "M12 3l10 18H2zM12 10v5M12 18v.01",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing that says nothing by itself; the word beside it does."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day in words of the language, machine-readable."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "DATE_FORMAT"))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """An instant with the zone's name, so that "18:00" is nobody's guess."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    shown = f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


@register.simple_tag
def figure(name: str) -> Figure | None:
    """The published figure of that name; None where it is not published."""
    told = numbers_told.figures_now()
    return told.figures.get(name) if told else None


@register.simple_tag
def figures() -> Any:
    """All that is published; None where nothing is."""
    return numbers_told.figures_now()


@register.filter
def is_old(told: Any) -> bool:
    """Whether figures were counted more than a day ago."""
    return bool(told) and told.outdated(timezone.now())


register.filter("newer_source", newer_source)
register.filter("value", numbers_told.shown_value)
register.filter("value_of", numbers_told.shown_of)


@register.filter
def definition(told: Figure, language: str) -> str:
    """What a figure counts, in a language."""
    return told.definition_in(language)


@register.filter
def titled(told: Figure, language: str) -> str:
    """What a figure is called, in a language; empty where an older edition says none."""
    return told.title_in(language)


@register.filter
def described(page: Any) -> str:
    """A page in a sentence, for search engines and links."""
    return str(
        getattr(page, "summary", "") or getattr(page, "lede", "") or getattr(page, "search_description", "")
    )


@register.filter
def with_figures(rendered: Any) -> SafeString:
    """Put live numbers where a text names them: `[[children_sheltered]]`."""
    told = numbers_told.figures_now()

    def put(found: "re.Match[str]") -> str:
        figure = told.figures.get(found[1]) if told else None
        if told is None or figure is None:
            return format_html('<span class="live">{}</span>', _("(number not published now)"))
        counted = _("counted %(day)s") % {"day": date_format(figure.as_of, "DATE_FORMAT")}
        if told.outdated(timezone.now()):
            counted = _("not counted since %(day)s") % {"day": date_format(figure.as_of, "DATE_FORMAT")}
        return format_html(
            '<span class="live">{}</span> <span class="small muted">({})</span>',
            numbers_told.shown_of(figure),
            counted,
        )

    return mark_safe(NAMED.sub(put, str(rendered)))  # noqa: S308  Wagtail has cleaned the text that this stands in
