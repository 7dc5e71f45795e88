"""Incidents: something happened in a home. The day it happened and the day it was entered are two days.

Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_incidents.py.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.check_in_days import days_on
from posada.office.placement.models import Incident
from posada.office.refusals import FieldsRefused

KINDS: dict[str, Any] = {
    "injury": _("Injury or illness"),
    "missing": _("Missing from the home"),
    "harm": _("Suspected harm or neglect"),
    "conflict": _("Conflict in the home"),
    "school": _("At school"),
    "police": _("Police or enforcement at the door"),
    "other": _("Something else"),
}


def record(
    actor: Actor, group: SiblingGroup, home: Home, *, happened_on: date, kind: str, text: str
) -> Incident:
    """Write an incident down and open the task of its report. Raises FieldsRefused."""
    faults: dict[str, Any] = {}
    if kind not in KINDS:
        faults["kind"] = _("Choose what it was.")
    if happened_on > today():
        faults["happened_on"] = _("This day is still to come.")
    if len(text.strip()) < 5:
        faults["text"] = _("Say in a few words what happened.")
    if faults:
        raise FieldsRefused(faults)
    written = Incident(
        group=group, home=home, happened_on=happened_on, kind=kind, text=text.strip(), by_id=actor.user_id
    )
    due = happened_on + timedelta(days=days_on(happened_on).incident_report_days)
    with transaction.atomic():
        save_new(written, actor=actor, act="incident.record")
        wanted = Wanted(
            "incident_report",
            role=Role.PLACEMENT_WORKER,
            group=group,
            home=home,
            due_on=due,
            values={"incident": str(written.pk), "happened_on": happened_on.isoformat()},
            once_key=f"incident:{written.pk}",
        )
        open_task(actor, wanted)
    return written
