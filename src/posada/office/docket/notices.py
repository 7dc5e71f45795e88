"""Hearing notices: typed or read from a PDF, confirmed field by field, and a date to appear even when in doubt.

Comes in: the acting person, a child, what stands on the paper. Goes out: a kept notice, the group's hearing, tasks.
A notice for another court than the home's opens the question of venue.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_notices.py.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.docket.notices import (
    ASK_VENUE,
    CHECK_COURT_LINE,
    PROOF_THAT_WE_CAME,
    CourtLineCheck,
    Notice,
    NoticeReading,
    UnreadableNotice,
    read_notice,
)
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.desk.tasks import Wanted, finish_cause, open_task
from posada.office.docket import rules
from posada.office.docket.closing import name_of
from posada.office.docket.events import needs_recorder
from posada.office.docket.models import HearingDetail, HearingNotice
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Child, Court, CourtCounty, Hearing
from posada.office.placement.offer_checks import standing_placements
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere

CONFIRMED = ("kind", "day_typed", "time_typed", "court_code", "served_on")
KINDS = ("master", "individual")
DOUBTS = {
    "no_such_day": _("no calendar has this day"),
    "no_hour": _("no hour is given"),
    "not_an_hour_of_court": _("no court sits at this hour"),
    "court_closed": _("the courts are closed on this day"),
    "outside_the_calendar": _("the calendar of holidays does not reach this day"),
    "before_service": _("the day is before the notice was served"),
}


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What stands on the paper. `confirmed`: names of the fields that the person compared with it."""

    kind: str
    day_typed: str
    time_typed: str
    court_code: str
    served_on: date
    source: str
    confirmed: frozenset[str]
    document: Document | None = None
    read: dict[str, Any] = field(default_factory=dict)


def home_court(child: Child) -> str | None:
    """The court of the county where the child lives now; None where it is not known."""
    placed = standing_placements().filter(child=child).select_related("home").first()
    county = placed.home.county_fips if placed else child.location_fips
    row = CourtCounty.objects.filter(county_fips=county).first() if county else None
    return row.court_code if row else None


def enter_notice(actor: Actor, child: Child, new: NewNotice) -> HearingNotice:
    """Keep a notice, enter its hearing, and open what must be done. Raises FieldsRefused, NotThere."""
    needs_recorder(actor, child)
    reading = _read(child, new)
    with transaction.atomic():
        hearing = _hearing(actor, child, new, reading)
        notice = HearingNotice(
            group=child.group,
            child=child,
            document=new.document,
            hearing=hearing,
            kind=new.kind,
            day_typed=new.day_typed,
            time_typed=new.time_typed,
            court_code=new.court_code,
            served_on=new.served_on,
            source=new.source.strip()[:200],
            read=new.read,
            appear_on=reading.appear_on,
            doubts=list(reading.doubts),
            asks_venue=reading.asks_venue,
            next_check=reading.next_check,
            by_id=actor.user_id,
        )
        save_new(notice, actor=actor, act="notice.enter")
        _doubt(actor, hearing, bool(reading.doubts))
        _open_tasks(actor, notice, reading)
        note_change()
        recompute(actor, [child.group_id], because="notice")
    return notice


def note_court_line(
    actor: Actor, notice: HearingNotice, *, version: int, answer: str, confirms: bool
) -> HearingNotice:
    """The court's line was asked about a notice in doubt: when, by whom, and what it answered."""
    needs_recorder(actor, notice.child)
    if len(answer.strip()) < 3:
        raise FieldsRefused({"answer": _("Write down what the line said.")})
    check = {"on": today().isoformat(), "by": name_of(actor), "answer": answer.strip()[:300]}
    checks = [*notice.checks, {**check, "confirms": confirms}]
    reading = read_notice(
        _core(notice.child, notice),
        today=today(),
        practice=rules.practice(),
        home_court=home_court(notice.child),
        checks=[
            CourtLineCheck(date.fromisoformat(each["on"]), each["by"], each["answer"], each["confirms"])
            for each in checks
        ],
    )
    changes = {"checks": checks, "doubts": list(reading.doubts), "next_check": reading.next_check}
    with transaction.atomic():
        saved = save_change(notice, version=version, changes=changes, actor=actor, act="notice.court_line")
        finish_cause(actor, _cause(CHECK_COURT_LINE, saved, len(notice.checks)), outcome="asked")
        if reading.doubts:
            _open_check(actor, saved, reading.next_check)
        if saved.hearing is not None:
            _doubt(actor, saved.hearing, bool(reading.doubts))
    return saved


