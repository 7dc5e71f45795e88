"""Devices that take check-ins along, and the forms that came back from them.

Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_models.py.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class AwayDevice(models.Model):
    """A browser for which this office keeps the half of a pair of keys that opens what was written on it.

    `public`: the other half, which the device has and which can only close. `private`: sealed with the deployment's
    keys; empty once it was taken away, and then nothing on the device can be read by anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="away_devices")
    public = models.CharField(max_length=120)
    private = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)


class AwayForm(models.Model):
    """One check-in that was written on a device. Its id is made there, with the form, so that it is taken once.

    What was typed is kept while a person has to choose, and after she left the other's text as it stands. Once it
    stands in the check-in it stands there alone.
    """

    class State(models.TextChoices):
        """What became of it."""

        RECORDED = "recorded"
        CONFLICT = "conflict"
        ADDED = "added"  # after a conflict: its words stand in the check-in, and here no more
        LEFT = "left"  # after a conflict: what the other wrote stands alone there, and its words here

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="away_forms")
    device = models.ForeignKey(AwayDevice, on_delete=models.PROTECT, related_name="forms")
    check_in = models.ForeignKey("placement.CheckIn", on_delete=models.PROTECT, related_name="away_forms")
    seen_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    outcome = models.CharField(max_length=12, blank=True)
    on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=5_000, blank=True)
    address_confirmed = models.BooleanField(default=False)
    received_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_open_conflict_has_its_words",
                condition=~Q(state="conflict") | (~Q(outcome="") & Q(on__isnull=False)),
            )
        ]
