"""A deadline is met with proof, or excused by whom and why; late is recorded as late; twice is refused."""

from datetime import date, timedelta

import pytest

from posada.office.audit.history import revisions_of
from posada.office.docket.closing import (
    ClosedAlready,
    Moves,
    adjust,
    alike,
    excuse,
    finish_step,
    meet,
)
from posada.office.docket.kept_deadlines import record_of
from posada.office.docket.models import Deadline
from posada.office.docket.recompute import recompute
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, deadline_of, record
from tests.office.people import group_of


def appeal() -> Deadline:
    child = child_of()
    record(coordinator(), child, "ij_decision", date(2026, 11, 9))
    return deadline_of(child, "eoir.bia_appeal")


def test_it_is_met_with_its_proof_and_by_whom() -> None:
    row, actor = appeal(), coordinator()
    meet(actor, row, version=1, on=LATE_NOVEMBER, proof="receipt 17")
    row.refresh_from_db()
    assert (row.state, row.because, row.closed_on) == ("met", "receipt 17", LATE_NOVEMBER)
    assert row.closed_by == str(actor.user)
    assert len(revisions_of(row)) == 1


def test_late_is_recorded_as_late_and_not_refused() -> None:
    row = appeal()
    assert row.day == date(2026, 11, 19)
    meet(coordinator(), row, version=1, on=LATE_NOVEMBER, proof="stamped")
    row.refresh_from_db()
    assert record_of(row).was_late


def test_without_proof_or_for_a_day_to_come_nothing_is_met() -> None:
    row = appeal()
    with pytest.raises(FieldsRefused):
        meet(coordinator(), row, version=1, on=LATE_NOVEMBER, proof=" ")
    with pytest.raises(FieldsRefused):
        meet(coordinator(), row, version=1, on=LATE_NOVEMBER + timedelta(days=1), proof="receipt")
    row.refresh_from_db()
    assert row.state == "open"


def test_saved_twice_is_one_act_and_another_closing_is_refused() -> None:
    row, actor = appeal(), coordinator()
    meet(actor, row, version=1, on=LATE_NOVEMBER, proof="receipt 17")
    row.refresh_from_db()
    meet(actor, row, version=1, on=LATE_NOVEMBER, proof="receipt 17")
    with pytest.raises(ClosedAlready):
        excuse(actor, row, version=row.version, why="moot")
    assert Deadline.objects.get(pk=row.pk).version == row.version


def test_who_closes_second_learns_of_the_first() -> None:
    row, actor = appeal(), coordinator()
    finish_step(actor, row, version=1, step="interview")
    with pytest.raises(SomebodySavedFirst):
        excuse(actor, row, version=1, why="no appeal is wanted")


def test_a_closed_deadline_stays_closed_when_all_is_computed_again() -> None:
    row, actor = appeal(), coordinator()
    excuse(actor, row, version=1, why="waived on the record")
    recompute(actor, [row.group_id], because="again")
    row.refresh_from_db()
    assert (row.state, row.because) == ("excused", "waived on the record")


def test_one_filing_closes_the_same_date_of_brothers_and_sisters_that_are_named() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    actor = coordinator()
    record(actor, child_of(group), "address_changed", date(2026, 11, 20), siblings=True)
    row = Deadline.objects.filter(rule_id="eoir.address_court").first()
    assert row is not None
    meet(actor, row, version=row.version, on=LATE_NOVEMBER, proof="two receipts", also=alike(actor, row))
    assert set(Deadline.objects.filter(rule_id="eoir.address_court").values_list("state", flat=True)) == {
        "met"
    }
    stranger = appeal()
    other = Deadline.objects.get(child=stranger.child, rule_id="age.attains_18")
    with pytest.raises(NotThere):
        meet(actor, stranger, version=1, on=LATE_NOVEMBER, proof="receipt", also=[other])


def test_steps_that_are_done_leave_less_to_do() -> None:
    row = appeal()
    before = row.days_needed
    done = finish_step(coordinator(), row, version=1, step="interview")
    assert (before, done.days_needed) == (4, 2)
    with pytest.raises(FieldsRefused):
        finish_step(coordinator(), done, version=done.version, step="translation")


def test_counsel_records_what_moves_a_date_and_the_old_one_is_kept() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    row = deadline_of(child, "eoir.bia_appeal")
    moves = Moves("order", authority="order of the Board", evidence="order of 20 Nov", end=date(2026, 12, 18))
    adjust(actor, row, moves)
    row.refresh_from_db()
    assert row.day == date(2026, 12, 18)
    assert [each["day"] for each in row.before] == ["2026-11-27"]
    with pytest.raises(FieldsRefused):
        adjust(actor, row, Moves("tolling", authority="x", evidence="y"))
    with pytest.raises(NotThere):
        adjust(coordinator(), row, moves)
