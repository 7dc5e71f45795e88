"""What the plan board shows: who has no home, who has no counsel, everybody else by the page, and homes nobody asked.

Comes in: a person, a plan, filters. Goes out: lines without a name or a sealed value. Rows are those of the groups
that the person's door shows; figures are the plan's. No query is made for a single row.
Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_board.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement, PlannedGroup, PlanRun, UnaskedHome
from posada.office.placement.plan_words import (
    Told,
    need_word,
    next_for_counsel,
    next_for_home,
    rules_in,
    why_unplaced,
    why_unrepresented,
)
from posada.office.program import SILENT_AFTER
from posada.records.people import age_on

A_PAGE = 25
FIRST_WITHOUT_HOME, FIRST_WITHOUT_COUNSEL = 10, 8
"""Lines of the two lists above the list of all; the rest is a link away."""
SOON = 14
"""Days before a hearing from which it is marked."""
MARKS: dict[str, Any] = {
    "kin": {"kin": True},
    "no_language": {"home__isnull": False, "sharing_language": 0},
    "interpreter": {"interpreters_needed__gt": 0},
    "venue": {"venue_change_needed": True},
    "exception": {"license_exception": True},
    "pinned": {"pinned": True},
}
"""Marks of a row, each with the filter that finds it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to, as it stands in the address. `q`: the beginning of a group's id."""

    county: str = ""
    mark: str = ""
    language: str = ""
    home: str = ""  # "none"
    counsel: str = ""  # "none"
    q: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Those of an address; what is not understood is left out."""
        kept = {name: given.get(name, "").strip()[:40] for name in cls.__dataclass_fields__}
        kept["mark"] = kept["mark"] if kept["mark"] in MARKS else ""
        kept["home"] = kept["home"] if kept["home"] == "none" else ""
        kept["counsel"] = kept["counsel"] if kept["counsel"] == "none" else ""
        return cls(**kept)

    @property
    def query(self) -> str:
        """As the end of an address, without the page."""
        kept = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return urlencode({name: value for name, value in kept.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a plan, ready to be shown. `days`: until its hearing."""

    row: PlannedGroup
    ages: list[int]
    needs: list[str]
    languages: list[str]
    marks: list[str]
    why: str = ""
    rules: list[Told] = field(default_factory=list)
    next_step: str = ""
    days: int | None = None

    @property
    def need_words(self) -> list[str]:
        """The needs of its children, in words."""
        return [need_word(code) for code in self.needs]

    @property
    def is_soon(self) -> bool:
        """Whether the hearing is near, or was missed."""
        return self.days is not None and self.days <= SOON


def rows_for(actor: Actor, run: PlanRun) -> QuerySet[PlannedGroup]:
    """The rows of a plan whose groups the person may see.

    Who sees every group is spared the look into a nation's groups, row by row.
    """
    rows = PlannedGroup.objects.filter(run=run)
    if not sees_every_group(actor):
        rows = rows.filter(group__in=doors.groups(actor))
    return rows


def sees_every_group(actor: Actor) -> bool:
    """Whether the door of groups shows this person all of them."""
    return actor.sees_whole_program(*doors.READS_GROUPS)


def read_rows(*lists: QuerySet[PlannedGroup]) -> list[list[PlannedGroup]]:
    """Each list with its groups, homes and counsel: ids first, so that only rows of the page are joined, and once."""
    orders = [list(rows.values_list("pk", flat=True)) for rows in lists]
    every = {pk for order in orders for pk in order}
    found = PlannedGroup.objects.select_related("group", "home", "counsel").in_bulk(every)
    return [[found[pk] for pk in order if found[pk].group.voided_at is None] for order in orders]


class KnownCount(Paginator):
    """Pages of rows that the plan has counted already; None: not for this list."""

    def __init__(self, rows: QuerySet[PlannedGroup], *, known: int | None) -> None:
        super().__init__(rows, A_PAGE)
        if known is not None:
            self.count = known


