"""Children, sibling groups and what ties them; courts and hearings; imports and merges.

Nothing that follows from age is stored. Names stand here; A-number, name at birth and the country of the birth
document are sealed (`posada.office.access`). Columns of the program folder keep their names.
Docs: docs/reference/program-folder.md. Tests: tests/office/intake/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from posada.office.kept import Kept

SEALED_OF_CHILD = ("a_number", "birth_name", "birth_country_document", "safety_plan")


class ProgramSettings(models.Model):
    """The one program of this office: what programme.toml says. `plan_date` null: each plan is for its own day."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=40, blank=True)
    policy = models.CharField(max_length=40, default="maryland")
    seed = models.PositiveIntegerField(default=0)
    plan_date = models.DateField(null=True, blank=True)
    rule_changes = models.JSONField(default=list)  # [rule, value, first day], as programme.toml has them
    changed_number = models.PositiveBigIntegerField(default=0)  # counts every change of what a plan reads
    is_muted = models.BooleanField(
        default=False
    )  # a restored copy sends nothing until one person says it is live


class SiblingGroup(Kept):
    """Children who are placed together or not at all."""

    sibling_group_id = models.CharField(max_length=80, unique=True)
    held_reason = models.CharField(
        max_length=30, blank=True
    )  # incomplete_group, incomplete_separation or empty

    def __str__(self) -> str:
        return self.sibling_group_id


class Child(Kept):
    """One child. Lists are JSON lists of codes, best first."""

    class BirthDateBasis(models.TextChoices):
        """How the birth date is known."""

        DOCUMENT = "document"
        STATED = "stated"
        ESTIMATED = "estimated"
        DISPUTED = "disputed"

    child_id = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey(SiblingGroup, on_delete=models.PROTECT, related_name="children")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField()
    birth_date_basis = models.CharField(max_length=10, choices=BirthDateBasis, default=BirthDateBasis.STATED)
    birth_date_latest = models.DateField(null=True, blank=True)  # the other bound of an estimate or dispute
    sex = models.CharField(max_length=1)
    languages = models.JSONField(default=list, blank=True)
    understands_spanish = models.CharField(max_length=5, blank=True)  # no, some, well or not asked
    country = models.CharField(max_length=3, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    needs = models.JSONField(default=list, blank=True)
    location_fips = models.CharField(max_length=5, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    @property
    def name(self) -> str:
        """As a person writes it; the child's id where no name is known."""
        return " ".join(filter(None, (self.given_name, self.family_name))) or self.child_id

    def __str__(self) -> str:
        return self.child_id


class NameKey(models.Model):
    """One search key of a child's name (folded tokens and their beginnings), so that a look-up is one query."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="name_keys", db_index=False)
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["child", "key"], name="one_name_key")]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="name_key_begins", opclasses=["varchar_pattern_ops"])
        ]


class KinLink(Kept):
    """A sibling group has kin in a home."""

    group = models.ForeignKey(SiblingGroup, on_delete=models.PROTECT, related_name="kin_links")
    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="kin_links")
    sponsor_category = models.CharField(max_length=2)
    relationship = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "home"], name="one_kin_link")]


class Separation(Kept):
    """A group may not be near another group, a home, or a counsel (a conflict of interest)."""

    group = models.ForeignKey(SiblingGroup, on_delete=models.PROTECT, related_name="separations")
    other_group = models.ForeignKey(SiblingGroup, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="+")
    counsel = models.ForeignKey("counsel.Counsel", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Court(models.Model):
    """An immigration court. `zone`: the time zone of its place, for the hours of hearings."""

    court_code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    zone = models.CharField(max_length=40, blank=True)


class CourtCounty(models.Model):
    """The court that has jurisdiction over residents of a county."""

    county_fips = models.CharField(max_length=5, primary_key=True)
    court_code = models.CharField(max_length=40)


class Hearing(Kept):
    """A hearing of a group. The court's code is opaque; `hearing_time` is the wall time in the court's room."""

    group = models.ForeignKey(SiblingGroup, on_delete=models.PROTECT, related_name="hearings")
    court_code = models.CharField(max_length=40)
    hearing_date = models.DateField()
    hearing_time = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, blank=True)  # master, individual or not known

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hearing_date"])]


class Opening(Kept):
    """When a home becomes available (for simulations)."""

    home = models.ForeignKey("licensing.Home", on_delete=models.PROTECT, related_name="openings")
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)


class Import(Kept):
    """A program folder that somebody brought: previewed, then taken whole or not at all.

    `files`: name → sha256; `report`: accepted counts, rejections (file, row, field, found, wanted), proposals,
    differences (values of a person only until it is taken). The uploaded bytes lie sealed in `sealed` until the
    import is confirmed or thrown away.
    """

    class State(models.TextChoices):
        """Where the import stands."""

        READING = "reading"
        FAILED = "failed"
        PREVIEW = "preview"
        TAKING = "taking"
        TAKEN = "taken"
        THROWN_AWAY = "thrown_away"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.PREVIEW)
    files = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)  # delimiter, encoding and date order that the person confirmed
    sealed = models.BinaryField(null=True)
    key_number = models.CharField(max_length=16, blank=True)
    taken_at = models.DateTimeField(null=True)


class Hold(Kept):
    """One refused row that holds a group back, or keeps new children out of a home, until it is mended.

    `names`: the child that the row was about, where it says so. A hold ends when the row comes again and is taken,
    or when a person lifts it with a reason.
    """

    group = models.ForeignKey(SiblingGroup, null=True, on_delete=models.PROTECT, related_name="holds")
    home = models.ForeignKey("licensing.Home", null=True, on_delete=models.PROTECT, related_name="holds")
    file = models.CharField(max_length=40)
    names = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=30)  # incomplete_group or incomplete_separation
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_reason = models.CharField(max_length=300, blank=True)


class PossibleDuplicate(Kept):
    """Two records that may be one child, found when the second was entered. `verdict`: empty until judged."""

    one = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    agree = models.JSONField(default=list)  # of name, birth_date, sex, group
    close = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, blank=True)  # merged, or two (two children)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="one_pair")]
        indexes: ClassVar = [models.Index(fields=["verdict", "entered_at"])]


class Merge(Kept):
    """Two records of one child made one. `moved`: model label → ids, so that it can be undone whole."""

    kept = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
