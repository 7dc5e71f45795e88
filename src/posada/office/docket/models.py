"""What happened in a case, the dates that follow, remedies examined, hearings' notices, orders, outcomes, calendars.

Nothing is edited away: an event that was a mistake is voided, a deadline is met, superseded or excused, and an
entry about a remedy is followed by another. The rules themselves stand in `posada.rulebook`.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

GROUP = "intake.SiblingGroup"
CHILD = "intake.Child"
PAPER = "casefile.Document"


class DocketEvent(Kept):
    """Something that happened to one child on a day and starts clocks; `name` is the trigger of rules.

    A mistake is voided; a correction is a new event that `replaces` the old one.
    """

    group = models.ForeignKey(GROUP, on_delete=models.PROTECT, related_name="docket_events")
    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="docket_events")
    name = models.CharField(max_length=40)
    on = models.DateField()
    earliest = models.DateField(null=True, blank=True)  # of a day that is not certain: counted from it
    evidence = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service_method = models.CharField(max_length=20, blank=True)
    court_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=2, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    rules = models.JSONField(default=list, blank=True)  # only these rules; empty: every one it starts
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["group", "on"])]


class DocketAdjustment(Kept):
    """What counsel recorded to move one date: a stopped clock, days for service, an extension, an order, grace."""

    group = models.ForeignKey(GROUP, on_delete=models.PROTECT, related_name="docket_adjustments")
    child = models.ForeignKey(CHILD, null=True, on_delete=models.PROTECT, related_name="docket_adjustments")
    rule_id = models.CharField(max_length=60)
    event_key = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    authority = models.CharField(max_length=300)
    evidence = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField(default=0)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()


class Deadline(Kept):
    """One date of one case under one rule, as computed; never erased. `child` null: of the group's hearing.

    `before`: every computation that came before the one that stands, oldest first; `resolutions_before`: how it
    was closed before it stood again. `days_needed`: working days of the steps that must still come first.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        MET = "met"
        SUPERSEDED = "superseded"
        EXCUSED = "excused"

    deadline_id = models.CharField(max_length=24, unique=True)
    group = models.ForeignKey(GROUP, on_delete=models.PROTECT, related_name="deadlines")
    child = models.ForeignKey(CHILD, null=True, on_delete=models.PROTECT, related_name="deadlines")
    rule_id = models.CharField(max_length=60)
    event_key = models.CharField(max_length=60)
    occurrence = models.PositiveSmallIntegerField(default=1)
    trigger_date = models.DateField()
    day = models.DateField(null=True)
    alternative = models.DateField(null=True)
    standing = models.CharField(max_length=20)
    rule_version = models.CharField(max_length=70)
    as_of = models.DateField()
    is_signed_off = models.BooleanField(default=False)
    counted = models.JSONField(null=True)
    adjusted_by = models.JSONField(default=list)
    before = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(null=True)  # the day of the act
    closed_by = models.CharField(max_length=160, blank=True)
    because = models.CharField(max_length=500, blank=True)  # the proof, the event, or the reason
    entered_on = models.DateField(null=True)
    proof = models.ForeignKey(PAPER, null=True, on_delete=models.PROTECT, related_name="+")
    resolutions_before = models.JSONField(default=list)
    steps_done = models.JSONField(default=dict)  # step → ISO day
    days_needed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            # All that an agenda lists and counts by: a nation's dates are read from the index alone.
            models.Index(
                name="docket_dates_by_day",
                fields=["state", "voided_at", "day", "group", "rule_id", "id", "days_needed"],
            ),
            models.Index(fields=["group", "state", "day"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_closed_deadline_says_when_and_why",
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False) & ~Q(because="") & ~Q(closed_by="")),
            )
        ]


class DateGap(models.Model):
    """A date that could not be computed, and what is missing; written anew at each computation."""

    group = models.ForeignKey(GROUP, on_delete=models.CASCADE, related_name="date_gaps")
    child = models.ForeignKey(CHILD, null=True, on_delete=models.CASCADE, related_name="date_gaps")
    rule_id = models.CharField(max_length=60)
    event_key = models.CharField(max_length=60)
    missing = models.CharField(max_length=200)  # the name of a fact, or "rule", or "calendar"


