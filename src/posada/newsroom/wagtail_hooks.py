"""The editors' desk: a second reader publishes, a clip that is shown stays as it was read, and acts that go at once.

Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk.py, tests/newsroom/test_desk_acts.py.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from posada.newsroom.appeals_told import why_refused
from posada.newsroom.desk_acts import on_air, withdraw
from posada.newsroom.models import ArticlePage, Clip, ClipPage, LiveEventPage, NewsroomIndexPage
from posada.newsroom.models.stories import Story
from posada.newsroom.named_figures import names_to_choose


class ClipDesk(SnippetViewSet):
    """Clips have a place of their own in the menu."""

    model = Clip
    add_to_admin_menu, menu_order = True, 150
    menu_label, icon = gettext_lazy("Clips"), "media"
    list_display = ("title", "length", "has_captions", "added_at")


register_snippet(ClipDesk)
UNUSED = ("images", "documents", "reports", "help")
"""Rooms of Wagtail that this site has nothing in."""


@hooks.register("before_publish_page")
def a_second_reader_publishes(request: HttpRequest, page: Any) -> HttpResponse:
    """Nobody publishes from the editor, which saves a version first: a second reader's approval does."""
    messages.error(request, _("Saved as a draft. A second reader publishes: submit it for approval."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def nothing_is_published_in_bulk(
    request: HttpRequest, action_type: str, _objects: Any, _view: Any
) -> HttpResponse | None:
    """Nor from the list."""
    if action_type not in ("publish", "unpublish"):
        return None
    messages.error(request, _("A second reader publishes, page by page."))
    return redirect("wagtailadmin_home")


@hooks.register("before_edit_snippet")
def a_clip_that_is_shown_stays(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """What is read by two, or was and goes out, is what was read; another file or other captions are another clip."""
    if not isinstance(instance, Clip) or not instance.is_held:
        return None
    sentence = _(
        "A page that is published, set for a time or being read shows this clip. Add a new clip and choose it in "
        "the page instead."
    )
    messages.error(request, sentence)
    return redirect("wagtailsnippets_newsroom_clip:list")


@hooks.register("register_admin_urls")
def acts() -> list[Any]:
    """Addresses of what the desk can do at once."""
    return [
        path("withdraw/<int:pk>/", withdraw, name="desk_withdraw"),
        path("on-air/<int:pk>/", on_air, name="desk_on_air"),
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Withdraw, and for an event: on air."""
    yield from _buttons(page)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The same in the list of pages."""
    yield from _buttons(page)


def _buttons(page: Any) -> Iterator[Button]:
    page = page.specific
    if isinstance(page, LiveEventPage) and page.live:
        yield Button(_("On air"), reverse("desk_on_air", args=[page.pk]), icon_name="media", priority=5)
    if isinstance(page, Story) and (page.live or page.scheduled_revision is not None):
        yield Button(
            _("Withdraw everywhere"),
            reverse("desk_withdraw", args=[page.pk]),
            icon_name="download",
            priority=70,
        )


@hooks.register("register_account_menu_item")
def my_sign_in(request: HttpRequest) -> dict[str, str]:
    """The way to one's own second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": _("My sign-in"),
        "help_text": _("Authenticator app, passkeys, recovery codes."),
    }


@hooks.register("construct_main_menu", order=1000)
def only_what_is_used(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out rooms of Wagtail that are empty here."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED]


class BeginHere(Component):
    """What an editor comes for, in one press; and the numbers that a text can name."""

    name, order = "begin_here", 10
    template_name = "newsroom/desk_begin.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Addresses of new stories in each language."""
        starts = []
        for index in NewsroomIndexPage.objects.select_related("locale").order_by("path"):
            made = [
                (
                    kind._meta.verbose_name,
                    reverse("wagtailadmin_pages:add", args=["newsroom", kind.__name__.lower(), index.pk]),
                )
                for kind in (ArticlePage, ClipPage, LiveEventPage)
            ]
            starts.append((index.locale.get_display_name(), made))
        return {"starts": starts, "numbers": names_to_choose(), "appeals_refused": why_refused()}


@hooks.register("construct_homepage_panels")
def begin_here(request: HttpRequest, panels: list[Any]) -> None:
    """First of all what to do."""
    panels.insert(0, BeginHere())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pictures and documents say nothing here."""
    items[:] = [item for item in items if type(item).__name__ == "PagesSummaryItem"]
