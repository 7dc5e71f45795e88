"""Which stories a page tells: newest first, in one language, only what is published.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Locale, Page

from posada.newsroom.models import ArticlePage, ClipPage, LiveEventPage

KINDS = (ArticlePage, ClipPage, LiveEventPage)
A_PAGE = 25


def published(locale: Locale) -> Any:
    """Every published story of a language, newest first."""
    return (
        Page.objects.live()
        .public()
        .type(*KINDS)
        .filter(locale=locale)
        .order_by("-first_published_at", "-pk")
        .specific()
    )


def newest(locale: Locale, count: int) -> list[Any]:
    """The newest few."""
    return list(published(locale)[:count])


def newest_of(topic: str, locale: Locale, count: int) -> list[Any] | None:
    """The newest few of what can be told of: `breaking`, `live` or `exclusive`; None for another word."""
    marked = {"breaking": {"breaking_until__isnull": False}, "exclusive": {"is_exclusive": True}}
    if topic == "live":
        events = LiveEventPage.objects.live().public().filter(locale=locale)
        return list(events.order_by("-first_published_at", "-pk")[:count])
    if topic not in marked:
        return None
    found = [
        story
        for kind in KINDS
        for story in kind.objects.live()
        .public()
        .filter(locale=locale, **marked[topic])
        .order_by("-first_published_at", "-pk")[:count]
    ]
    return sorted(found, key=lambda each: (each.first_published_at, each.pk), reverse=True)[:count]


def paged(locale: Locale, request: HttpRequest) -> ListPage[Any]:
    """A page of the list; an impossible number shows the nearest page."""
    return Paginator(published(locale), A_PAGE).get_page(request.GET.get("p"))


def live_strip(locale: Locale) -> LiveEventPage | None:
    """The event that is live, else the next that is scheduled."""
    events = LiveEventPage.objects.live().public().filter(locale=locale)
    on_air = events.filter(state=LiveEventPage.State.LIVE).order_by("-starts_at").first()
    if on_air is not None:
        return on_air
    return events.filter(state="scheduled", starts_at__gt=timezone.now()).order_by("starts_at").first()


def breaking(language: str) -> Any:
    """The newest breaking story whose banner has not expired."""
    now = timezone.now()
    found = [
        story
        for kind in KINDS
        for story in kind.objects.live()
        .public()
        .filter(locale__language_code=language, breaking_until__gt=now)
    ]
    return max(found, key=lambda each: each.first_published_at, default=None)
