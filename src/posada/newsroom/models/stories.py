"""What the newsroom publishes: articles and clips, and the index of all stories.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from posada.newsroom.blocks import BODY, CorrectionBlock
from posada.newsroom.named_figures import unknown_figures


class NewsroomIndexPage(Page):
    """All stories of a language, newest first."""

    template, is_creatable = "newsroom/index.html", False
    subpage_types = ["newsroom.ArticlePage", "newsroom.ClipPage", "newsroom.LiveEventPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of 25 stories."""
        from posada.newsroom.stories_told import paged

        return {**super().get_context(request, *args, **kwargs), "stories": paged(self.locale, request)}


class Story(Page):
    """What every story has. "Breaking" and "exclusive" are set by hand; a banner of breaking news expires."""

    summary = models.TextField(_("summary"), max_length=300)
    byline = models.CharField(_("byline"), max_length=120)
    dateline = models.CharField(_("dateline (place)"), max_length=80, blank=True)
    body = StreamField(BODY, blank=True)
    corrections = StreamField([("correction", CorrectionBlock())], blank=True)
    related = StreamField([("page", blocks.PageChooserBlock())], blank=True)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    breaking_until = models.DateTimeField(_("breaking news until"), null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("byline"), FieldPanel("dateline")], _("By whom, where")),
        FieldPanel(
            "body",
            help_text=_(
                "Name a number, never type it: [[children_sheltered]]. The desk’s first page lists them."
            ),
        ),
        FieldPanel("corrections"),
        FieldPanel("related"),
        MultiFieldPanel([FieldPanel("is_exclusive"), FieldPanel("breaking_until")], _("Marks")),
    ]
    parent_page_types = ["newsroom.NewsroomIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A number that a text names anew is one that is published; a story that stands can be corrected anyhow."""
        super().clean()
        standing = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        known = unknown_figures(standing.body) if standing is not None else []
        if unknown := [name for name in unknown_figures(self.body) if name not in known]:
            raise ValidationError(
                {"body": _("No number of this name is published: %(names)s") % {"names": ", ".join(unknown)}}
            )

    @property
    def is_breaking(self) -> bool:
        """Whether the banner stands now."""
        return self.breaking_until is not None and self.breaking_until > timezone.now()

    @property
    def related_live(self) -> list[Page]:
        """Related stories that are published."""
        return [each.value for each in self.related if each.value is not None and each.value.live]


class ArticlePage(Story):
    """A text."""

    template = "newsroom/article.html"


class ClipPage(Story):
    """A clip with the text that belongs to it."""

    clip = models.ForeignKey("newsroom.Clip", on_delete=models.PROTECT, null=True, related_name="pages")
    content_panels = [*Story.content_panels, FieldPanel("clip")]
    template = "newsroom/article.html"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A clip is published with captions only. Raises ValidationError."""
        if self.live and (self.clip is None or not self.clip.has_captions):
            raise ValidationError(
                {"clip": _("A clip is published with captions only: add them to the clip first.")}
            )
        return super().save(*args, **kwargs)
