"""The lines of an agenda: their lights are the core's, their order is by day, their counts those of the heading."""

from datetime import date

from posada.office.docket import agenda
from posada.office.docket.closing import finish_step
from tests.office.docket.cases import (
    attorney_of,
    child_of,
    coordinator,
    deadline_of,
    engage,
    hearing_of,
    record,
)
from tests.office.people import counsel_of, group_of


def test_lines_come_by_day_and_hearings_stand_among_them() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "in_absentia_order", date(2026, 11, 2))
    record(actor, child, "address_changed", date(2026, 11, 10))
    hearing_of(group, date(2026, 12, 1))
    record(actor, child, "ij_decision", date(2026, 11, 16))
    lines, page = agenda.agenda_page(actor)
    assert [line.section for line in lines] == ["no_date", "overdue", "week", "later"]
    assert [line.light for line in lines] == ["urgent", "overdue", "at_risk", "due"]
    assert page.paginator.count == 4
    counts = agenda.counts_of(actor)
    assert (counts.urgent, counts.overdue, counts.week, counts.at_risk) == (1, 1, 1, 1)


def test_steps_that_are_done_take_a_date_out_of_risk() -> None:
    child, actor = child_of(), coordinator()
    record(actor, child, "ij_decision", date(2026, 11, 16))
    assert agenda.counts_of(actor).at_risk == 1
    row = deadline_of(child, "eoir.bia_appeal")
    for step in ("interview", "filing"):
        row = finish_step(actor, row, version=row.version, step=step)
    assert agenda.counts_of(actor).at_risk == 0
    lines, _page = agenda.agenda_page(actor, show="at_risk")
    assert lines == []


def test_what_is_not_shown_is_not_lost_on_another_page() -> None:
    actor = coordinator()
    for _ in range(6):
        record(actor, child_of(), "nta_served", date(2026, 11, 20))
    seen = []
    for number in (1, 2, 3):
        lines, page = agenda.agenda_page(actor, show="all", number=number, a_page=10)
        seen += [line.row.pk for line in lines if line.row]
    assert len(seen) == len(set(seen)) == page.paginator.count == 30


def test_one_counsel_s_dates_alone() -> None:
    mine, other, counsel = group_of(), group_of(), counsel_of()
    engage(counsel, mine)
    for group in (mine, other):
        record(coordinator(), child_of(group), "ij_decision", date(2026, 11, 16))
    lines, _page = agenda.agenda_page(coordinator(), counsel=counsel)
    assert {line.group.pk for line in lines} == {mine.pk}
    assert agenda.counts_of(coordinator(), counsel=counsel).week == 1


def test_what_has_no_date_is_counted_by_what_is_missing() -> None:
    record(coordinator(), child_of(), "nta_served", date(2026, 11, 20))
    assert agenda.gap_counts(coordinator()) == [("asylum.one_year", "last_arrival", 1)]
