"""What the core computed and what is read back from its row are the same, to the last step of the arithmetic."""

from datetime import date

from posada.docket.arithmetic import told
from posada.docket.deadlines import supersede
from posada.office.docket.closing import Moves, adjust
from posada.office.docket.kept_deadlines import record_of, values_of
from posada.office.docket.models import Deadline
from posada.office.docket.rules import practice
from tests.office.docket.cases import attorney_of, child_of, record
from tests.office.people import group_of


def test_every_kind_of_count_survives_its_row() -> None:
    group = group_of(date(2009, 5, 1))
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    record(actor, child, "address_changed", date(2026, 11, 20))
    facts = {"datetime": "2026-11-20T23:30", "zone": "America/New_York"}
    record(actor, child, "apprehension_datetime", date(2026, 11, 20), facts=facts)
    row = Deadline.objects.get(rule_id="eoir.bia_appeal")
    adjust(actor, row, Moves("extension", authority="order", evidence="paper", days=21))
    for each in Deadline.objects.all():
        record_before = record_of(each)
        values = values_of(record_before, practice=practice(), done={})
        for name, value in values.items():
            setattr(each, name, value)
        assert record_of(each) == record_before
        if record_before.computed.counted:
            assert told(record_before.computed.counted)


def test_a_closing_survives_its_row() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16))
    row = Deadline.objects.get(rule_id="eoir.bia_appeal")
    on = date(2026, 11, 20)
    closed = supersede(record_of(row), by_event="e9", on=on, by="Dana", entered_on=on)
    for name, value in values_of(closed, practice=practice(), done={}).items():
        setattr(row, name, value)
    assert record_of(row) == closed
