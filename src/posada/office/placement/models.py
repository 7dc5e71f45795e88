"""Plans and what became of them: overrides, offers, placements, check-ins, incidents.

Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_models.py.
"""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept


class PlanRun(Kept):
    """One plan: asked for, solved by the worker, looked at, approved by a second person.

    `changed_number`: the program's count of changes when its inputs were read; a plan whose number is behind the
    program's is stale and cannot be approved. `folder`: opaque name under the deployment's plans folder, in the
    form that `posada plan` writes. `levels`: [{name, sense, value, bound}]; `counts`: groups, children, placed….
    `log_number`: length of the log when the inputs were read, so that a stale plan can say what has changed.
    `tries`: how often a worker began; `is_followed_up`: whether what may wait (shortages, homes that nobody asked)
    is worked out.
    """

    class State(models.TextChoices):
        """Where the plan stands."""

        QUEUED = "queued"
        SOLVING = "solving"
        READY = "ready"
        FAILED = "failed"
        STOPPED = "stopped"
        APPROVED = "approved"

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_for_approval_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_for_approval_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    plan_date = models.DateField(null=True)
    policy = models.CharField(max_length=40, blank=True)
    seed = models.PositiveIntegerField(default=0)
    input_sha256 = models.CharField(max_length=64, blank=True)
    changed_number = models.PositiveBigIntegerField(default=0)
    folder = models.CharField(max_length=40, blank=True)
    progress = models.JSONField(default=dict)  # {step, levels_proven, levels}
    levels = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    refused_pins = models.JSONField(default=list)
    shortages = models.JSONField(default=list)  # rows of recruit.csv
    failure = models.CharField(max_length=500, blank=True)
    log_number = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    is_followed_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="queued"), name="one_plan_waits_to_be_solved"
            )
        ]


class PlannedGroup(models.Model):
    """One group in one plan: its home and counsel, or the reason for having none.

    `place`: its place among the groups of the plan, in the order of their ids. `county_fips` is the home's,
    `hearing_date` the group's first, `languages` the children's as ";mam;spa;": kept here to be filtered by.
    """

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="planned")
    children_count = models.PositiveSmallIntegerField()
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="planned")
    counsel = models.ForeignKey(
        "counsel.Counsel", null=True, on_delete=models.PROTECT, related_name="planned"
    )
    court_code = models.CharField(max_length=40, blank=True)
    kin = models.BooleanField(default=False)
    sharing_language = models.PositiveSmallIntegerField(default=0)  # children
    interpreters_needed = models.PositiveSmallIntegerField(default=0)  # children
    venue_change_needed = models.BooleanField(default=False)
    license_exception = models.BooleanField(default=False)
    cost_cents_per_day = models.PositiveIntegerField(default=0)
    distance_tenths_km = models.PositiveIntegerField(default=0)
    unplaced_reason = models.CharField(max_length=30, blank=True)
    unrepresented_reason = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    pinned = models.BooleanField(default=False)
    place = models.PositiveIntegerField(default=0)
    county_fips = models.CharField(max_length=5, blank=True)
    hearing_date = models.DateField(null=True)
    languages = models.CharField(max_length=200, blank=True)
    heard_by = models.DateField(
        default=date.max
    )  # hearing_date, or the end of time: what lists are ordered by

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "group"], name="one_row_a_group")]
        indexes: ClassVar = [
            models.Index(fields=["run", "place"]),
            models.Index(fields=["run", "county_fips", "place"]),
            models.Index(
                fields=["run", "heard_by", "place"],
                condition=Q(home__isnull=True),
                name="without_home_by_hearing",
            ),
            models.Index(
                fields=["run", "heard_by", "place"],
                condition=Q(home__isnull=False, counsel__isnull=True),
                name="no_counsel_by_hearing",
            ),
            models.Index(fields=["run", "unplaced_reason"]),
            models.Index(fields=["run", "unrepresented_reason"]),
        ]


