"""The sitemap, with the translations of each page, and what robots may read.

Tests: tests/newsroom/test_site.py.
"""

from collections import defaultdict
from typing import Any
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from posada.newsroom.feeds import address


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every published page."""
    found: dict[Any, list[Page]] = defaultdict(list)
    for page in Page.objects.live().public().filter(depth__gt=1).select_related("locale"):
        found[page.translation_key].append(page)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    )
    for group in found.values():
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{each.locale.language_code}" href={quoteattr(address(each))}/>'
            for each in group
        )
        for page in group:
            changed = (
                f"<lastmod>{page.last_published_at.isoformat()}</lastmod>" if page.last_published_at else ""
            )
            lines.append(f"<url><loc>{quoteattr(address(page))[1:-1]}</loc>{changed}{links}</url>")
    told = []
    for language in dict(settings.LANGUAGES):
        with override(language):
            told.append(f"<url><loc>{settings.NEWSROOM.address}{reverse('be_told')}</loc></url>")
    lines += [*told, "</urlset>"]
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk not."""
    text = f"User-agent: *\nDisallow: /cms/\nDisallow: /told/\nSitemap: {settings.NEWSROOM.address}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
