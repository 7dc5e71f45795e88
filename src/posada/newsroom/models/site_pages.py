"""The pages that stand: home, texts, forms, numbers.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from posada.newsroom.blocks import BODY

SHOWN_AT_HOME = ("children_sheltered", "siblings_together", "children_represented", "children_waiting")
NEWEST_AT_HOME = 3


class HomePage(Page):
    """The first page of a language."""

    lede = models.TextField(_("words under the headline"), max_length=400)
    content_panels = [*Page.content_panels, FieldPanel("lede")]
    template = "newsroom/home.html"
    max_count_per_parent, is_creatable = 2, False
    subpage_types = [
        "newsroom.TextPage",
        "newsroom.FormPage",
        "newsroom.NumbersPage",
        "newsroom.NewsroomIndexPage",
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest stories, what is live, and the figures of the day."""
        from posada.newsroom.appeals_told import appeal_for
        from posada.newsroom.stories_told import live_strip, newest

        return {
            **super().get_context(request, *args, **kwargs),
            "stories": newest(self.locale, NEWEST_AT_HOME),
            "on_air": live_strip(self.locale),
            "shown_figures": SHOWN_AT_HOME,
            "appeal": appeal_for("home", language=self.locale.language_code),
        }


class TextPage(Page):
    """About, know your rights, contact, privacy."""

    body = StreamField(BODY, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "newsroom/text.html"
    subpage_types: list[str] = []


class FormPage(Page):
    """Open your home, or give your hours."""

    class Kind(models.TextChoices):
        """Which letter it writes."""

        HOME = "home", _("Open your home")
        HOURS = "hours", _("Give your hours")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    lede = models.TextField(max_length=400)
    body = StreamField(BODY, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("kind"), FieldPanel("lede"), FieldPanel("body")]
    template, is_creatable = "newsroom/form_page.html", False
    subpage_types: list[str] = []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, step by step."""
        from posada.newsroom.form_steps import form_page

        return form_page(request, self)


class NumbersPage(Page):
    """Every published figure, its date, denominator, definition and source; as CSV too."""

    lede = models.TextField(max_length=600, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("lede")]
    template, is_creatable = "newsroom/numbers.html", False
    subpage_types: list[str] = []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the same figures as a file."""
        from posada.newsroom.not_there import not_there
        from posada.newsroom.numbers_page import numbers_file

        if "csv" in request.GET:
            asked, language = request.GET.get("table", "")[:60], self.locale.language_code
            for_excel = request.GET["csv"] == "excel"
            return numbers_file(table=asked, for_excel=for_excel, language=language) or not_there(request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Figures, tables, map."""
        from posada.newsroom.numbers_page import numbers_context

        return {
            **super().get_context(request, *args, **kwargs),
            **numbers_context(self.locale.language_code),
        }
