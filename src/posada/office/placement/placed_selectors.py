"""Who lives where, which check-ins are due, and how stays ended: lists, and figures counted from them.

Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_placed_selectors.py.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.intake.models import SiblingGroup
from posada.office.placement.endings import ENDINGS, UNKNOWN
from posada.office.placement.models import CheckIn, Placement
from posada.office.placement.offer_checks import standing_placements

SOON_DAYS = 7
KINDS: dict[str, Any] = {
    "month_n": _("Monthly visit"),
    "post_release": _("Post-release call"),
}
OUTCOMES: dict[str, tuple[str, Any]] = {
    CheckIn.Outcome.SAFE: ("ok", _("Seen, all is well")),
    CheckIn.Outcome.CONCERN: ("warn", _("Seen, with a concern")),
    CheckIn.Outcome.NOT_REACHED: ("stop", _("Tried, not reached: not done")),
    CheckIn.Outcome.REFUSED: ("stop", _("Refused: not done")),
    "": ("unsure", _("No result yet")),
}


def kind_of(check_in: CheckIn) -> Any:
    """What kind of check-in it is, in words."""
    kind, _sep, number = check_in.kind.partition("_")
    if number.isdigit():
        said = {"number": number}
        return _("Day %(number)s") % said if kind == "day" else _("Month %(number)s") % said
    return KINDS.get(check_in.kind, check_in.kind)


def check_ins_shown(actor: Actor, show: str = "overdue") -> "QuerySet[CheckIn]":
    """Check-ins that are not done: overdue, due within a week, or all; the longest overdue first."""
    rows = _staff_check_ins(actor).filter(done_on__isnull=True).select_related("group", "home")
    if show == "overdue":
        rows = rows.filter(due_on__lt=today())
    elif show == "soon":
        rows = rows.filter(due_on__gte=today(), due_on__lte=today() + timedelta(days=SOON_DAYS))
    return rows.order_by("due_on", "pk")


def _staff_check_ins(actor: Actor) -> "QuerySet[CheckIn]":
    rows = doors.check_ins(actor)
    return rows if actor.has(Role.PLACEMENT_WORKER) else rows.none()


def arrivals_shown(actor: Actor) -> "QuerySet[SiblingGroup]":
    """Groups that a home has accepted and whose arrival nobody has confirmed."""
    waiting = Placement.objects.filter(
        to_date__isnull=True, arrived_confirmed_at__isnull=True, offer__isnull=False, voided_at__isnull=True
    )
    return doors.groups(actor).filter(pk__in=waiting.values("child__group_id")).order_by("sibling_group_id")


def groups_shown(actor: Actor) -> "QuerySet[SiblingGroup]":
    """Groups of which a child lives in a home today."""
    living = standing_placements().filter(to_date__isnull=True)
    return doors.groups(actor).filter(pk__in=living.values("child__group_id")).order_by("sibling_group_id")


def homes_by_group(groups: list[SiblingGroup]) -> dict[Any, Placement]:
    """A standing placement of each group, in one query."""
    rows = (
        standing_placements()
        .filter(child__group__in=groups, to_date__isnull=True)
        .select_related("home", "child")
    )
    return {each.child.group_id: each for each in rows.order_by("child__birth_date")}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many check-ins that were due are done, and what became of the others. `due` counts them all."""

    due: int
    done: int
    not_reached: int
    refused: int
    no_result: int

    @property
    def share(self) -> int | None:
        """Done of due, in whole percent, rounded down; None where none was due."""
        return self.done * 100 // self.due if self.due else None


def check_in_rate(rows: "QuerySet[CheckIn]") -> Rate:
    """The rate over check-ins whose day has come; without a result stands beside it."""
    of_due = rows.filter(Q(due_on__lt=today()) | Q(done_on__isnull=False))
    is_open = Q(done_on__isnull=True)
    found = of_due.aggregate(
        due=Count("pk"),
        done=Count("pk", filter=Q(done_on__isnull=False)),
        not_reached=Count("pk", filter=is_open & Q(outcome=CheckIn.Outcome.NOT_REACHED)),
        refused=Count("pk", filter=is_open & Q(outcome=CheckIn.Outcome.REFUSED)),
        no_result=Count("pk", filter=is_open & Q(outcome="")),
    )
    return Rate(**found)


def endings_counted(rows: "QuerySet[Placement]") -> list[tuple[str, Any, int]]:
    """How stays ended: (code, words, children), the most frequent first and "not known" always last."""
    ended = rows.filter(to_date__isnull=False, voided_at__isnull=True)
    found = dict(ended.values_list("ending").annotate(n=Count("pk")).order_by())
    unknown = found.pop(UNKNOWN, 0) + found.pop("", 0)
    told = [(code, ENDINGS.get(code, code), count) for code, count in found.items()]
    told.sort(key=lambda each: (-each[2], each[0]))
    return [*told, (UNKNOWN, ENDINGS[UNKNOWN], unknown)]
