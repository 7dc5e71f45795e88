"""What every record of the office has: an opaque id, a version, who changed it, and a way to be voided.

Nothing is ever deleted by a person: a record that was a mistake is voided with a reason, leaves the lists, and
stays in its history. Changes go through `posada.office.audit.history.save_change`, which compares versions.
Tests: tests/office/test_kept.py.
"""

import uuid

from django.db import models


class KeptQuerySet(models.QuerySet["Kept"]):
    """Rows of a kept record."""

    def standing(self) -> "KeptQuerySet":
        """Those that were not voided."""
        return self.filter(voided_at__isnull=True)


class Kept(models.Model):
    """An opaque id (uuid4, the only id that may stand in a URL), a version for compare-and-set, and voiding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=300, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True
