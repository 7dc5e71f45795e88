"""A form that somebody has begun: sealed under a secret that only the link to resume it holds.

Tests: tests/newsroom/test_form_drafts.py.
"""

from typing import Any, ClassVar

from django.db import models


class Draft(models.Model):
    """What was typed so far. The database alone opens nothing; old ones are removed."""

    lookup = models.CharField(max_length=64, unique=True, help_text="hash of the secret of the link")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[Any]] = models.Manager()
