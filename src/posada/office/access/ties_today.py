"""What ties a person to groups today besides an assignment: engagements, standing in, and living together.

For posada.office.access.doors alone, which says whom these ties open.
Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_doors.py.
"""

from django.db.models import Q, QuerySet

from posada.office.access.actor import Actor
from posada.office.counsel.models import Cover, Engagement
from posada.office.day import today
from posada.office.placement.models import Placement


def engaged_groups(actor: Actor) -> QuerySet:
    """Groups that the person acts for today or stands in for; from the day of its end an engagement opens none."""
    on = today()
    covered = Cover.objects.filter(
        covered_by__user_id=actor.user_id, from_date__lte=on, to_date__gte=on, voided_at__isnull=True
    )
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=on),
        Q(counsel__user_id=actor.user_id) | Q(counsel__in=covered.values("counsel")),
        from_date__lte=on,
        voided_at__isnull=True,
    ).values("group_id")


def groups_that_live_with(actor: Actor) -> QuerySet:
    """Groups whose children live in a home of the person, through their last day there."""
    on = today()
    return Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=on), home_id__in=actor.homes, voided_at__isnull=True
    ).values("child__group_id")