def notices_of(actor: Actor, child: Child) -> list[HearingNotice]:
    """The notices of a child's group, newest first; the child came from a door."""
    rows = HearingNotice.objects.filter(group_id=child.group_id, voided_at__isnull=True)
    return list(rows.select_related("hearing", "by", "document").order_by("-served_on", "-entered_at"))


def _read(child: Child, new: NewNotice) -> NoticeReading:
    faults: dict[str, Any] = {}
    if new.kind not in KINDS:
        faults["kind"] = _("Choose what kind of hearing it is.")
    if not Court.objects.filter(court_code=new.court_code).exists():
        faults["court_code"] = _("Choose a court that this office knows.")
    if new.served_on > today():
        faults["served_on"] = _("This day is still to come. Write it down when it has happened.")
    if len(new.source.strip()) < 3:
        faults["source"] = _("Say which paper or portal entry this is.")
    if set(CONFIRMED) - new.confirmed:
        faults["confirmed"] = _("Compare every field with the paper, and say so for each.")
    if faults:
        raise FieldsRefused(faults)
    try:
        return read_notice(
            _core(child, new), today=today(), practice=rules.practice(), home_court=home_court(child)
        )
    except (UnreadableNotice, ValueError):
        wrong = _("Write the day as YYYY-MM-DD, exactly as the paper has it, even a day that cannot be.")
        raise FieldsRefused({"day_typed": wrong}) from None


def _core(child: Child, told: NewNotice | HearingNotice) -> Notice:
    return Notice(
        case_id=str(child.group_id),
        kind=told.kind,
        day=told.day_typed,
        time=told.time_typed,
        court_code=told.court_code,
        served_on=told.served_on,
        source=told.source,
    )


def _hearing(actor: Actor, child: Child, new: NewNotice, reading: NoticeReading) -> Hearing:
    at: time | None = reading.at.time() if reading.at else None
    same = Hearing.objects.filter(
        group=child.group,
        court_code=new.court_code,
        hearing_date=reading.appear_on,
        voided_at__isnull=True,
    )
    found = same.order_by("entered_at").first()
    if found is None:
        made = Hearing(
            group=child.group,
            court_code=new.court_code,
            hearing_date=reading.appear_on,
            hearing_time=at,
            kind=new.kind,
        )
        return save_new(made, actor=actor, act="hearing.new")
    changes = {"hearing_time": at or found.hearing_time, "kind": new.kind}
    return save_change(found, version=found.version, changes=changes, actor=actor, act="hearing.change")


def _doubt(actor: Actor, hearing: Hearing, is_in_doubt: bool) -> None:
    detail = HearingDetail.objects.filter(hearing=hearing).first()
    if detail is None and is_in_doubt:
        save_new(HearingDetail(hearing=hearing, is_confirmed=False), actor=actor, act="hearing.detail")
    elif detail is not None:
        changes = {"is_confirmed": not is_in_doubt}
        save_change(detail, version=detail.version, changes=changes, actor=actor, act="hearing.detail")


def _open_tasks(actor: Actor, notice: HearingNotice, reading: NoticeReading) -> None:
    if CHECK_COURT_LINE in reading.tasks:
        _open_check(actor, notice, reading.next_check)
    dues = {PROOF_THAT_WE_CAME: notice.appear_on, ASK_VENUE: notice.appear_on}
    for task, due in dues.items():
        if task in reading.tasks:
            values = {"child": str(notice.child_id), "court": notice.court_code}
            open_task(actor, _wanted(f"notice_{task}", notice, due, _cause(task, notice), values))


def _open_check(actor: Actor, notice: HearingNotice, due: date | None) -> None:
    values = {"child": str(notice.child_id), "day": notice.appear_on.isoformat()}
    cause = _cause(CHECK_COURT_LINE, notice, len(notice.checks))
    open_task(actor, _wanted(f"notice_{CHECK_COURT_LINE}", notice, due, cause, values))


def _wanted(kind: str, notice: HearingNotice, due: date | None, cause: str, values: dict[str, Any]) -> Wanted:
    return Wanted(
        kind=kind,
        role=Role.LEGAL_COORDINATOR,
        group=notice.group,
        due_on=due,
        values=values,
        once_key=cause,
    )


def _cause(task: str, notice: HearingNotice, number: int = 0) -> str:
    return f"{task}:{notice.pk}:{number}"


def one_notice(actor: Actor, pk: Any) -> HearingNotice:
    """A notice of a child whom the person may see. Raises NotThere."""
    works = doors.without_home(actor)
    rows = HearingNotice.objects.filter(voided_at__isnull=True, child__in=doors.children(works))
    found = rows.select_related("child__group", "hearing", "document", "by").filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found
