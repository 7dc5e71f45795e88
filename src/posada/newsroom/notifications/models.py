"""Who is told, of what, and what was sent. No person stands here: no name, no address of a machine, no account.

Docs: docs/how-to/be-told.md. Tests: tests/newsroom/notifications/test_subscribing.py.
"""

from typing import Any, ClassVar

from django.db import models


class Subscription(models.Model):
    """A browser that asked to be told. `lookup` is a hash of the endpoint; `renewed_at` moves whenever it calls.

    Quiet hours are minutes after midnight in `zone`; both empty: none.
    """

    lookup = models.CharField(max_length=64, unique=True)
    endpoint = models.TextField()
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    breaking = models.BooleanField(default=False)
    live = models.BooleanField(default=False)
    exclusive = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="en")
    zone = models.CharField(max_length=64, default="America/New_York")
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    breaking_always = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    renewed_at = models.DateTimeField()
    objects: ClassVar[models.Manager[Any]] = models.Manager()


class Announcement(models.Model):
    """Something that happened once: a story was published, or an event went live. It is told once.

    `topics`: those it belongs to, separated by spaces. `next_at`: when the worker looks again; empty: it is done.
    """

    class Happening(models.TextChoices):
        """What happened."""

        STORY = "story"
        LIVE = "live"

    story = models.UUIDField()
    happening = models.CharField(max_length=8, choices=Happening.choices)
    topics = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, db_index=True)
    gone = models.PositiveIntegerField(default=0)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["story", "happening"], name="announced_once")
        ]


class SentItem(models.Model):
    """That a subscription was told of an announcement: written before it is sent, so that it is never sent twice."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE)
    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE)
    claim = models.UUIDField()
    outcome = models.CharField(max_length=12, default="claimed")
    again_at = models.DateTimeField(null=True, help_text="not to be tried again before")
    tries = models.PositiveSmallIntegerField(default=1)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["subscription", "announcement"], name="told_once")
        ]
