"""What stands around every public page: the menu, the other language, breaking news.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from posada.newsroom.desk_policy import DESK

BELOW_HOME = 3
"""Depth of the pages right below a language's home."""


def framed(request: HttpRequest) -> dict[str, Any]:
    """For pages of the public site; nothing for the desk."""
    if request.path.startswith(DESK):
        return {}
    from posada.newsroom.stories_told import breaking

    language = get_language() or "en"
    home = "/" if language == "en" else f"/{language}/"
    standing = (
        Page.objects.live().public().filter(locale__language_code=language, depth=BELOW_HOME).order_by("path")
    )
    told = [(each.show_in_menus, each.title, each.get_url(request)) for each in standing]
    return {
        "menu_pages": [(title, address) for in_menu, title, address in told if in_menu],
        "foot_pages": [
            (_("Be told"), reverse("be_told")),
            *((title, address) for in_menu, title, address in told if not in_menu),
        ],
        "home_address": home,
        "breaking_story": breaking(language),
        "is_demonstration": settings.NEWSROOM.demonstration,
        "site_address": settings.NEWSROOM.address,
    }
