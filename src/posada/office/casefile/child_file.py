"""What the file of a child shows, to whom: the whole file, or the smaller page of the home the child lives in.

Comes in: the acting person and an id. Goes out: one frozen record of everything on the page, in a number of queries
that does not grow with the file. Staff, counsel and a director by assignment see the whole; a foster parent sees
the child, brothers and sisters in the same home, wishes, own notes and check-ins, and no legal fact.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_child_file.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.children import CHANGES_CHILDREN
from posada.office.casefile.documents import ADDS_TO_CHILD
from posada.office.casefile.models import Document, Note, Wish, WrittenName
from posada.office.casefile.remarks import WRITES_NAMES, written_names
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.intake.models import SEALED_OF_CHILD, Child, Court, Hearing, KinLink
from posada.office.placement.models import CheckIn, Placement
from posada.office.refusals import NotThere
from posada.records.people import age_on, birthday

ADULT = 18  # whole years; what follows from them is computed on the day asked about and never stored


@dataclass(frozen=True, slots=True)
class ChildFile:
    """Everything on the page. `is_whole` False: the smaller page of the home the child lives in."""

    child: Child
    on: date
    is_whole: bool
    may_change: bool
    may_add_papers: bool
    may_write_names: bool
    siblings: tuple[Child, ...]
    placements: tuple[Placement, ...]
    check_ins: tuple[CheckIn, ...]
    wishes: tuple[Wish, ...]
    notes: tuple[Note, ...]
    kin: tuple[KinLink, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    courts: tuple[Court, ...] = ()
    tasks: tuple[Task, ...] = ()
    documents: tuple[Document, ...] = ()
    written_names: tuple[WrittenName, ...] = ()
    sealed: tuple[str, ...] = ()

    @property
    def age(self) -> int:
        """Whole years on the office's day."""
        return age_on(self.child.birth_date, self.on)

    @property
    def of_age_on(self) -> date:
        """The day of the 18th birthday; of an estimate, the earliest."""
        return birthday(self.child.birth_date, years=ADULT)

    @property
    def standing_placement(self) -> Placement | None:
        """Where the child lives now."""
        return next(
            (each for each in self.placements if _is_now(each.from_date, each.to_date, self.on)), None
        )

    @property
    def counsel_now(self) -> tuple[Engagement, ...]:
        """Who acts for the child now."""
        return tuple(
            each
            for each in self.engagements
            if each.from_date <= self.on and (each.until_date is None or each.until_date > self.on)
        )

    @property
    def is_represented(self) -> bool:
        """Whether somebody acts in full or in part; advice at a clinic is not representation."""
        return any(each.scope != Engagement.Scope.CLINIC for each in self.counsel_now)

    @property
    def next_hearing(self) -> Hearing | None:
        """The nearest hearing from today on."""
        return min(
            (each for each in self.hearings if each.hearing_date >= self.on),
            key=lambda each: each.hearing_date,
            default=None,
        )

    def zone_of(self, hearing: Hearing) -> str:
        """The time zone of the court's place; empty where it is not known."""
        return next((each.zone for each in self.courts if each.court_code == hearing.court_code), "")


def file_of(actor: Actor, pk: UUID) -> ChildFile:
    """The file of one child, as far as the person may see it. Raises NotThere."""
    works = doors.without_home(actor)
    whole = doors.children(works).filter(pk=pk).select_related("group").first()
    if whole is not None:
        return _whole(works, whole)
    child = doors.one(doors.children(actor).select_related("group"), pk)
    return _smaller(actor, child)


def _whole(actor: Actor, child: Child) -> ChildFile:
    group = child.group
    about = Q(group=group, child__isnull=True) | Q(child=child)
    hearings = tuple(_standing(group.hearings).order_by("-hearing_date", "-hearing_time"))
    return ChildFile(
        child=child,
        on=today(),
        is_whole=True,
        may_change=actor.has(*CHANGES_CHILDREN),
        may_add_papers=actor.has(*ADDS_TO_CHILD),
        may_write_names=actor.has(*WRITES_NAMES),
        siblings=tuple(_siblings(child)),
        placements=tuple(_standing(child.placements).select_related("home").order_by("-from_date")),
        check_ins=tuple(_standing(group.check_ins).select_related("by").order_by("-due_on")),
        wishes=tuple(_by_day(doors.wishes(actor).filter(about).select_related("recorded_by", "answered_by"))),
        notes=tuple(_by_day(doors.notes(actor).filter(about).select_related("by"))),
        kin=tuple(_standing(group.kin_links).select_related("home").order_by("home__home_id")),
        engagements=tuple(_standing(group.engagements).select_related("counsel").order_by("-from_date")),
        hearings=hearings,
        courts=tuple(Court.objects.filter(court_code__in={each.court_code for each in hearings})),
        tasks=tuple(
            doors.tasks(actor)
            .filter(group=group, done_at__isnull=True)
            .select_related("owner")
            .order_by("due_on")
        ),
        documents=tuple(
            _by_day(doors.documents(actor).filter(about).select_related("uploaded_by", "legible_by"))
        ),
        written_names=tuple(written_names(actor).filter(child=child).order_by("authority")),
        sealed=_sealed(actor, child),
    )


def _smaller(actor: Actor, child: Child) -> ChildFile:
    placements = tuple(
        _standing(child.placements)
        .filter(home_id__in=actor.homes)
        .select_related("home")
        .order_by("-from_date")
    )
    on = today()
    here = {each.home_id for each in placements if _is_now(each.from_date, each.to_date, on)}
    if not here:
        raise NotThere
    with_them = Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=on), home_id__in=here, voided_at__isnull=True
    )
    return ChildFile(
        child=child,
        on=on,
        is_whole=False,
        may_change=False,
        may_add_papers=False,
        may_write_names=False,
        siblings=tuple(_siblings(child).filter(pk__in=with_them.values("child_id"))),
        placements=placements,
        check_ins=tuple(
            doors.check_ins(actor).filter(group=child.group, home_id__in=here).order_by("-due_on")
        ),
        wishes=tuple(
            _by_day(doors.wishes(actor).filter(child=child).select_related("recorded_by", "answered_by"))
        ),
        notes=tuple(
            _by_day(doors.notes(actor).filter(child=child, by_id=actor.user_id).select_related("by"))
        ),
    )


def _sealed(actor: Actor, child: Child) -> tuple[str, ...]:
    """The filled sealed fields, for those who may open one; none is opened here."""
    if not actor.has(*doors.OPENERS["intake.child"]):
        return ()
    return tuple(sorted(doors.has_sealed(child) & set(SEALED_OF_CHILD)))


def _siblings(child: Child) -> QuerySet[Child]:
    others = Child.objects.filter(group_id=child.group_id, voided_at__isnull=True, merged_into__isnull=True)
    return others.exclude(pk=child.pk).order_by("birth_date", "child_id")


def _standing(rows: Any) -> QuerySet:
    return rows.filter(voided_at__isnull=True)


def _by_day(rows: QuerySet) -> QuerySet:
    return rows.order_by("-entered_at", "-pk")


def _is_now(start: date, end: date | None, on: date) -> bool:
    return start <= on and (end is None or end >= on)
