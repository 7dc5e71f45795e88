"""The agenda of a person: what is overdue, due this week, and later, with the way to every date.

Comes in: the acting person, whose doors bound every row, and what to show. Goes out: one page of `Line`s and counts,
in a number of queries that does not grow with the cases. The lights are the core's own.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_agenda.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, DateField, Q, QuerySet, Value

from posada.docket import agenda as core
from posada.docket.arithmetic import told
from posada.docket.calendar import business_days_from
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.closing import deadlines
from posada.office.docket.event_kinds import STANDINGS, STEPS, title_of
from posada.office.docket.hearings import ShownHearing, hearings, shown, spoken
from posada.office.docket.kept_deadlines import record_of
from posada.office.docket.keys_by_day import KeysByDay
from posada.office.docket.models import DateGap, Deadline
from posada.office.intake.models import Child, Hearing, SiblingGroup

A_PAGE = 25
SOON_DAYS = 30
NO_DATE, OVERDUE, WEEK, LATER = "no_date", "overdue", "week", "later"
SHOWS = ("", "overdue", "at_risk", "week", "all")
FIRST_DAY = date(1, 1, 1)
TONES = {
    core.OVERDUE: "stop",
    core.URGENT: "stop",
    core.DUE_TODAY: "warn",
    core.AT_RISK: "warn",
    core.DUE: "plain",
    core.OPENS: "plain",
    core.ASK: "plain",
    core.DAY: "plain",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a day: a deadline of one or more children of a group, or a hearing."""

    day: date | None
    section: str
    light: str
    tone: str
    title: str
    group: SiblingGroup
    children: tuple[Child, ...]
    row: Deadline | None = None
    hearing: ShownHearing | None = None
    citation: str = ""
    arithmetic: str = ""
    standing: tuple[str, Any, Any] | None = None
    alternative: date | None = None
    target: date | None = None
    days_left: int | None = None  # working days
    days_over: int = 0  # calendar days since the last day
    steps: tuple[Any, ...] = ()
    days_needed: int = 0
    is_signed_off: bool = False
    others: int = 0  # brothers and sisters with the same line
    has_passed: bool = False  # a window or a birthday that is behind: nothing is to be done any more


@dataclass(frozen=True, slots=True)
class Counts:
    """What the heading says. `week_ends`: the last day of this week that is counted."""

    overdue: int
    week: int
    at_risk: int
    urgent: int
    week_ends: date


def open_lines(actor: Actor, *, counsel: Counsel | None = None) -> "QuerySet[Deadline]":
    """Open deadlines that an agenda shows: a window or a birthday that has passed needs nothing any more."""
    on = today()
    stays = rules.ids_of(*rules.LIMITS, "agency_clock")
    rows = deadlines(actor).filter(Q(day__isnull=True) | Q(day__gte=on) | Q(rule_id__in=stays), state="open")
    return rows if counsel is None else rows.filter(group__in=_groups_of(counsel))


def counts_of(actor: Actor, *, counsel: Counsel | None = None) -> Counts:
    """How many are overdue, due by the end of this week, and at risk."""
    on = today()
    end = on + timedelta(days=6 - on.weekday())
    rows = deadlines(actor).filter(state="open")
    if counsel is not None:
        rows = rows.filter(group__in=_groups_of(counsel))
    limits = rows.filter(rule_id__in=rules.ids_of(*rules.LIMITS))
    last = max(end, business_days_from(on, count=sum(rules.practice().steps.values())))
    # What is overdue is counted apart: among a whole nation's dates only days to come need a closer look.
    overdue = limits.filter(day__lt=on).count()
    found = limits.filter(day__gte=on, day__lte=last).aggregate(
        week=Count("pk", filter=Q(day__lte=end)), at_risk=Count("pk", filter=at_risk(on))
    )
    urgent = rows.filter(day__isnull=True).count()
    return Counts(overdue, found["week"], found["at_risk"], urgent, end)


