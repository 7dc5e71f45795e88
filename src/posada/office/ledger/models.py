"""Dated rates, hours that counsel gave, closed months with their entries, and what was published.

An entry of the book is never changed: a closed month is set right by further entries.
Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_models.py.
"""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from posada.office.kept import Kept

MINUTES_OF_A_DAY = 1_440


class DatedRate(Kept):
    """What a day of care (counsel: an hour) costs from a day on. A new rate is a new row."""

    kind = models.CharField(max_length=20)  # a kind of posada.ledger.rates
    since = models.DateField()
    cents = models.PositiveIntegerField()
    payer = models.CharField(max_length=10)
    source = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class HoursGiven(Kept):
    """Minutes that a counsel gave on a day, without saying for whom."""

    counsel = models.ForeignKey("counsel.Counsel", on_delete=models.PROTECT, related_name="hours_given")
    given_on = models.DateField(db_index=True)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MINUTES_OF_A_DAY)]
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="minutes_of_a_day", condition=Q(minutes__gte=1, minutes__lte=MINUTES_OF_A_DAY)
            )
        ]


class ClosedMonth(Kept):
    """A month that was closed, by two persons; `gaps`: what had no price.

    `children`: how many children stand behind a payer, and (`kind:` and a kind of home) lived in such homes.
    """

    month = models.DateField(unique=True)  # its first day
    closed_on = models.DateField()  # the office's day
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    nights = models.PositiveIntegerField()
    children = models.JSONField(default=dict)
    gaps = models.JSONField(default=list)  # [month, kind, payer, quantity, reason]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="month_is_closed_by_two", condition=~Q(asked_by=models.F("agreed_by"))
            )
        ]


class BookEntry(models.Model):
    """One entry of a closed month, or one that sets a closed month right (`corrects`). Never changed."""

    closed = models.ForeignKey(ClosedMonth, on_delete=models.PROTECT, related_name="entries")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    payer = models.CharField(max_length=10)
    quantity = models.IntegerField()
    cents_each = models.PositiveIntegerField()
    cents = models.BigIntegerField()
    source = models.CharField(max_length=300)
    corrects = models.DateField(null=True)  # the first day of the month that is set right

    class Meta:
        indexes: ClassVar = [models.Index(fields=["closed", "day"]), models.Index(fields=["day"])]


class Publication(Kept):
    """One edition of the public figures. `told`: the file; `kept`: the counts behind it, which never leave."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    as_of = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    told = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    hidden = models.JSONField(default=dict)


class Publishing(models.Model):
    """Whether figures are published anew each day."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_daily = models.BooleanField(default=False)