class PlanQuestion(models.Model):
    """What somebody asked of a plan about one group, and the answer that the worker wrote.

    `answer` of explain: status, sentences by language, homes by the rules that refuse them; of pin and forbid:
    refused_by, levels [{name, before, after}], moved (groups), stands_already. Ids of the program, no names.
    """

    class Kind(models.TextChoices):
        """What was asked."""

        EXPLAIN = "explain"
        PIN = "pin"  # what would it cost to pin the group to the home
        FORBID = "forbid"  # what would it cost to forbid the home

    class State(models.TextChoices):
        """Where the question stands."""

        ASKED = "asked"
        ANSWERED = "answered"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="questions")
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "group"], condition=Q(kind="explain"), name="one_explanation"
            ),
            models.UniqueConstraint(fields=["run", "group", "home", "kind"], name="one_price"),
        ]


class UnaskedHome(models.Model):
    """An open home that was never asked and is not in the plan, with the rule that keeps it out.

    `rule`: the code that refuses the most groups, or empty where the home is lawful for some (`lawful` of them)
    and the plan needed it for none. `refused`: groups that the rule refuses.
    """

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="unasked_homes")
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=30, blank=True)
    refused = models.PositiveIntegerField(default=0)
    lawful = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "home"], name="one_row_a_home")]
        indexes: ClassVar = [models.Index(fields=["run", "rule"])]


class Override(Kept):
    """A pin or a forbid, by a person, with a reason; ended rather than deleted."""

    action = models.CharField(max_length=6)  # pin or forbid
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="overrides")
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="+")
    counsel = models.ForeignKey("counsel.Counsel", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_text = models.CharField(max_length=120, blank=True)  # the author that an imported file names
    price = models.JSONField(default=list)  # [{name, before, after}] shown before it was recorded
    ended_at = models.DateTimeField(null=True)


class Offer(Kept):
    """A home is asked to take a group, until a time. The token of its single-use link is kept as a hash only."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"
        NOT_DELIVERED = "not_delivered"

    run = models.ForeignKey(PlanRun, null=True, on_delete=models.PROTECT, related_name="offers")
    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="offers")
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="offers")
    counsel = models.ForeignKey("counsel.Counsel", null=True, on_delete=models.PROTECT, related_name="+")
    children_count = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=13, choices=State, default=State.OPEN, db_index=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    length_days = models.PositiveSmallIntegerField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ending_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(state="open"), name="one_open_offer_a_group"
            )
        ]


class Placement(Kept):
    """A child lives in a home. `from_date`/`to_date`: what happened on which day; `entered_at`: when typed.

    `expected_until`: how long the offer was for.
    """

    child = models.ForeignKey("intake.Child", on_delete=models.PROTECT, related_name="placements")
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="placements")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="placements")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    expected_until = models.DateField(null=True, blank=True)
    arrived_confirmed_at = models.DateTimeField(null=True)
    ending = models.CharField(
        max_length=30, blank=True
    )  # reunified, moved, disrupted, aged_out, left, unknown …

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(to_date__isnull=True, voided_at__isnull=True),
                name="one_standing_placement",
            )
        ]


class CheckIn(Kept):
    """A visit or call that is due. "Tried, not reached" and "refused" are results and count as not done."""

    class Outcome(models.TextChoices):
        """What came of it."""

        SAFE = "safe"
        CONCERN = "concern"
        NOT_REACHED = "not_reached"
        REFUSED = "refused"

    group = models.ForeignKey("intake.SiblingGroup", on_delete=models.PROTECT, related_name="check_ins")
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="check_ins")
    kind = models.CharField(max_length=12)  # day_7, day_30, day_90, month_n, post_release
    due_on = models.DateField(db_index=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    tries = models.JSONField(default=list)  # [{on, outcome, by}]
    note = models.TextField(max_length=5_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Incident(Kept):
    """Something that happened in a home."""

    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, on_delete=models.PROTECT, related_name="incidents"
    )
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="incidents")
    happened_on = models.DateField()
    kind = models.CharField(max_length=30)
    text = models.TextField(max_length=5_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