def at_risk(on: date) -> Q:
    """Limits to come with fewer working days left than their steps still take."""
    most, found = sum(rules.practice().steps.values()), Q(pk__in=[])
    for needed in range(1, most + 1):
        found |= Q(days_needed=needed, day__lt=business_days_from(on, count=needed))
    # The bounds of all of them stand first: only they let the index of days be used.
    return Q(day__gt=on, day__lt=business_days_from(on, count=most)) & found


def agenda_page(
    actor: Actor, *, show: str = "", counsel: Counsel | None = None, number: Any = 1, a_page: int = A_PAGE
) -> tuple[list[Line], Page]:
    """One page of lines by day, and where it stands among the pages."""
    on = today()
    keys: Any = _keys(actor, show=show, counsel=counsel, on=on)
    page: Page = Paginator(keys, a_page).get_page(number)
    return _lines(list(page.object_list), on=on), page


def _keys(actor: Actor, *, show: str, counsel: Counsel | None, on: date) -> KeysByDay:
    """(day, group, rule, id) of deadlines and hearings, in the order of the days."""
    rows, heard = open_lines(actor, counsel=counsel), hearings(actor).filter(hearing_date__gte=on)
    if counsel is not None:
        heard = heard.filter(group__in=_groups_of(counsel))
    limits = rules.ids_of(*rules.LIMITS)
    if show == "overdue":
        return KeysByDay(_dated(rows.filter(rule_id__in=limits, day__lt=on)))
    if show == "at_risk":
        return KeysByDay(_dated(rows.filter(at_risk(on), rule_id__in=limits)))
    undated = rows.filter(day__isnull=True).annotate(at=Value(FIRST_DAY, output_field=DateField()))
    dated = rows.filter(day__isnull=False)
    if show != "all":
        last = on + timedelta(days=6 - on.weekday() if show == "week" else SOON_DAYS)
        dated, heard = dated.filter(day__lte=last), heard.filter(hearing_date__lte=last)
    heard = heard.annotate(rule_id=Value("", output_field=CharField()))
    return KeysByDay(
        undated.order_by("group_id", "rule_id", "pk").values_list("at", "group_id", "rule_id", "pk"),
        heard.order_by("hearing_date", "group_id", "pk").values_list(
            "hearing_date", "group_id", "rule_id", "pk"
        ),
        _dated(dated),
    )


def _dated(rows: "QuerySet[Deadline]") -> QuerySet:
    return rows.order_by("day", "group_id", "rule_id", "pk").values_list("day", "group_id", "rule_id", "pk")


def _groups_of(counsel: Counsel) -> QuerySet:
    on = today()
    rows = Engagement.objects.filter(counsel=counsel, voided_at__isnull=True, from_date__lte=on)
    return rows.filter(Q(until_date__isnull=True) | Q(until_date__gt=on)).values("group_id")


def _lines(keys: Sequence[tuple[date, UUID, str, UUID]], *, on: date) -> list[Line]:
    """The lines of some keys, in their order; the same line of brothers and sisters is one."""
    rows = Deadline.objects.select_related("child", "group").in_bulk([pk for *_, rule, pk in keys if rule])
    heard = {
        each.row.pk: each
        for each in shown(
            Hearing.objects.select_related("group").filter(pk__in=[pk for *_, rule, pk in keys if not rule])
        )
    }
    siblings = _children(
        {each.row.group_id for each in heard.values()}
        | {row.group_id for row in rows.values() if row.child_id is None}
    )
    lines = [
        _with_siblings(deadline_line(rows[pk], on=on), siblings)
        if rule
        else hearing_line(heard[pk], siblings, on=on)
        for *_, rule, pk in keys
    ]
    return list(_joined(lines))


def lines_of(rows: Iterable[Deadline], *, on: date) -> list[Line]:
    """Lines of deadlines that somebody else chose."""
    return [deadline_line(each, on=on) for each in rows]


