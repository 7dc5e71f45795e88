"""Moves and disruptions: what a move touches is told before it is saved, and each becomes a task.

A move does not move the case: the court stays until a motion changes it, and the change-of-address form is due by
the docket's rule. Comes in: a group, a home, a day. Goes out: consequences with dates and citations; placements.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_moves.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from posada.docket.answer import Answer, answer
from posada.docket.arithmetic import told
from posada.docket.calendar import CalendarGap
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.docket.events import note_move
from posada.office.intake.models import CourtCounty, Hearing, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement import check_ins, offers
from posada.office.placement.answers import CannotTake, HomeMoved, take_beds
from posada.office.placement.endings import CAUSES, DISRUPTED, MOVED
from posada.office.placement.models import Override, Placement
from posada.office.placement.offer_checks import faults_of
from posada.office.placement.offer_words import spoken
from posada.office.placement.placed import ChangedSince, as_seen, close, placements_of
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.rule import RuleGap

ADDRESS_RULE = "eoir.address_court"
SCHOOL_DAYS = 7
"""Within so many days the school must know. Source: the program's own practice."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a move touches: school, counsel, address_form, court or venue. Citation and arithmetic may be empty."""

    kind: str
    text: str
    due_on: date | None = None
    citation: str = ""
    arithmetic: str = ""


def consequences(group: SiblingGroup, to: Home, *, on: date) -> list[Consequence]:
    """Everything that a move of this group to this home on this day touches, to be read before it is saved."""
    standing = placements_of(group)
    here = standing[0].home if standing else None
    return [*_school(here, to, on=on), *_counsel(group), _address_form(on), *_court(group, to)]


def _school(here: Home | None, to: Home, *, on: date) -> Iterator[Consequence]:
    due = on + timedelta(days=SCHOOL_DAYS)
    if here is not None and here.county_fips == to.county_fips:
        yield Consequence(
            "school", _("The county stays the same: ask whether they can stay at their school."), due
        )
    else:
        yield Consequence(
            "school", _("Another county: they change schools, unless transport is arranged."), due
        )


def _counsel(group: SiblingGroup) -> Iterator[Consequence]:
    engaged = Engagement.objects.filter(group=group, until_date__isnull=True, voided_at__isnull=True)
    if engaged.exists():
        yield Consequence("counsel", _("Their counsel must learn the new address before the move."))
    else:
        yield Consequence("counsel", _("They have no counsel who could file the change of address for them."))


def _address_form(on: date) -> Consequence:
    said = address_form_due(on)
    text = _(
        "Form EOIR-33/IC, the change of address, must reach the immigration court. A move does not move the case."
    )
    if said is None or said.day is None:
        return Consequence("address_form", text)
    arithmetic = told(said.counted, language=spoken()) if said.counted else ""
    citation = "; ".join(said.rule.authority)
    return Consequence("address_form", text, said.day, citation, arithmetic)


def address_form_due(on: date) -> Answer | None:
    """What the docket's rule says of the form after a move on this day; None where no rule or calendar reaches."""
    try:
        return answer(_rules().rule(ADDRESS_RULE), trigger_date=on, as_of=max(today(), on))
    except (RuleGap, CalendarGap):
        return None


def _court(group: SiblingGroup, to: Home) -> Iterator[Consequence]:
    hearing = (
        Hearing.objects.filter(group=group, hearing_date__gte=today(), voided_at__isnull=True)
        .order_by("hearing_date")
        .first()
    )
    county = CourtCounty.objects.filter(county_fips=to.county_fips).first()
    if hearing is None:
        yield Consequence("court", _("No hearing is known. Ask the court’s line before and after the move."))
        return
    said = {"court": hearing.court_code}
    yield Consequence(
        "court",
        _("The hearing stays at the court %(court)s: plan the way there from the new home.") % said,
        hearing.hearing_date,
    )
    if county is not None and county.court_code != hearing.court_code:
        said["other"] = county.court_code
        yield Consequence(
            "venue",
            _("The new county belongs to the court %(other)s. Only a motion to change venue moves the case.")
            % said,
            citation="8 CFR 1003.20(b)",
        )


