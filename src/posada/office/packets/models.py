"""Packets, their exhibits in order, each building of one, and what was shared with counsel outside of the office.

Whether a packet is a draft, built or filed follows from its rows and stands in no column. A building keeps what went
into it, so that an exhibit that changed since shows.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

PAPER = "casefile.Document"


class Packet(Kept):
    """A filing for one child: where it goes, who files it, what it serves. `order`: ids of its exhibits.

    An exhibit that `order` does not name stands behind those that it names.
    """

    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="packets")
    child = models.ForeignKey("intake.Child", on_delete=models.PROTECT, related_name="packets")
    forum = models.CharField(max_length=20)
    court = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    is_detained = models.BooleanField(default=False)
    with_siblings = models.BooleanField(default=False)  # joined cases: every brother and sister on the cover
    hearing = models.ForeignKey(
        "intake.Hearing", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judge = models.CharField(max_length=120, blank=True)
    deadline = models.ForeignKey(
        "docket.Deadline", null=True, blank=True, on_delete=models.PROTECT, related_name="packets"
    )
    filing_date = models.DateField(null=True, blank=True)
    filer_name = models.CharField(max_length=120, blank=True)
    filer_eoir_id = models.CharField(max_length=20, blank=True)
    filer_firm = models.CharField(max_length=120, blank=True)
    filer_street = models.CharField(max_length=160, blank=True)
    filer_city = models.CharField(max_length=160, blank=True)
    filer_phone = models.CharField(max_length=40, blank=True)
    filer_email = models.EmailField(blank=True)
    service_method = models.CharField(max_length=60, blank=True)
    service_on = models.CharField(max_length=160, blank=True)
    service_date = models.DateField(null=True, blank=True)
    service_address = models.CharField(max_length=200, blank=True)
    order = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True, blank=True)
    filed_words = models.CharField(max_length=300, blank=True)  # what proves it
    filed_proof = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_build = models.ForeignKey(
        "packets.Build", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_filed_packet_says_what_was_filed",
                condition=Q(filed_on__isnull=True) | (Q(filed_build__isnull=False) & ~Q(filed_words="")),
            )
        ]


class Exhibit(Kept):
    """One tab: a paper of the file, and where it is in another language its translation and who certifies it."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="exhibits")
    document = models.ForeignKey(PAPER, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=3, default="eng")  # ISO 639-3
    translation = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    translator_name = models.CharField(max_length=120, blank=True)
    translator_address = models.CharField(max_length=200, blank=True)
    translator_phone = models.CharField(max_length=40, blank=True)
    translator_languages = models.CharField(max_length=60, blank=True)  # codes, with semicolons

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["packet", "document"],
                condition=Q(voided_at__isnull=True),
                name="one_exhibit_a_paper",
            )
        ]


class Build(models.Model):
    """One building of a packet by the worker. Codes and pages only: nothing of a person stands in it.

    `inputs`: what went in, id of an exhibit or the name of a part → digest; `problems`: [{exhibit, tab, page,
    reason}]; `findings`: [{rule, holds, page, citation, message}]; `files`: ids of documents, the whole first.
    """

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued"
        BUILDING = "building"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, editable=False)
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    noted_at = models.DateTimeField()  # the last sign of life
    ended_at = models.DateTimeField(null=True)
    task = models.CharField(max_length=40, blank=True)
    failure = models.CharField(max_length=30, blank=True)  # a code of packet_words.FAILURES
    inputs = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    files = models.JSONField(default=list)
    pages = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the whole

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["packet", "number"], name="one_build_a_number"),
            models.UniqueConstraint(
                fields=["packet"],
                condition=Q(state__in=["queued", "building"]),
                name="one_running_build",
            ),
        ]


class Share(Kept):
    """The case as one encrypted archive for one person: a link that lapses, and a code that is told by phone.

    The code is the archive's passphrase; only its hash is kept, and the code itself, sealed, until the sender has
    seen it. `papers`: ids of the documents that are in it, as they stood.
    """

    class State(models.TextChoices):
        """Where it stands; whether it has lapsed follows from `lapses_at`."""

        ASKED = "asked"  # a legal coordinator has yet to agree
        PREPARING = "preparing"
        READY = "ready"
        FAILED = "failed"
        REVOKED = "revoked"

    child = models.ForeignKey("intake.Child", on_delete=models.PROTECT, related_name="shares")
    engagement = models.ForeignKey(
        "counsel.Engagement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside_name = models.CharField(max_length=120, blank=True)  # counsel who has no engagement here
    outside_firm = models.CharField(max_length=120, blank=True)
    consent = models.CharField(max_length=300, blank=True)  # what shows that the child agrees
    purpose = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    days = models.PositiveSmallIntegerField(default=3)
    lapses_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_hash = models.CharField(max_length=64, blank=True)
    secret = models.TextField(blank=True)  # token and code, sealed, until they have been shown once
    stored_name = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    papers = models.JSONField(default=list)
    failures = models.PositiveSmallIntegerField(default=0)  # wrong codes; too many revoke it
    opened_at = models.DateTimeField(null=True)
    opened_times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_share_names_one_counsel",
                condition=Q(engagement__isnull=False, outside_name="")
                | (Q(engagement__isnull=True) & ~Q(outside_name="") & ~Q(consent="")),
            )
        ]
