"""What was ticked on a checklist, what a child told, forms that were mapped, and reports about countries.

What a child told is sealed in its row and in its history alike; a mapping and the library hold nothing of a child.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

CHILD = "intake.Child"
PAPER = "casefile.Document"


class ChecklistMark(Kept):
    """Where one item of one checklist stands for a child. What has no row is open."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        DONE = "done"
        NOT_NEEDED = "not_needed"

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="checklist_marks")
    checklist_id = models.CharField(max_length=40)
    item_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    on = models.DateField(null=True, blank=True)  # the day on which it was ready
    document = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is not needed
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child", "checklist_id", "item_id"],
                condition=Q(voided_at__isnull=True),
                name="one_mark_an_item",
            ),
            models.CheckConstraint(
                name="a_mark_says_when_or_why",
                condition=Q(state="open")
                | (Q(state="done") & Q(on__isnull=False))
                | (Q(state="not_needed") & ~Q(reason="")),
            ),
        ]


class Declaration(Kept):
    """One telling of a child for one purpose, in one language, with who interprets."""

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="declarations")
    interview_id = models.CharField(max_length=40)
    language = models.CharField(max_length=3)  # ISO 639-3
    variant = models.CharField(max_length=80, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Answer(Kept):
    """What the child said to one question, in her language, and in English: both sealed, here and in the history."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="answers")
    question_id = models.CharField(max_length=40)
    told = models.TextField(blank=True)
    english = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["declaration", "question_id"], name="one_answer_a_question")
        ]


class FormEdition(Kept):
    """An official form as one edition of it is built, and which fact goes into which of its fields.

    `fields_digest`: of the names of its fields; another edition has another. `mapping`: field → fact.
    Nothing of a child, and no form, is in it.
    """

    fields_digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    mapping = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField(null=True)


class LibraryExhibit(Kept):
    """A public paper about conditions in a country, for any case. No child is named in it."""

    country = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    published_on = models.DateField()
    language = models.CharField(max_length=3, default="eng")
    tags = models.JSONField(default=list, blank=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["digest", "country"],
                condition=Q(voided_at__isnull=True),
                name="one_library_exhibit_a_paper",
            )
        ]


class LibraryContent(models.Model):
    """The bytes of a library exhibit, apart, so that a list never reads them."""

    exhibit = models.OneToOneField(LibraryExhibit, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()
