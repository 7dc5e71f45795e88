"""The stories of the demonstration: an article with live numbers, a clip of 01:32, a scheduled event, two editors.

Comes in: a newsroom with its first pages. Goes out: stories in both languages, and the sign-ins in `accounts.json`
(mode 0600), which a real newsroom never keeps. A newsroom that has stories is left as it is.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_site.py.
"""

import json
import os
import secrets
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from posada.newsroom import demonstration_words as words
from posada.newsroom.desk_people import ROLES
from posada.newsroom.models import ArticlePage, Clip, ClipPage, LiveEventPage, NewsroomIndexPage
from posada.newsroom.story_clip import story_clip

ACCOUNTS_FILE = "accounts.json"
EDITORS_AT_WORK = (("writer", "editor"), ("reader", "second-reader"))
DAYS_UNTIL_THE_EVENT, EVENING = 3, 19


def fill(*, heading_font: Path) -> None:
    """Fill a newsroom that has no story yet."""
    if ArticlePage.objects.exists():
        return
    with transaction.atomic():
        clip = _clip(heading_font)
        keys = [uuid.uuid4() for _ in range(3)]
        for at, language in enumerate(dict(settings.LANGUAGES)):
            locale = Locale.objects.get(language_code=language)
            index = NewsroomIndexPage.objects.get(locale=locale)
            _stories(index, at, locale=locale, keys=keys, clip=clip)
        kept = [_editor(name, role) for name, role in EDITORS_AT_WORK]
    _keep(kept)


def _stories(index: Any, at: int, *, locale: Locale, keys: list[uuid.UUID], clip: Clip) -> None:
    shared: dict[str, Any] = {"locale": locale, "byline": words.BYLINE[at], "dateline": "Baltimore"}
    article = ArticlePage(
        **words.ARTICLE[at], is_exclusive=True, translation_key=keys[0], body=words.ARTICLE_BODY[at], **shared
    )
    told = ClipPage(**words.CLIP[at], clip=clip, translation_key=keys[1], body=words.CLIP_BODY[at], **shared)
    event = LiveEventPage(
        **words.EVENT[at],
        translation_key=keys[2],
        body=words.EVENT_BODY[at],
        starts_at=(timezone.localtime() + timedelta(days=DAYS_UNTIL_THE_EVENT)).replace(
            hour=EVENING, minute=0, second=0, microsecond=0
        ),
        **shared,
    )
    for page in (event, article, told):
        index.add_child(instance=page)
        page.save_revision().publish()
    article.related = [("page", told)]
    article.save_revision().publish()


def _clip(heading_font: Path) -> Clip:
    drawn = story_clip(heading_font=heading_font)
    clip = Clip(
        title="Who opened the door",
        transcript_en=drawn.transcript["en"],
        transcript_es=drawn.transcript["es"],
    )
    clip.video.save("story.webm", ContentFile(drawn.video), save=False)
    clip.poster.save("story.webp", ContentFile(drawn.poster), save=False)
    clip.captions_en.save("story.en.vtt", ContentFile(drawn.captions["en"]), save=False)
    clip.captions_es.save("story.es.vtt", ContentFile(drawn.captions["es"]), save=False)
    clip.clean()
    clip.save()
    return clip


def _editor(name: str, role: str) -> dict[str, str]:
    password, secret = secrets.token_urlsafe(12), generate_totp_secret()
    user = User.objects.create_user(name, password=password)
    user.groups.add(Group.objects.get(name=ROLES[role]))
    TOTP.activate(user, secret)
    return {"username": name, "password": password, "role": role, "totp_secret": secret}


def _keep(kept: list[dict[str, str]]) -> None:
    path = Path(settings.NEWSROOM.folder) / ACCOUNTS_FILE
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=1)
