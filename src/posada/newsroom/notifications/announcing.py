"""Makes an announcement of a publication: once for a story, and once more when an event goes live.

Comes in: Wagtail's signal that a page was published (or turned live). Goes out: a row that the worker picks up; here
nothing is sent. A story that gets another mark later is announced to those who asked for that topic, once each; the
mark "exclusive" only within a day of its first publication, in whichever language that was.
Docs: docs/how-to/be-told.md. Tests: tests/newsroom/notifications/test_announcing.py.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from posada.newsroom.notifications.models import Announcement
from posada.newsroom.notifications.topics import TOPICS

TOLD_WITHIN = timedelta(hours=24)
"""Whoever could not be told within this time is not told: by then it is no news."""
NOT_NEWS_AFTER = timedelta(hours=24)
"""A story that first appeared longer ago, in any language, is announced as breaking only: not because of a
correction, of a translation, or of a mark that came late."""
Happening = Announcement.Happening


def hear(sender: Any, *, instance: Any, **_told: Any) -> None:
    """Announce what was published, as far as somebody can have asked for it."""
    for happening, topics in happenings(instance).items():
        announce(instance.translation_key, happening, topics)


def happenings(page: Any) -> dict[str, set[str]]:
    """What a publication tells, and under which topics; empty for what nobody can ask for."""
    told: dict[str, set[str]] = {}
    first = _first_published(page)
    is_news = first is None or timezone.now() - first < NOT_NEWS_AFTER
    marks = {
        "breaking": getattr(page, "is_breaking", False),
        "exclusive": getattr(page, "is_exclusive", False),
    }
    topics = {topic for topic, marked in marks.items() if marked and (is_news or topic == "breaking")}
    if topics:
        told[Happening.STORY] = topics
    if getattr(page, "state", None) == "live" and page.live:
        told[Happening.LIVE] = {"live"}
    return told


def _first_published(page: Any) -> datetime | None:
    """When the first of its translations appeared."""
    appeared = Page.objects.filter(translation_key=page.translation_key).aggregate(
        first=Min("first_published_at")
    )
    first: datetime | None = appeared["first"]
    return first


def announce(story: Any, happening: str, topics: set[str]) -> Announcement:
    """The announcement of a happening, made or widened to more topics. Idempotent."""
    now = timezone.now()
    with transaction.atomic():
        made, is_new = Announcement.objects.select_for_update().get_or_create(
            story=story,
            happening=happening,
            defaults={
                "topics": _joined(topics),
                "made_at": now,
                "ends_at": now + TOLD_WITHIN,
                "next_at": now,
            },
        )
        more = topics - set(made.topics.split())
        if not is_new and more:
            made.topics = _joined(topics | set(made.topics.split()))
            made.next_at, made.ends_at = now, now + TOLD_WITHIN
            made.save(update_fields=["topics", "next_at", "ends_at"])
    return made


def _joined(topics: set[str]) -> str:
    return " ".join(topic for topic in TOPICS if topic in topics)
