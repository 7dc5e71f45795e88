"""The digest tells of dates by kind and day, never of whom; once, unless it changed or is near."""

from datetime import date, timedelta

from posada.office.access.roles import Role
from posada.office.desk.digests import lines_of
from posada.office.docket.closing import excuse
from posada.office.docket.digest_lines import docket_lines
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, deadline_of, record
from tests.office.people import acting, group_of


def test_dates_of_two_weeks_by_kind_with_absolute_days() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    record(actor, child, "filing_received_by_court", date(2026, 11, 23))
    lines = {line.key: line for line in docket_lines(actor, on=LATE_NOVEMBER)}
    appeal = lines["docket:eoir.bia_appeal"]
    assert appeal.text == "1: Appeal to the Board (EOIR-26) (earliest day: Fri 27 Nov 2026)"
    assert not appeal.due_tomorrow
    later = {line.key: line for line in docket_lines(actor, on=LATE_NOVEMBER + timedelta(days=1))}
    assert later["docket:eoir.bia_appeal"].due_tomorrow
    assert later["docket:eoir.bia_appeal"].digest == appeal.digest
    assert not any(child.family_name in line.text or child.child_id in line.text for line in lines.values())
    assert set(lines) <= {line.key for line in lines_of(actor, on=LATE_NOVEMBER)}


def test_what_was_taken_off_is_said_for_two_days() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    excuse(actor, deadline_of(child, "eoir.bia_appeal"), version=1, why="waived")
    assert "docket:off" in {line.key for line in docket_lines(actor, on=LATE_NOVEMBER)}
    later = LATE_NOVEMBER + timedelta(days=2)
    assert "docket:off" not in {line.key for line in docket_lines(actor, on=later)}


def test_nobody_else_hears_of_dates() -> None:
    assert list(docket_lines(acting(Role.PLACEMENT_WORKER), on=LATE_NOVEMBER)) == []
