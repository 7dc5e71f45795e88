"""Pages of being told and of the installed app: the switches, the link that ends it, the app's description, offline.

Comes in: a visitor. Goes out: pages that work without a script as far as they can; the service worker, and the
description from which a browser installs the site as an app, in the language of the address.
Docs: docs/how-to/be-told.md. Tests: tests/newsroom/notifications/test_pages.py.
"""

import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from posada.newsroom.notifications.site_keys import keys_of
from posada.newsroom.notifications.subscribing import stop_by_token
from posada.newsroom.notifications.topics import NAMES, TOLD, TOPICS
from posada.push.keys import KeysUnusable

SHELL = (
    "posada/posada.css",
    "posada/newsroom.css",
    "posada/newsroom.js",
    "posada/door.svg",
    "posada/app/icon-192.png",
)
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))
LANGUAGES = tuple(dict(settings.LANGUAGES))


@require_safe
def be_told(request: HttpRequest) -> HttpResponse:
    """The switches, and the feeds for those who would rather fetch than be told."""
    told = {
        "topics": [(topic, NAMES[topic], TOLD[topic]) for topic in TOPICS],
        "key": public_key(),
        "translated": _other("be_told"),
    }
    return render(request, "notifications/be_told.html", told)


def stop_being_told(request: HttpRequest, token: str) -> HttpResponse:
    """End it by a link, without a sign-in: one press, since programs open links by themselves."""
    done = request.method == "POST"
    if done:
        stop_by_token(token)
    response = render(request, "notifications/stop.html", {"done": done})
    response["Cache-Control"], response["Referrer-Policy"] = "no-store", "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands where nothing was kept: the service worker puts the list of kept pages into it."""
    return render(request, "notifications/offline.html", {"translated": _other("offline")})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How a browser installs the site: name, icons, shortcuts."""
    language = get_language() or "en"
    home = "/" if language == "en" else f"/{language}/"
    shortcuts = [{"name": title, "url": address} for title, address in _ways(language)]
    told = {
        "id": "/",
        "name": _("Posada: open homes for children"),
        "short_name": "Posada",
        "description": _("What the program does, as it happens"),
        "lang": language,
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf6ec",
        "theme_color": "#2a2033",
        "icons": [
            {
                "src": static(f"posada/app/icon-{'maskable-' if purpose == 'maskable' else ''}{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in ICONS
        ],
        "shortcuts": shortcuts,
    }
    return JsonResponse(told, content_type="application/manifest+json; charset=utf-8")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages for reading offline and shows notifications; at the root, for the whole site."""
    code = _code()
    shell = [*(static(each) for each in SHELL), *_in_each_language("offline")]
    told = {
        "shell": shell,
        "key": public_key(),
        "icon": static("posada/app/icon-192.png"),
        "offline": dict(zip(LANGUAGES, _in_each_language("offline"), strict=True)),
        "words": {language: _words(language) for language in LANGUAGES},
    }
    told["version"] = hashlib.sha256((json.dumps(told, sort_keys=True) + code).encode()).hexdigest()[:16]
    response = HttpResponse(
        f"const SITE = {json.dumps(told, ensure_ascii=False)};\n{code}",
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    return response


def public_key() -> str:
    """What browsers subscribe with; "" where nothing can be sent."""
    try:
        keys = keys_of(Path(settings.NEWSROOM.folder), demonstration=settings.NEWSROOM.demonstration)
    except KeysUnusable:
        return ""
    return keys.public if keys else ""


def _words(language: str) -> dict[str, Any]:
    """What the service worker says by itself."""
    with override(language):
        return {
            **{topic: str(NAMES[topic]) for topic in TOPICS},
            "new": _("Something new from Posada"),
            "stop": _("Stop these"),
            "read": _("Read"),
            "kept": _("You are offline. This copy was made on {when}; what happened since is not in it."),
        }


def _ways(language: str) -> list[tuple[str, str]]:
    """Shortcuts: the first pages of the menu, and the switches."""
    first = Page.objects.live().public().filter(locale__language_code=language, depth=3, show_in_menus=True)
    found = [(each.title, str(each.get_url_parts()[2])) for each in first.order_by("path")[:3]]
    return [*found, (_("Be told"), reverse("be_told"))]


def _in_each_language(name: str) -> list[str]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(reverse(name))
    return found


def _other(name: str) -> list[tuple[str, str]]:
    """Every language with the address of the same page."""
    return list(zip(LANGUAGES, _in_each_language(name), strict=True))


@lru_cache(maxsize=1)
def _code() -> str:
    return files("posada.newsroom.notifications").joinpath("service_worker.js").read_text(encoding="utf-8")
