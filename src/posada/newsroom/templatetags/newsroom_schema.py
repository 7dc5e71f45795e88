"""What search engines read of a story: schema.org NewsArticle and VideoObject, as JSON-LD.

Tests: tests/newsroom/test_site.py.
"""

import json
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from posada.newsroom.feeds import address

register = template.Library()


@register.simple_tag
def schema_of(page: Any) -> SafeString:
    """A block of data; it runs nothing, so that the strict policy lets it be."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "mainEntityOfPage": address(page),
        "author": {"@type": "Organization", "name": page.byline},
        "publisher": {"@type": "Organization", "name": "Posada"},
    }
    if page.first_published_at:
        told["datePublished"] = page.first_published_at.isoformat()
        told["dateModified"] = page.last_published_at.isoformat()
    if corrections := [each.value["words"] for each in page.corrections]:
        told["correction"] = corrections
    if clip := getattr(page, "clip", None):
        told["video"] = {
            "@type": "VideoObject",
            "name": clip.title,
            "description": page.summary,
            "duration": clip.iso_length,
            "uploadDate": clip.added_at.isoformat(),
            "contentUrl": settings.NEWSROOM.address + reverse("clip_part", args=(clip.pk, "video")),
            "thumbnailUrl": settings.NEWSROOM.address + reverse("clip_part", args=(clip.pk, "poster")),
        }
    text = json.dumps(told, ensure_ascii=False)
    for letter in "<>&":  # nothing in it can end the block
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above
