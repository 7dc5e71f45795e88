"""Documents, notes, wishes, and names as authorities write them.

Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept


class Document(Kept):
    """A file about a group, a child or a home; stored sealed, outside the web root, under an opaque name."""

    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    child = models.ForeignKey(
        "intake.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=8, blank=True)
    stored_name = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_legible = models.BooleanField(null=True)  # None: no second person has looked; False counts as missing
    legible_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    scan_result = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="document_is_about_something",
                condition=Q(group__isnull=False) | Q(child__isnull=False) | Q(home__isnull=False),
            )
        ]


class Note(Kept):
    """What somebody wrote down about a group or a home; never changed, only added to or voided."""

    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="notes"
    )
    child = models.ForeignKey(
        "intake.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="notes"
    )
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField(max_length=10_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Wish(Kept):
    """What a child, a family or a home asked for; shown at approval, never over safety."""

    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="wishes"
    )
    child = models.ForeignKey(
        "intake.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="wishes"
    )
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="wishes"
    )
    wished_by = models.CharField(max_length=20)  # child, family, home
    kind = models.CharField(max_length=20)  # town, with_whom, religion, school, other
    text = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)


class WrittenName(Kept):
    """A child's name exactly as one authority writes it; never split, mended or cut.

    The name at birth is not here: it is a sealed field of the child.
    """

    class Authority(models.TextChoices):
        """Who writes it so."""

        PASSPORT = "passport"
        COURT = "court"
        USCIS = "uscis"
        ORR = "orr"
        SCHOOL = "school"
        OTHER = "other"

    child = models.ForeignKey("intake.Child", on_delete=models.PROTECT, related_name="written_names")
    authority = models.CharField(max_length=14, choices=Authority)
    name = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child", "authority"],
                condition=Q(voided_at__isnull=True),
                name="one_written_name_an_authority",
            )
        ]
