"""A live event: scheduled, live, ended, with a stream of text beside the video.

Its announcement takes a second reader like every story. What is said while it runs goes out at once, with the name of
who said it: it stands apart from the page's versions, so that no version that is published later takes a line away.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_on_air.py.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from posada.newsroom.live_source import SourceRefused, checked_source
from posada.newsroom.models.stories import Story


class LiveEventPage(Story):
    """An event. Whether it runs is told on its page "On air" of the desk, not by a version."""

    class State(models.TextChoices):
        """Where it stands."""

        SCHEDULED = "scheduled", _("Scheduled")
        LIVE = "live", _("Live")
        ENDED = "ended", _("Ended")

    starts_at = models.DateTimeField(_("begins"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SCHEDULED)
    source = models.CharField(_("address of the video"), max_length=500, blank=True)
    content_panels = [
        *Story.content_panels,
        MultiFieldPanel([FieldPanel("starts_at"), FieldPanel("source")], _("Live")),
    ]
    template = "newsroom/article.html"

    def with_content_json(self, content: Any) -> Any:
        """A version says nothing about whether the event runs now."""
        told = super().with_content_json(content)
        told.state = self.state
        return told

    def clean(self) -> None:
        """Only addresses that the operator allows."""
        super().clean()
        if self.source:
            from django.conf import settings

            try:
                checked_source(self.source, allowed_hosts=settings.LIVE_HOSTS)
            except SourceRefused as error:
                raise ValidationError({"source": str(error)}) from None


class LiveUpdate(models.Model):
    """A line of the stream of text."""

    page = models.ForeignKey(LiveEventPage, on_delete=models.CASCADE, related_name="updates")
    said_at = models.DateTimeField(_("when"), default=timezone.now)
    words = models.TextField(_("words"), max_length=1000)
    said_by = models.CharField(_("who said it"), max_length=150, blank=True)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ["said_at", "pk"]