def filtered(rows: QuerySet[PlannedGroup], filters: Filters) -> QuerySet[PlannedGroup]:
    """The rows that the filters let through."""
    told: dict[str, Any] = dict(MARKS.get(filters.mark, {}))
    if filters.county:
        told["county_fips"] = filters.county
    if filters.language:
        told["languages__contains"] = f";{filters.language};"
    if filters.q:
        told["group__sibling_group_id__istartswith"] = filters.q
    if filters.counsel:
        told |= {"home__isnull": False, "counsel__isnull": True}
    rows = rows.filter(**told)
    return rows.filter(home__isnull=True) if filters.home else rows


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board but the figures, which the run has."""

    unplaced: list[Line]
    unrepresented: list[Line]
    lines: list[Line]
    page: Page
    counties: list[str]
    languages: list[str]


def board_of(actor: Actor, run: PlanRun, *, filters: Filters, page: str | None) -> Board:
    """The three lists of the board; unplaced and unrepresented groups come only on its first page, unfiltered."""
    rows = rows_for(actor, run)
    chosen = filtered(rows, filters)
    chosen = (
        chosen.order_by("heard_by", "place") if filters.counsel or filters.home else chosen.order_by("place")
    )
    shown = KnownCount(chosen, known=_known_count(actor, run, filters)).get_page(page)
    first, second, of_page = rows.none(), rows.none(), cast("QuerySet[PlannedGroup]", shown.object_list)
    if not filters.query and shown.number == 1:
        first = filtered(rows, Filters(home="none")).order_by("heard_by", "place")[:FIRST_WITHOUT_HOME]
        second = filtered(rows, Filters(counsel="none")).order_by("heard_by", "place")[:FIRST_WITHOUT_COUNSEL]
    lists = read_rows(first, second, of_page)
    of_group, on = _children({row.group_id for rows in lists for row in rows}), run.plan_date or today()
    lines = [[_line(row, of_group.get(row.group_id, []), on) for row in rows] for rows in lists]
    return Board(
        unplaced=lines[0],
        unrepresented=lines[1],
        lines=lines[2],
        page=shown,
        counties=_counties(run),
        languages=_languages(run),
    )


def _known_count(actor: Actor, run: PlanRun, filters: Filters) -> int | None:
    """What the plan has counted itself, where the person sees all of it and no more than that is asked."""
    counted = {
        "": "groups",
        Filters(home="none").query: "waiting_groups",
        Filters(counsel="none").query: "without_counsel_groups",
    }
    name = counted.get(filters.query)
    return run.counts.get(name) if name and sees_every_group(actor) else None


def lines_of(rows: Iterable[PlannedGroup], *, on: date) -> list[Line]:
    """Rows ready to be shown; their children are read once."""
    kept = list(rows)
    of_group = _children({row.group_id for row in kept})
    return [_line(row, of_group.get(row.group_id, []), on) for row in kept]


def _children(groups: set[UUID]) -> dict[UUID, list[Child]]:
    """The children who wait, group by group; all of them where nobody waits any more. No name is read."""
    standing = Placement.objects.filter(child=OuterRef("pk"), to_date__isnull=True, voided_at__isnull=True)
    rows = Child.objects.filter(group_id__in=groups, voided_at__isnull=True, merged_into__isnull=True)
    rows = rows.annotate(lives=Exists(standing)).only("group_id", "birth_date", "needs", "languages", "sex")
    waiting: dict[UUID, list[Child]] = {}
    everybody: dict[UUID, list[Child]] = {}
    for child in rows.order_by("-birth_date"):
        everybody.setdefault(child.group_id, []).append(child)
        if not child.lives:
            waiting.setdefault(child.group_id, []).append(child)
    return everybody | waiting


def _line(row: PlannedGroup, children: list[Child], on: date) -> Line:
    ages = [age_on(child.birth_date, on) for child in children]
    needs = sorted({need for child in children for need in child.needs})
    languages = [code for code in row.languages.split(";") if code]
    told: dict[str, Any] = {}
    if row.unplaced_reason:
        told = {
            "why": why_unplaced(row.unplaced_reason),
            "rules": rules_in(row.reason),
            "next_step": next_for_home(row.unplaced_reason, count=row.children_count, ages=ages, needs=needs),
        }
    elif row.unrepresented_reason:
        told = {
            "why": why_unrepresented(row.unrepresented_reason),
            "next_step": next_for_counsel(row.unrepresented_reason),
        }
    days = (row.hearing_date - on).days if row.hearing_date else None
    return Line(row, ages, needs, languages, marks_of(row), days=days, **told)


def marks_of(row: PlannedGroup) -> list[str]:
    """The marks of a row, good ones first."""
    if row.home_id is None:
        return []
    shares = row.sharing_language > 0
    found = {
        "kin": row.kin,
        "shares_language": shares and not row.kin,
        "no_language": not shares,
        "interpreter": row.interpreters_needed > 0,
        "venue": row.venue_change_needed,
        "exception": row.license_exception,
        "pinned": row.pinned,
    }
    return [name for name, holds in found.items() if holds]


def _counties(run: PlanRun) -> list[str]:
    rows = PlannedGroup.objects.filter(run=run).exclude(county_fips="").order_by("county_fips")
    return list(rows.values_list("county_fips", flat=True).distinct())


def _languages(run: PlanRun) -> list[str]:
    rows = PlannedGroup.objects.filter(run=run).order_by().values_list("languages", flat=True).distinct()
    return sorted({code for spoken in rows for code in spoken.split(";") if code})


def unasked_homes(actor: Actor, run: PlanRun | None) -> QuerySet[UnaskedHome]:
    """Open homes that were never asked, those first that a rule keeps out, by rule."""
    rows = UnaskedHome.objects.filter(run=run)
    if not actor.sees_whole_program(*doors.READS_HOMES):
        rows = rows.filter(home__in=doors.homes(actor))
    return rows.select_related("home").order_by("-rule", "home__home_id")


def silent_homes(actor: Actor) -> QuerySet[Home]:
    """Homes that let three offers pass without a word: they are out of the plan until somebody has called."""
    rows = doors.homes(actor).filter(silent_offers__gte=SILENT_AFTER)
    return rows.exclude(state=Home.State.CLOSED).order_by("home_id")
