"""The tasks of a person as lists; every figure of the first page is the count of one of them.

Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_selectors.py.
"""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.desk.models import Task

SOON_DAYS = 7
SHOWN: dict[str, Any] = {
    "overdue": _("Overdue"),
    "soon": _("Due within a week"),
    "later": _("Due later, or on no day"),
    "mine": _("Taken by me"),
    "done": _("Done"),
}
"""What the list can be narrowed to. Overdue, soon and later share no task and leave none out."""


def open_tasks(actor: Actor) -> "QuerySet[Task]":
    """What the person may see and nobody has done, the longest overdue first, without a day last."""
    rows = doors.tasks(actor).filter(done_at__isnull=True)
    return rows.order_by(F("due_on").asc(nulls_last=True), "entered_at", "pk")


def tasks_shown(actor: Actor, show: str = "", *, kind: str = "") -> "QuerySet[Task]":
    """The open tasks, narrowed to one line of `SHOWN` and one kind; `done` shows the others, newest first."""
    on, rows = today(), open_tasks(actor)
    if show == "overdue":
        rows = rows.filter(due_on__lt=on)
    elif show == "soon":
        rows = rows.filter(due_on__gte=on, due_on__lte=on + timedelta(days=SOON_DAYS))
    elif show == "later":
        rows = rows.exclude(due_on__lte=on + timedelta(days=SOON_DAYS))
    elif show == "mine":
        rows = rows.filter(owner_id=actor.user_id)
    elif show == "done":
        rows = doors.tasks(actor).filter(done_at__isnull=False).order_by("-done_at", "pk")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("group", "home", "counsel", "owner", "done_by")
