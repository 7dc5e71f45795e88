"""Tasks, and the state of everything that was sent.

Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.access.roles import Role
from posada.office.kept import Kept


class Task(Kept):
    """Something that somebody must do. What it says is a code with values, put into words on the page."""

    kind = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=30, choices=Role, db_index=True)  # whose queue it stands in
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    counsel = models.ForeignKey(
        "counsel.Counsel", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    due_on = models.DateField(null=True, blank=True, db_index=True)
    values = models.JSONField(default=dict, blank=True)  # codes, counts, days; no names
    once_key = models.CharField(max_length=120, blank=True, db_index=True)  # one cause opens one task
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=60, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["once_key"],
                condition=Q(done_at__isnull=True) & ~Q(once_key=""),
                name="one_open_task_a_cause",
            )
        ]


class Mail(models.Model):
    """One message to one recipient: what kind, to whom, and whether it arrived. Its text is made at sending."""

    class State(models.TextChoices):
        """What is known of it."""

        QUEUED = "queued"
        HANDED_OVER = "handed_over"
        BOUNCED = "bounced"
        HELD = "held"

    kind = models.CharField(max_length=30)  # offer, digest, reminder
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("placement.Offer", null=True, on_delete=models.PROTECT, related_name="mails")
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED, db_index=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    handed_over_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, blank=True, db_index=True)
    lines_digest = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)  # of a digest: one a day for each person
    lines = models.JSONField(default=dict)  # of a digest: line → digest of what it said when last told
    soft_failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(kind="digest"), name="one_digest_a_day"
            )
        ]


class Confirmation(Kept):
    """A home or a counsel has looked through its list of children for a month. `month`: its first day."""

    month = models.DateField()
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="confirmations"
    )
    counsel = models.ForeignKey(
        "counsel.Counsel", null=True, blank=True, on_delete=models.PROTECT, related_name="confirmations"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    listed = models.PositiveSmallIntegerField()  # children or groups on the list that was shown
    differs = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="confirmation_is_of_a_home_or_a_counsel",
                condition=Q(home__isnull=False, counsel__isnull=True)
                | Q(home__isnull=True, counsel__isnull=False),
            ),
            models.UniqueConstraint(fields=["month", "home"], name="one_confirmation_a_home"),
            models.UniqueConstraint(fields=["month", "counsel"], name="one_confirmation_a_counsel"),
        ]
