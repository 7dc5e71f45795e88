"""Enquiries and homes, from the first call to an open home and its end.

Sealed (`posada.office.access`): contact name, street, unit, city, postal code, phone and e-mail of homes and
enquiries. A home's county is not sealed: the plan reads it.
Docs: docs/reference/checks.md. Tests: tests/office/licensing/test_opening.py.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

SEALED_OF_HOME = ("contact_name", "street", "unit", "city", "postal_code", "phone", "email")
SEALED_OF_ENQUIRY = ("contact_name", "phone", "email")


class Home(Kept):
    """A home that can receive children. None or an empty list means "no limit"; columns as in homes.csv."""

    class State(models.TextChoices):
        """Whether it can be offered a group: only an open home can."""

        PREPARING = "preparing"
        OPEN = "open"
        ON_HOLD = "on_hold"
        CLOSED = "closed"

    home_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=6)  # kin, foster or group
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING, db_index=True)
    state_reason = models.CharField(max_length=60, blank=True)
    held_reason = models.CharField(max_length=30, blank=True)  # incomplete_separation: takes nobody new
    county_fips = models.CharField(max_length=5, db_index=True)
    licensed_capacity = models.PositiveIntegerField()
    license_from = models.DateField(null=True, blank=True)
    license_to = models.DateField(null=True, blank=True)
    checks_clear_until = models.DateField(null=True, blank=True)
    beds_girls = models.PositiveIntegerField()
    beds_boys = models.PositiveIntegerField()
    beds_any = models.PositiveIntegerField()
    age_min = models.PositiveIntegerField(null=True, blank=True)
    age_max = models.PositiveIntegerField(null=True, blank=True)
    accepts_sexes = models.JSONField(default=list, blank=True)
    max_siblings = models.PositiveIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)
    abilities = models.JSONField(default=list, blank=True)
    own_children_birth_dates = models.JSONField(default=list, blank=True)  # ISO days, as imported
    cost_cents_per_child_day = models.PositiveIntegerField(null=True, blank=True)
    best_language = models.CharField(max_length=8, blank=True)
    is_multi_unit = models.BooleanField(null=True, blank=True)
    address_confirmed_on = models.DateField(null=True, blank=True)
    open_to_asked_on = models.DateField(null=True, blank=True)
    silent_offers = models.PositiveSmallIntegerField(default=0)
    has_typed_checks = models.BooleanField(default=False)  # checks kept here decide, not the imported day

    def __str__(self) -> str:
        return self.home_id


class Enquiry(Kept):
    """Somebody offered to open a home."""

    class Stage(models.TextChoices):
        """How far it has come; lawful steps stand in posada.licensing.enquiry."""

        ENQUIRY = "enquiry"
        TRIAGE = "triage"
        APPLICATION = "application"
        CHECKS = "checks"
        HOME_STUDY = "home_study"
        DECISION = "decision"
        OPEN = "open"
        ON_HOLD = "on_hold"
        CLOSED = "closed"

    reference = models.CharField(max_length=20, unique=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.ENQUIRY, db_index=True)
    furthest = models.CharField(
        max_length=12, choices=Stage, default=Stage.ENQUIRY
    )  # the furthest stage reached
    kind = models.CharField(max_length=6, default="foster")
    county_fips = models.CharField(max_length=5, db_index=True)
    languages = models.JSONField(default=list, blank=True)
    beds_offered = models.PositiveSmallIntegerField(default=1)
    max_siblings = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    best_language = models.CharField(max_length=8, default="en")
    received_at = models.DateTimeField()
    received_on = models.DateField(null=True, blank=True)  # the office's day at that moment
    first_answer_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    ending_reason = models.CharField(max_length=40, blank=True)
    home = models.OneToOneField(Home, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiry")

    @property
    def since(self) -> date:
        """The day on which it came in."""
        return self.received_on or self.received_at.date()


class HouseholdMember(Kept):
    """A person who lives in a home (never a placed child). Leaving the home and leaving the role are two things."""

    class Part(models.TextChoices):
        """What the person is in the home."""

        CARER = "carer"
        ADULT = "adult"
        OWN_CHILD = "own_child"

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="members")
    label = models.CharField(max_length=60)  # as the worker calls the person: "first carer", "son"
    birth_date = models.DateField(null=True, blank=True)
    part = models.CharField(max_length=10, choices=Part)
    moved_in_on = models.DateField()
    moved_out_on = models.DateField(null=True, blank=True)
    carer_until = models.DateField(
        null=True, blank=True
    )  # the last day as carer, of one who still lives there
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)


class Check(Kept):
    """One safety check of a home or of a person in it. Pending is never clear."""

    class Result(models.TextChoices):
        """Its result; expired follows from the day and is not stored."""

        REQUESTED = "requested"
        PENDING = "pending"
        CLEAR = "clear"
        REFUSED = "refused"

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="checks")
    member = models.ForeignKey(
        HouseholdMember, null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    check_type = models.CharField(
        max_length=40
    )  # an id of the policy's check types, with the rule that demands it
    result = models.CharField(max_length=10, choices=Result, default=Result.REQUESTED)
    requested_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        "casefile.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class HomeStudy(Kept):
    """A home study; whoever wrote it cannot approve it."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="studies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    summary = models.TextField(max_length=10_000, blank=True)
    recommends_capacity = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="study_is_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("author")),
            )
        ]


class LicenseException(Kept):
    """A dated permission beyond a rule (the 7th or 8th child of one sibling group; going on a pending check)."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="exceptions")
    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField(max_length=60)
    check_type = models.CharField(max_length=40, blank=True)  # the check, for going on while one is pending
    member = models.ForeignKey(
        HouseholdMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="exception_is_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
            )
        ]


class RefusalSeen(Kept):
    """Somebody acknowledged an earlier refusal of this home or of one of its adults before it was opened."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="refusals_seen")
    refused_id = models.UUIDField()  # the enquiry or home that was refused
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["home", "refused_id"], name="one_acknowledgement_a_refusal")
        ]
