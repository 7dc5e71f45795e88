"""Browsers of staff that asked for a word, and of what each was told.

Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_models.py.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Browser(models.Model):
    """A browser in which a person switched topics on. It lives as long as the session in which it was done.

    `sealed`: its address at the push service and its keys, sealed; `lookup`: a hash of the address. `session`: a hash
    of the session's key, so that a row here opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=64, db_index=True)
    lookup = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="en")
    renewed_at = models.DateTimeField()


class Told(models.Model):
    """That a browser was told of something: written before it is sent, so that nothing is told twice."""

    browser = models.ForeignKey(Browser, on_delete=models.CASCADE, related_name="told")
    what = models.CharField(max_length=60)  # a topic and an opaque id or a day
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["browser", "what"], name="told_once_a_browser")
        ]