class HearingDetail(Kept):
    """What the office knows of a hearing beside its day: room, zone, video, interpreters, transport, doubts.

    `interpreters`: [{language, variant, into, is_booked}]; a relay is two of them.
    """

    hearing = models.OneToOneField("intake.Hearing", on_delete=models.PROTECT, related_name="detail")
    place = models.CharField(max_length=160, blank=True)
    zone = models.CharField(max_length=40, blank=True)  # of the place of the hearing
    child_zone = models.CharField(max_length=40, blank=True)  # by video: where the child sits
    interpreters = models.JSONField(default=list, blank=True)
    transport = models.CharField(max_length=200, blank=True)  # who brings the child; empty: not confirmed
    is_confirmed = models.BooleanField(default=True)


class HearingNotice(Kept):
    """A notice of hearing as typed, each field confirmed by a person; a date that cannot be still counts.

    `read`: what the text layer proposed; `doubts`: codes; `checks`: [{on, by, answer, confirms}] of the court's line.
    """

    group = models.ForeignKey(GROUP, on_delete=models.PROTECT, related_name="hearing_notices")
    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="hearing_notices")
    document = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey("intake.Hearing", null=True, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    day_typed = models.CharField(max_length=10)  # as the paper has it, even if no calendar does
    time_typed = models.CharField(max_length=5, blank=True)
    court_code = models.CharField(max_length=40)
    served_on = models.DateField()
    source = models.CharField(max_length=200)
    read = models.JSONField(default=dict, blank=True)
    appear_on = models.DateField()
    doubts = models.JSONField(default=list, blank=True)
    asks_venue = models.BooleanField(default=False)
    next_check = models.DateField(null=True)
    checks = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class RemedyEntry(Kept):
    """What somebody recorded about one remedy of one child. The last entry by counsel is the state of the line."""

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="remedy_entries")
    remedy_id = models.CharField(max_length=40)
    state = models.CharField(max_length=15)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=160)
    author_role = models.CharField(max_length=30)
    on = models.DateField()
    facts = models.JSONField(default=dict, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["child", "remedy_id"])]


class Screening(Kept):
    """Answers to the questionnaire: question → yes, no, not_known. They propose, and decide nothing."""

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="screenings")
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="en")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class OrderFound(Kept):
    """An order of removal that a child comes with; None in `facts` is not known and opens a task to find out."""

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="orders_found")
    on = models.DateField()  # the day of the order
    facts = models.JSONField(default=dict)
    document = models.ForeignKey(PAPER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()


class CaseOutcome(Kept):
    """How the case of a child ended. Removal stands only with an approval by a second human being."""

    class Kind(models.TextChoices):
        """The outcome."""

        REMOVAL = "removal"

    child = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="case_outcomes")
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField()
    reason = models.CharField(max_length=500)
    approval = models.ForeignKey("access.Approval", null=True, on_delete=models.PROTECT, related_name="+")
    explained_language = models.CharField(max_length=8, blank=True)
    explained_by = models.CharField(max_length=160, blank=True)
    explained_on = models.DateField(null=True)
    register_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="removal_takes_two_persons",
                condition=~Q(kind="removal") | (Q(approval__isnull=False) & ~Q(explained_by="")),
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(voided_at__isnull=True), name="one_outcome_a_child"
            ),
        ]


class RuleSignOff(Kept):
    """A lawyer has read one version of one rule and confirms it. `digest`: of what was read, and of no other text."""

    rule_version = models.CharField(max_length=70)  # such as eoir.bia_appeal#2
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    bar = models.CharField(max_length=120)  # the bar and the number there
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rule_version"])]


class FeedLink(Kept):
    """A calendar link of one person; only the hash of its token is kept, and it dies when it is revoked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed_links")
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_living_feed_link"
            )
        ]
