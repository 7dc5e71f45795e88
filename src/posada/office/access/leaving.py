"""An account is turned off only when nothing is left to nobody: rooms say what a person still holds.

Comes in: functions of rooms, registered with `holds`. Goes out: lines for the page of the account.
Source: expectation that every deadline, engagement and task has an owner. Docs: docs/reference/roles.md.
Tests: tests/office/access/test_leaving.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.office.access.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """Something that a person still holds. `what`: a translated noun, such as "open tasks"."""

    what: Any
    count: int


Holder = Callable[[User], Iterable[Held]]
HOLDERS: list[Holder] = []
"""Functions that count what a person holds; a room adds its own with `holds` when its models are loaded."""


def holds(holder: Holder) -> Holder:
    """Register a function that says what a person holds in a room."""
    if holder not in HOLDERS:
        HOLDERS.append(holder)
    return holder


def held_by(user: User) -> list[Held]:
    """Everything that would be left to nobody, without empty lines."""
    return [held for holder in HOLDERS for held in holder(user) if held.count]


@holds
def _tasks(user: User) -> Iterable[Held]:
    from posada.office.desk.models import Task

    rows = Task.objects.filter(owner=user, done_at__isnull=True, voided_at__isnull=True)
    yield Held(_("open tasks"), rows.count())


@holds
def _enquiries(user: User) -> Iterable[Held]:
    from posada.office.licensing.models import Enquiry

    done = (Enquiry.Stage.OPEN, Enquiry.Stage.CLOSED)
    rows = Enquiry.objects.filter(owner=user, voided_at__isnull=True).exclude(stage__in=done)
    yield Held(_("enquiries"), rows.count())


@holds
def _engagements(user: User) -> Iterable[Held]:
    from posada.office.counsel.leaving import held_by as held_by_counsel
    from posada.office.counsel.models import Counsel

    counsel = Counsel.objects.filter(user=user, is_active=True, voided_at__isnull=True).first()
    yield Held(_("engagements, mentees and covers"), held_by_counsel(counsel).total if counsel else 0)