def move(actor: Actor, group: SiblingGroup, to: Home, *, on: date, seen: str, reason: str) -> list[Placement]:
    """Move a group together, and open a task for everything it touches.

    `on`: the first day in the new home. Raises ChangedSince, FieldsRefused, and CannotTake with the rule.
    """
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return _move(actor, group, Home.objects.get(pk=to.pk), on=on, seen=seen, reason=reason)
        except HomeMoved:
            continue
    raise ChangedSince(_("Somebody changed this in the meantime. Look again, then decide."))


def _move(
    actor: Actor, group: SiblingGroup, to: Home, *, on: date, seen: str, reason: str
) -> list[Placement]:
    standing = as_seen(group, seen)
    if any(each.home_id == to.pk for each in standing):
        raise FieldsRefused({"to": _("They live there already.")})
    faults = faults_of(group, to, moving=True)
    if faults:
        raise CannotTake(faults[0], to)
    told_before = consequences(group, to, on=on)
    take_beds(actor, to, children=len(standing))
    came = []
    for each in standing:
        ended = close(actor, each, on=max(each.from_date, on - timedelta(days=1)), kind=MOVED, reason=reason)
        new = Placement(child=each.child, home=to, from_date=on, expected_until=ended.expected_until)
        try:
            came.append(save_new(new, actor=actor, act="placement.start", reason=reason))
        except IntegrityError as twice:
            raise HomeMoved from twice
    until = came[0].expected_until
    check_ins.call_off(actor, group, after=on - timedelta(days=1), reason="moved")
    check_ins.schedule(actor, group, to, start=on, days=(until - on).days if until else None)
    for each_told in told_before:
        open_task(actor, _task_of(each_told, group, to, on=on))
    note_move(actor, group, on=on, evidence=f"placement {came[0].pk}")
    note_change()
    return came


def _task_of(told_of: Consequence, group: SiblingGroup, to: Home, *, on: date) -> Wanted:
    legal = told_of.kind in ("counsel", "address_form", "court", "venue")
    values: dict[str, Any] = {"moved_on": on.isoformat()}
    if told_of.citation:
        values["citation"] = told_of.citation
    return Wanted(
        f"move_{told_of.kind}",
        role=Role.LEGAL_COORDINATOR if legal else Role.PLACEMENT_WORKER,
        group=group,
        home=None if legal else to,
        due_on=told_of.due_on,
        values=values,
        once_key=f"move:{told_of.kind}:{group.pk}:{to.pk}:{on}",
    )


def disrupt(actor: Actor, group: SiblingGroup, *, on: date, cause: str, seen: str) -> None:
    """The stay breaks off: all of the group wait for a new home together, never again for this one.

    `on`: the day on which they must leave. Raises FieldsRefused, ChangedSince.
    """
    if cause not in CAUSES:
        raise FieldsRefused({"cause": _("Choose why.")})
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})
    with transaction.atomic():
        standing = as_seen(group, seen)
        for each in standing:
            last = max(each.from_date, on - timedelta(days=1))
            close(actor, each, on=last, kind=DISRUPTED, reason=cause)
        home = standing[0].home
        forbid = Override(
            action="forbid", group=group, home=home, reason=f"{DISRUPTED}: {cause}", by_id=actor.user_id
        )
        save_new(forbid, actor=actor, act="override.forbid")
        check_ins.call_off(actor, group, after=on - timedelta(days=1), reason=DISRUPTED)
        open_task(
            actor,
            Wanted(
                "disrupted",
                role=Role.PLACEMENT_WORKER,
                group=group,
                home=home,
                due_on=on,
                values={"cause": cause},
                once_key=f"disrupted:{group.pk}:{home.pk}:{on}",
            ),
        )
        note_change()
    offers.solve_again()


@lru_cache
def _rules() -> Any:
    return load_legal_rules()
