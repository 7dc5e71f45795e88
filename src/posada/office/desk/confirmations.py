"""Once a month each home and each counsel looks through its own list and says whether it is right.

Comes in: a home or a counsel and an answer. Goes out: a `Confirmation`, and a task where something differs.
Source: the Maryland legislative audit of 2008 on CHESSIE (a quarter of the children had no recorded placement).
Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_confirmations.py.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.desk.models import Confirmation
from posada.office.desk.tasks import Wanted, open_task
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement


@dataclass(frozen=True, slots=True)
class Share:
    """How many have confirmed this month, of how many who have somebody on their list."""

    confirmed: int
    asked: int

    @property
    def percent(self) -> int | None:
        """In whole percent, rounded down; None where nobody is asked."""
        return self.confirmed * 100 // self.asked if self.asked else None


def this_month() -> date:
    """The first day of the office's month."""
    return today().replace(day=1)


def confirm_home(actor: Actor, home: Home, *, differs: bool) -> Confirmation:
    """A home answers for this month; a later answer of the month takes the place of the one before."""
    listed = _living().filter(home=home).count()
    return _confirm(actor, Confirmation(month=this_month(), home=home, listed=listed, differs=differs))


def confirm_counsel(actor: Actor, counsel: Counsel, *, differs: bool) -> Confirmation:
    """A counsel answers for this month."""
    listed = _engaged().filter(counsel=counsel).count()
    return _confirm(actor, Confirmation(month=this_month(), counsel=counsel, listed=listed, differs=differs))


def confirmed_homes() -> frozenset[UUID]:
    """Homes that have answered this month."""
    rows = Confirmation.objects.filter(month=this_month(), home__isnull=False)
    return frozenset(rows.values_list("home_id", flat=True))


def has_confirmed(counsel: Counsel) -> bool:
    """Whether a counsel has answered this month."""
    return Confirmation.objects.filter(month=this_month(), counsel=counsel).exists()


def share_of_homes() -> Share:
    """Homes in which children live, and those of them that have confirmed."""
    asked = set(_living().values_list("home_id", flat=True))
    return Share(len(asked & confirmed_homes()), len(asked))


def share_of_counsel() -> Share:
    """Counsel with an engagement, and those of them who have confirmed."""
    asked = set(_engaged().values_list("counsel_id", flat=True))
    rows = Confirmation.objects.filter(month=this_month(), counsel__isnull=False)
    return Share(len(asked & set(rows.values_list("counsel_id", flat=True))), len(asked))


def _confirm(actor: Actor, fresh: Confirmation) -> Confirmation:
    fresh.by_id = actor.user_id
    with transaction.atomic():
        try:
            with transaction.atomic():
                kept = save_new(fresh, actor=actor, act="list.confirm")
        except IntegrityError:
            before = Confirmation.objects.get(month=fresh.month, home=fresh.home, counsel=fresh.counsel)
            changes = {"differs": fresh.differs, "listed": fresh.listed, "by_id": fresh.by_id}
            kept = save_change(
                before, version=before.version, changes=changes, actor=actor, act="list.confirm"
            )
        if kept.differs:
            role = Role.PLACEMENT_WORKER if kept.home_id else Role.LEGAL_COORDINATOR
            wanted = Wanted(
                "list_differs",
                role=role,
                home=kept.home,
                counsel=kept.counsel,
                values={"listed": kept.listed},
                once_key=f"differs:{kept.home_id or kept.counsel_id}:{kept.month}",
            )
            open_task(actor, wanted)
    return kept


def _living() -> "QuerySet[Placement]":
    return Placement.objects.filter(to_date__isnull=True, voided_at__isnull=True)


def _engaged() -> "QuerySet[Engagement]":
    on = today()
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on, voided_at__isnull=True
    )