def _with_siblings(line: Line, siblings: dict[UUID, tuple[Child, ...]]) -> Line:
    """A date of the group's hearing is a date of all its children."""
    return line if line.children else replace(line, children=siblings.get(line.group.pk, ()))


def _joined(lines: Iterable[Line]) -> Iterable[Line]:
    for _key, same in groupby(lines, key=_sameness):
        first, *others = same
        if others:
            everybody = tuple(child for line in (first, *others) for child in line.children)
            first = replace(first, children=everybody, others=len(others))
        yield first


def _sameness(line: Line) -> tuple[Any, ...]:
    if line.row is None:
        return ("hearing", line.hearing.row.pk if line.hearing else None)
    return (line.group.pk, line.row.rule_id, line.row.trigger_date, line.day, line.row.standing, line.light)


def deadline_line(row: Deadline, *, on: date) -> Line:
    """A deadline with its light, its arithmetic and its standing."""
    record = record_of(row)
    (found,) = core.agenda(
        [replace(record, resolution=None)],
        today=on,
        book=rules.book(),
        practice=rules.practice(),
        steps_done={record.deadline_id: tuple(row.steps_done)},
    )
    counted = record.computed.counted
    return Line(
        day=row.day,
        section=_section(row.day, found.light, on=on),
        light=found.light,
        tone=TONES[found.light],
        title=title_of(row.rule_id),
        group=row.group,
        children=(row.child,) if row.child else (),
        row=row,
        citation=found.citation,
        arithmetic=told(counted, language=spoken()) if counted else "",
        standing=STANDINGS.get(row.standing, ("unsure", row.standing, "")),
        alternative=row.alternative,
        target=found.target if found.target and found.target >= on else None,
        days_left=found.working_days_left,
        days_over=max(0, (on - row.day).days) if row.day else 0,
        steps=tuple(STEPS[step] for step in found.steps_missing),
        days_needed=found.working_days_needed or 0,
        is_signed_off=row.is_signed_off,
        has_passed=rules.has_passed(row.rule_id, row.day, on=on),
    )


def hearing_line(hearing: ShownHearing, siblings: dict[UUID, tuple[Child, ...]], *, on: date) -> Line:
    """A hearing; it is at risk while nobody interprets, or its notice is in doubt."""
    day = hearing.row.hearing_date
    risky = hearing.lacks_interpreter or not hearing.is_confirmed
    light = core.DUE_TODAY if day == on else core.AT_RISK if risky else core.DUE
    return Line(
        day=day,
        section=_section(day, light, on=on),
        light=light,
        tone=TONES[light],
        title=hearing.words,
        group=hearing.row.group,
        children=siblings.get(hearing.row.group_id, ()),
        hearing=hearing,
    )


def _section(day: date | None, light: str, *, on: date) -> str:
    if day is None:
        return NO_DATE
    if light == core.OVERDUE or day < on:
        return OVERDUE
    return WEEK if day <= on + timedelta(days=6 - on.weekday()) else LATER


def _children(groups: set[UUID]) -> dict[UUID, tuple[Child, ...]]:
    found: dict[UUID, tuple[Child, ...]] = {}
    rows = Child.objects.filter(group__in=groups, voided_at__isnull=True, merged_into__isnull=True)
    for child in rows.order_by("birth_date", "child_id"):
        found[child.group_id] = (*found.get(child.group_id, ()), child)
    return found


def gaps(actor: Actor) -> "QuerySet[DateGap]":
    """Dates that could not be computed, of what the person works on."""
    return DateGap.objects.filter(doors.in_groups(doors.without_home(actor)))


def gap_counts(actor: Actor) -> list[tuple[str, str, int]]:
    """(rule, what is missing, how many), the most frequent first."""
    rows = gaps(actor).values_list("rule_id", "missing").annotate(n=Count("pk")).order_by("-n", "rule_id")
    return list(rows[:6])


def deadline_groups(actor: Actor) -> QuerySet:
    """The groups whose docket the person reads."""
    return doors.groups(doors.without_home(actor))
