"""Hours that counsel give: entered by counsel or the desk, by day, without saying for whom.

Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_hours.py.
"""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new, void
from posada.office.day import today
from posada.office.ledger.models import MINUTES_OF_A_DAY, HoursGiven
from posada.office.refusals import FieldsRefused, NotThere

GIVES = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)


def hours_of(actor: Actor) -> "QuerySet[HoursGiven]":
    """The hours of the counsel whom the person sees, newest first."""
    if not actor.has(*GIVES):
        return HoursGiven.objects.none()
    rows = HoursGiven.objects.filter(voided_at__isnull=True, counsel__in=doors.counsel(doors.as_legal(actor)))
    return rows.select_related("counsel").order_by("-given_on", "-entered_at")


def add_hours(actor: Actor, *, counsel: UUID | str, given_on: date, minutes: int) -> HoursGiven:
    """Enter minutes of one day. Raises FieldsRefused where the day would have more than it has, NotThere."""
    if not actor.has(*GIVES):
        raise NotThere
    who = doors.one(doors.counsel(doors.as_legal(actor)), counsel)
    if given_on > today():
        raise FieldsRefused({"given_on": _("This day is still to come. Write it down when it has happened.")})
    before = HoursGiven.objects.filter(counsel=who, given_on=given_on, voided_at__isnull=True)
    if minutes < 1 or minutes + (before.aggregate(n=Sum("minutes"))["n"] or 0) > MINUTES_OF_A_DAY:
        raise FieldsRefused({"hours": _("A day has no more than 24 hours.")})
    row = HoursGiven(counsel=who, given_on=given_on, minutes=minutes, by_id=actor.user_id)
    return save_new(row, actor=actor, act="hours.add")


def take_out(actor: Actor, row: HoursGiven, *, version: int, reason: str) -> None:
    """Void hours that were a mistake. Raises NotThere, Refusal."""
    doors.one(hours_of(actor), row.pk)
    void(row, version=version, actor=actor, reason=reason)
