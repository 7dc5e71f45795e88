"""The append-only log (hash-chained) and the revisions of records.

An entry holds opaque ids and field names, never a value of a person's: it can be read by an auditor who may not
know a child. Revisions hold the values and are read only through the doors of the record they belong to.
Docs: docs/explanation/log.md. Tests: tests/office/audit/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act. `number` runs 1…n without gaps; `digest` is over the entry and the digest before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)  # the person; null: the machine or the command line
    acting_as = models.CharField(max_length=80, blank=True)  # roles at that moment, or the command
    act = models.CharField(max_length=60, db_index=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True, db_index=True)
    detail = models.JSONField(default=dict)  # opaque ids, codes, counts and field names only
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["actor", "act", "at"]), models.Index(fields=["at"])]


class Head(models.Model):
    """The one row that says how long the log is, so that a cut tail shows. Updated by compare-and-set."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=64, blank=True)  # with the audit key, which no table holds


class DailyDigest(models.Model):
    """The signed state of the log at the end of a day, to be printed or mailed."""

    day = models.DateField(primary_key=True)
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    signed_at = models.DateTimeField()


class Revision(models.Model):
    """A record as it stood after a change: who, when, what changed. `values`: field → value, without sealed ones."""

    record_kind = models.CharField(max_length=40)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    changed = models.JSONField(default=dict)  # field → [before, after]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record_kind", "record_id", "version"])]
