"""Counsel, who they act for, and what stands against it.

Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

SEALED_OF_HOURS_OFFER = ("contact_name", "phone", "email")


class HoursOffer(Kept):
    """Somebody offered hours on the public site. Who it is stays sealed; a lawyer is entered as counsel from here."""

    class State(models.TextChoices):
        """How far it has come."""

        RECEIVED = "received"
        IN_CONTACT = "in_contact"
        AGREED = "agreed"
        ENDED = "ended"

    reference = models.CharField(max_length=20, unique=True)  # of the letter, so that it is taken once
    kind = models.CharField(max_length=12)  # attorney, interpreter or mentor
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED, db_index=True)
    county_fips = models.CharField(max_length=5)
    languages = models.JSONField(default=list)
    hours_a_month = models.PositiveSmallIntegerField()
    best_language = models.CharField(max_length=8, default="en")
    received_on = models.DateField()
    ending_reason = models.CharField(max_length=300, blank=True)
    counsel = models.OneToOneField(
        "counsel.Counsel", null=True, blank=True, on_delete=models.PROTECT, related_name="hours_offer"
    )

    def __str__(self) -> str:
        return self.reference


class Counsel(Kept):
    """An attorney or accredited representative. Columns of counsel.csv keep their names."""

    counsel_id = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120, blank=True)
    courts = models.JSONField(default=list, blank=True)
    open_slots = models.PositiveIntegerField(default=0)  # sibling groups, beyond those engaged now
    languages = models.JSONField(default=list, blank=True)
    case_types = models.JSONField(default=list, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    available_from = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=25, default="attorney")  # attorney or accredited_representative
    bar_number = models.CharField(max_length=40, blank=True)
    bar_state = models.CharField(max_length=2, blank=True)
    malpractice_until = models.DateField(null=True, blank=True)
    mentor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="mentees"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="counsel"
    )
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.counsel_id


class Cover(Kept):
    """Another counsel stands in for one between two days."""

    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.CharField(max_length=300, blank=True)


class ConflictParty(Kept):
    """A person on another side of a group's case. The name is folded for matching and seen by the desk only."""

    group = models.ForeignKey(
        "intake.SiblingGroup", on_delete=models.PROTECT, related_name="conflict_parties"
    )
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=40)  # accused, parent, sponsor, witness …


class ConflictCheck(Kept):
    """A dated check of one counsel against the whole program, for one group.

    `hits`: [{kind, other, through, since, key}]: code, opaque id of the other group, "counsel" or "organization",
    ISO day of the engagement it rests on, and a digest that tells the same hit again. No names.
    """

    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="conflict_checks")
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    hits = models.JSONField(default=list)
    cleared_reason = models.CharField(max_length=300, blank=True)


class Engagement(Kept):
    """A counsel acts for a group, with a scope, from a day until an end that is recorded.

    `until_date`: the first day on which the counsel no longer acts; from that day on the file is closed to them.
    A full or limited engagement takes one of the counsel's open slots; a clinic takes none.
    """

    class Scope(models.TextChoices):
        """How much the counsel has taken on."""

        FULL = "full"
        LIMITED = "limited"
        CLINIC = "clinic"

    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="engagements")
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="engagements")
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.FULL)
    from_date = models.DateField()
    expected_until = models.DateField(null=True, blank=True)  # when a limited service should be done
    until_date = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    conflict_check = models.ForeignKey(ConflictCheck, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(until_date__isnull=True, scope="full", voided_at__isnull=True),
                name="one_full_engagement",
            ),
            models.CheckConstraint(
                name="an_ended_engagement_says_why",
                condition=Q(until_date__isnull=True) | ~Q(end_reason=""),
            ),
        ]
