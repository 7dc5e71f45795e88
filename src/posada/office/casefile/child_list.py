"""The list of children: those a person may see, by what is missing, 25 a page.

Comes in: the acting person and the name of a filter. Goes out: a query, and for one page of it who lives where and
who is represented. Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_child_list.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import SEE_CHILDREN
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.placement.models import Placement
from posada.records.people import age_on

FILTERS = {
    "": _("everybody"),
    "no_home": _("without a home"),
    "no_counsel": _("without counsel"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One child of a list. `home`: id of the home the child lives in; `is_represented` None: not for this person."""

    child: Child
    age: int
    home: str
    is_represented: bool | None


def children_of(actor: Actor, wanted: str) -> QuerySet[Child]:
    """The children a person may see, narrowed by a filter of `FILTERS`."""
    rows = doors.children(actor)
    if not _sees_all_sides(actor):
        return rows.order_by("child_id")
    if wanted == "no_home":
        rows = rows.filter(~Exists(_placed().filter(child=OuterRef("pk"))))
    if wanted == "no_counsel":
        rows = rows.filter(~Exists(_acting().filter(group=OuterRef("group"))))
    return rows.order_by("child_id")


def rows_of(actor: Actor, children: Sequence[Child]) -> list[Row]:
    """The rows of one page, in two queries."""
    on, whole = today(), _sees_all_sides(actor)
    placed = _placed().filter(child__in=[each.pk for each in children])
    if not whole:
        placed = placed.filter(home_id__in=actor.homes)
    homes = dict(placed.values_list("child_id", "home__home_id"))
    acting: set[UUID] = set()
    if whole:
        groups = {each.group_id for each in children}
        acting = set(_acting().filter(group__in=groups).values_list("group_id", flat=True))
    return [
        Row(
            child=each,
            age=age_on(each.birth_date, on),
            home=homes.get(each.pk, ""),
            is_represented=each.group_id in acting if whole else None,
        )
        for each in children
    ]


def _sees_all_sides(actor: Actor) -> bool:
    """Whether the person sees whole files; somebody who is a foster parent alone sees none."""
    works = doors.without_home(actor)
    return bool(works.roles.intersection(SEE_CHILDREN))


def _placed() -> QuerySet[Placement]:
    on = today()
    return Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=on), from_date__lte=on, voided_at__isnull=True
    )


def _acting() -> QuerySet[Engagement]:
    on = today()
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=on),
        from_date__lte=on,
        scope__in=(Engagement.Scope.FULL, Engagement.Scope.LIMITED),
        voided_at__isnull=True,
    )
