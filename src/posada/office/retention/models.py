"""Legal holds, and the list of what was erased, by keyed digests that say nothing by themselves.

Docs: docs/explanation/retention.md. Tests: tests/office/retention/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept


class LegalHold(Kept):
    """Something must be kept until the hold is lifted, whatever its day. `reason`: why, without names."""

    kind = models.CharField(max_length=20)  # of posada.retention.rules.KINDS
    subject_id = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=Q(lifted_on__isnull=True, voided_at__isnull=True),
                name="one_standing_legal_hold",
            )
        ]


class Erased(models.Model):
    """One erasure. `files`: [place, name] of what is still to be taken from the disk, until `finished_at`."""

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    erased_at = models.DateTimeField()
    files = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)
