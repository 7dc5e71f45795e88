"""The office as an app: its manifest, its service worker, and the page that opens offline. Nobody is in them.

Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_app_views.py.
"""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.away.shell import kept_addresses, kept_name
from posada.office.placement.placed_selectors import OUTCOMES

DUSK, CREAM = "#2a2033", "#fbf6ec"


@opens_to(ANYONE)
@require_safe
def app_manifest(_request: OfficeRequest) -> HttpResponse:
    """What makes the office installable."""
    icons: list[dict[str, Any]] = [
        {"src": static(f"posada/app/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    icons.append({**icons[-1], "src": static("posada/app/icon-maskable-512.png"), "purpose": "maskable"})
    routes = (("away", _("Check-ins offline")), ("tasks", _("Tasks")), ("home", _("Today")))
    told = {
        "id": "/?app=office",
        "name": _("Posada office"),
        "short_name": "Posada",
        "lang": translation.get_language(),
        "dir": "ltr",
        "start_url": reverse("away_start"),
        "scope": "/",
        "display": "standalone",
        "background_color": CREAM,
        "theme_color": DUSK,
        "icons": icons,
        "shortcuts": [{"name": words, "url": reverse(route), "icons": icons[:1]} for route, words in routes],
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@opens_to(ANYONE)
@require_safe
def away_worker(request: OfficeRequest) -> HttpResponse:
    """The service worker: it answers for addresses under its own folder alone, and keeps one page."""
    told = {
        "icon": static("posada/app/icon-192.png"),
        "name": kept_name(),
        "addresses": kept_addresses(),
        "languages": [code for code, _w in settings.LANGUAGES],
    }
    shown = {"told": mark_safe(json.dumps(told))}  # noqa: S308  addresses of our own, and a digest
    return render(request, "away/worker.js", shown, content_type="text/javascript; charset=utf-8")


@opens_to(ANYONE)
@require_safe
def away_shell(request: OfficeRequest, language: str) -> HttpResponse:
    """The page that opens offline. It is the same whoever asks, signed in or not."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        outcomes = [(code, words) for code, (_tone, words) in OUTCOMES.items() if code]
        others = [
            (code, get_language_info(code)["name_local"])
            for code, _w in settings.LANGUAGES
            if code != language
        ]
        return render(request, "away/shell.html", {"outcomes": outcomes, "others": others})
