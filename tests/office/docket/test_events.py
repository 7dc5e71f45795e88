"""An event and all that follows from it stand or fall together; a mistake is voided, never erased."""

from datetime import date, timedelta

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.desk.models import Task
from posada.office.docket.events import NewEvent, note_move, record_event, void_event
from posada.office.docket.models import Deadline, DocketEvent
from posada.office.placement.moves import ADDRESS_RULE
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, deadline_of, record
from tests.office.people import acting, group_of


def test_what_happened_gives_its_dates_in_the_same_moment() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    appeal = deadline_of(child, "eoir.bia_appeal")
    assert appeal.day == date(2026, 11, 27)
    assert (appeal.standing, appeal.rule_version.split("#")[0]) == ("uncertain", "eoir.bia_appeal")
    assert appeal.as_of == LATE_NOVEMBER
    assert verify().fault == ""


def test_an_appeal_stays_with_the_case_and_asks_for_its_number() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    record(actor, child, "appeal_filed", date(2026, 11, 20))
    task = Task.objects.get(kind="appeal_number")
    assert (task.group, task.values["child"]) == (group, str(child.pk))
    assert doors.groups(actor_of(user)).filter(pk=group.pk).exists()
    record(actor, child, "appeal_filed", date(2026, 11, 20))
    assert Task.objects.filter(kind="appeal_number").count() == 1


def test_one_paper_for_every_child_is_an_event_of_each() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    child = child_of(group)
    record(coordinator(), child, "nta_served", date(2026, 11, 2), siblings=True)
    assert DocketEvent.objects.values("child").distinct().count() == 2


def test_a_correction_supersedes_the_old_date() -> None:
    child, actor = child_of(), coordinator()
    wrong = record(actor, child, "last_arrival", date(2026, 10, 2))
    record(actor, child, "last_arrival", date(2026, 10, 1), replaces=wrong)
    rows = Deadline.objects.filter(rule_id="asylum.one_year").order_by("day")
    assert [(row.day, row.state) for row in rows] == [
        (date(2027, 10, 1), "open"),
        (date(2027, 10, 4), "superseded"),
    ]


def test_a_mistake_is_voided_with_a_reason_and_leaves_its_deadline() -> None:
    child, actor = child_of(), coordinator()
    event = record(actor, child, "ij_decision", date(2026, 11, 16))
    with pytest.raises(Refusal):
        void_event(actor, event, version=1, reason="")
    void_event(actor, event, version=1, reason="another child's paper")
    row = deadline_of(child, "eoir.bia_appeal")
    assert row.state == "superseded"
    assert "another child's paper" in row.because


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": LATE_NOVEMBER + timedelta(days=1)}, "on"),
        ({"evidence": ""}, "evidence"),
        ({"name": "moon_landing"}, "name"),
        ({"earliest": LATE_NOVEMBER}, "earliest"),
        ({"service_method": "owl"}, "service_method"),
        ({"name": "apprehension_datetime"}, "hour"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(changes: dict, field: str) -> None:
    given = {"name": "nta_served", "on": date(2026, 11, 2), "evidence": "a copy", **changes}
    with pytest.raises(FieldsRefused) as refused:
        record_event(coordinator(), child_of(), NewEvent(**given))
    assert field in refused.value.faults
    assert not DocketEvent.objects.exists()
    assert not Deadline.objects.exists()


@pytest.mark.parametrize("role", [Role.FOSTER_PARENT, Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR])
def test_only_counsel_and_the_coordinator_record(role: Role) -> None:
    with pytest.raises(NotThere):
        record(acting(role), child_of(), "nta_served", date(2026, 11, 2))


def test_an_attorney_records_in_her_own_cases_only() -> None:
    _user, actor = attorney_of(group_of())
    with pytest.raises(NotThere):
        record(actor, child_of(), "nta_served", date(2026, 11, 2))


def test_a_move_opens_the_change_of_address_and_a_second_one_takes_its_place() -> None:
    group, actor = group_of(), coordinator()
    child = child_of(group)
    note_move(actor, group, on=date(2026, 11, 12), evidence="placement 1")
    note_move(actor, group, on=date(2026, 11, 12), evidence="placement 1")
    assert deadline_of(child, ADDRESS_RULE).day == date(2026, 11, 17)
    note_move(actor, group, on=date(2026, 11, 20), evidence="placement 2")
    states = dict(Deadline.objects.filter(rule_id=ADDRESS_RULE).values_list("day", "state"))
    assert states == {date(2026, 11, 17): "superseded", date(2026, 11, 25): "open"}
