"""Feeds of the newsroom: RSS 2.0, Atom and JSON Feed 1.1, one of each in each language.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from posada.newsroom.notifications.topics import NAMES
from posada.newsroom.stories_told import newest, newest_of

MOST = 50
KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """RSS 2.0."""
    return _written(request, Rss201rev2Feed, _stories())


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Atom."""
    return _written(request, Atom1Feed, _stories())


@require_safe
def topic_feed(request: HttpRequest, topic: str, kind: str) -> HttpResponse:
    """What can be told of, one topic a feed: breaking, live, exclusive."""
    if kind not in KINDS:
        raise Http404
    stories = newest_of(topic, Locale.objects.get(language_code=get_language()), MOST)
    if stories is None:
        raise Http404
    return _written(request, KINDS[kind], stories, about=str(NAMES[topic]))


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """JSON Feed 1.1."""
    items = [
        {
            "id": address(story),
            "url": address(story),
            "title": story.title,
            "summary": story.summary,
            "content_text": story.summary,
            "date_published": story.first_published_at.isoformat(),
            "date_modified": story.last_published_at.isoformat(),
            "authors": [{"name": story.byline}],
        }
        for story in _stories()
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Posada: newsroom"),
        "home_page_url": settings.NEWSROOM.address,
        "feed_url": settings.NEWSROOM.address + request.path,
        "language": get_language(),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json; charset=utf-8")


def address(page: Any) -> str:
    """Where a page stands, with the site's own name, whatever name was asked for."""
    return str(settings.NEWSROOM.address + page.get_url_parts()[2])


def _stories() -> list[Any]:
    return newest(Locale.objects.get(language_code=get_language()), MOST)


def _written(
    request: HttpRequest, kind: type[SyndicationFeed], stories: list[Any], *, about: str = ""
) -> HttpResponse:
    """The feed; `about`: what it is of, where it is of one topic."""
    title = _("Posada: newsroom")
    feed = kind(
        title=f"{title} · {about}" if about else title,
        link=settings.NEWSROOM.address,
        description=_("What the program does, as it happens"),
        language=get_language(),
        feed_url=settings.NEWSROOM.address + request.path,
    )
    for story in stories:
        feed.add_item(
            title=story.title,
            link=address(story),
            description=story.summary,
            unique_id=address(story),
            author_name=story.byline,
            pubdate=story.first_published_at,
            updateddate=story.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=str(getattr(feed, "content_type", "")))
