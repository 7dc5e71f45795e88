"""A clip: video, captions, poster, transcript. Its running time is read from the file, never typed.

Tests: tests/newsroom/test_site.py.
"""

import uuid
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Revision, TaskState

from posada.newsroom.bare_media import bare_picture, blank_video
from posada.newsroom.captions import NotCaptions, read_captions
from posada.newsroom.running_time import NotAClip, iso_time, kind_of, running_milliseconds, shown_time

MOST_BYTES = 500_000_000
SUFFIXES = {"video/mp4": ".mp4", "video/webm": ".webm"}


def _under_an_opaque_name(clip: "Clip", filename: str) -> str:
    return f"clips/{clip.pk}/{uuid.uuid4().hex}{Path(filename).suffix.lower()[:8]}"


class Clip(models.Model):
    """A video that a clip's page shows. Without captions no page of it can be published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    video = models.FileField(_("video (MP4 or WebM)"), upload_to=_under_an_opaque_name)
    poster = models.FileField(_("poster (PNG or WebP)"), upload_to=_under_an_opaque_name, blank=True)
    captions_en = models.FileField(
        _("captions, English (WebVTT)"), upload_to=_under_an_opaque_name, blank=True
    )
    captions_es = models.FileField(
        _("captions, Spanish (WebVTT)"), upload_to=_under_an_opaque_name, blank=True
    )
    transcript_en = models.TextField(_("transcript, English"), blank=True)
    transcript_es = models.TextField(_("transcript, Spanish"), blank=True)
    running_ms = models.PositiveIntegerField(_("running time (ms)"), default=0, editable=False)
    kind = models.CharField(max_length=12, default="", editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("video"),
        FieldPanel("poster"),
        MultiFieldPanel([FieldPanel("captions_en"), FieldPanel("captions_es")], _("Captions")),
        MultiFieldPanel([FieldPanel("transcript_en"), FieldPanel("transcript_es")], _("Transcript")),
    ]

    class Meta:
        verbose_name = _("clip")
        verbose_name_plural = _("clips")

    def __str__(self) -> str:
        return f"{self.title} ({self.length})"

    def clean(self) -> None:
        """Read the running time from the file and look through the captions."""
        super().clean()
        wrong: dict[str, str] = {}
        if self.video:
            try:
                self.read_video()
                if isinstance(self.video.file, UploadedFile):
                    blank_video(cast(BinaryIO, self.video.file))
            except NotAClip as error:
                wrong["video"] = str(error)
        for name in ("captions_en", "captions_es"):
            if file := getattr(self, name):
                try:
                    read_captions(file.read())
                except NotCaptions as error:
                    wrong[name] = str(error)
                file.seek(0)
        if self.poster and Path(str(self.poster.name)).suffix.lower() not in (".png", ".webp"):
            wrong["poster"] = "A poster is a PNG or WebP picture."
        elif self.poster:
            try:
                bare_picture(self.poster.read())
            except NotAClip as error:
                wrong["poster"] = str(error)
            self.poster.seek(0)
        if wrong:
            raise ValidationError(wrong)

    def read_video(self) -> None:
        """Set kind and running time from the file. Raises NotAClip."""
        if self.video.size > MOST_BYTES:
            raise NotAClip("A clip may have 500 MB.")
        file: Any = self.video.file
        file.seek(0)
        self.kind, self.running_ms = kind_of(file), running_milliseconds(file)
        file.seek(0)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Never with a running time that is not the file's, nor with files that say more than they show."""
        if self.video:
            self.read_video()
        new = [name for name in ("video", "poster") if (file := getattr(self, name)) and not file._committed]
        super().save(*args, **kwargs)
        if "video" in new:
            with Path(self.video.path).open("r+b") as kept:
                blank_video(kept)
        if "poster" in new:
            poster = Path(self.poster.path)
            poster.write_bytes(bare_picture(poster.read_bytes()))

    @property
    def is_held(self) -> bool:
        """Whether a page with this clip is published, set for a time, or with a second reader now."""
        if self.pages.filter(live=True).exists():  # type: ignore[attr-defined]
            return True
        read = models.Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
        waits = models.Q(approved_go_live_at__isnull=False)
        return bool(Revision.page_revisions.filter(read | waits, content__clip=str(self.pk)).exists())

    @property
    def length(self) -> str:
        """m:ss."""
        return shown_time(self.running_ms)

    @property
    def padded_length(self) -> str:
        """mm:ss, as it stands in the corner of the poster."""
        return self.length.rjust(5, "0")

    @property
    def iso_length(self) -> str:
        """As schema.org wants it."""
        return iso_time(self.running_ms)

    @property
    def has_captions(self) -> bool:
        """Whether a page of this clip may be published."""
        return bool(self.captions_en)
