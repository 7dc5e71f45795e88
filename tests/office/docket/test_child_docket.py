"""The docket of one child: open dates first, what is closed stays, and what is missing is named."""

from datetime import date

from posada.office.docket.child_docket import docket_of
from posada.office.docket.closing import meet
from tests.office.docket.cases import (
    LATE_NOVEMBER,
    attorney_of,
    child_of,
    coordinator,
    deadline_of,
    hearing_of,
    record,
)
from tests.office.people import group_of


def test_everything_about_the_child_and_nothing_of_a_sibling() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    _user, actor = attorney_of(group)
    one, other = group.children.order_by("pk")
    record(actor, one, "ij_decision", date(2026, 11, 16))
    record(actor, other, "address_changed", date(2026, 11, 20))
    hearing_of(group, date(2027, 2, 3))
    docket = docket_of(actor, child_of(group))
    assert {each.row.name for each in docket.events} == {"ij_decision"}
    assert len(docket.hearings) == 1
    assert docket.next_line is not None
    assert docket.next_line.row is not None
    assert docket.next_line.row.rule_id == "eoir.bia_appeal"
    assert len(docket.gaps) == 1
    assert docket.unexamined == docket.remedies > 20


def test_what_was_met_stays_on_the_page() -> None:
    child, actor = child_of(), coordinator()
    record(actor, child, "ij_decision", date(2026, 11, 16))
    row = deadline_of(child, "eoir.bia_appeal")
    meet(actor, row, version=1, on=LATE_NOVEMBER, proof="receipt")
    docket = docket_of(actor, child)
    assert [(each.rule_id, each.state) for each, _title in docket.closed] == [("eoir.bia_appeal", "met")]
