"""Days are counted back from the last day over the docket's calendar; what is late or at risk comes first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.docket.calendar import business_days_between, is_open
from posada.preparation.checklist import AIM, Checklist, shipped_checklists, waits_for
from posada.preparation.readiness import AT_RISK, DONE, LATE, NOW, UNDATED, WAITS, Line, lines_of

TODAY = date(2026, 11, 24)
LISTS = shipped_checklists().lists
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def by_id(lines: tuple[Line, ...]) -> dict[str, Line]:
    return {each.item.item_id: each for each in lines}


def venue() -> Checklist:
    found = shipped_checklists().one("venue")
    assert found is not None
    return found


def test_each_item_is_ready_before_what_waits_for_it_begins_over_weekends_and_thanksgiving() -> None:
    lines = by_id(lines_of(venue(), last_day=date(2026, 12, 4), today=TODAY, marks={}))
    days = {name: (line.ready_by, line.begin_by) for name, line in lines.items()}
    assert days["filing"] == (date(2026, 12, 4), date(2026, 12, 3))
    assert days["service"] == (date(2026, 12, 3), date(2026, 12, 2))
    assert days["motion"] == (date(2026, 12, 2), date(2026, 11, 30))
    assert days["eoir33"] == (date(2026, 12, 2), date(2026, 12, 1))
    assert days["address"] == (date(2026, 12, 1), date(2026, 11, 30))
    assert days["residence"] == (date(2026, 12, 3), date(2026, 12, 1))


def test_a_last_day_on_which_the_office_is_closed_is_not_counted_on() -> None:
    lines = by_id(lines_of(venue(), last_day=date(2026, 11, 26), today=TODAY, marks={}))
    assert lines["filing"].ready_by == date(2026, 11, 25), "26 November 2026 is Thanksgiving"


def test_too_few_working_days_left_is_at_risk_before_it_is_late() -> None:
    lines = by_id(lines_of(venue(), last_day=date(2026, 11, 25), today=TODAY, marks={}))
    assert lines["filing"].state == AT_RISK
    assert lines["motion"].state == LATE
    assert lines["filing"].earliest == date(2026, 12, 1)
    listed = lines_of(venue(), last_day=date(2026, 11, 25), today=TODAY, marks={})
    assert [each.state for each in listed] == sorted(
        (each.state for each in listed), key=[LATE, AT_RISK, NOW, WAITS, "later"].index
    )


def test_what_is_done_or_not_needed_frees_what_waited_for_it() -> None:
    last = date(2026, 12, 4)
    before = by_id(lines_of(venue(), last_day=last, today=TODAY, marks={}))
    after = by_id(lines_of(venue(), last_day=last, today=TODAY, marks={"address": DONE}))
    assert before["eoir33"].waits_for == ("address",)
    assert before["eoir33"].state == WAITS
    assert after["eoir33"].waits_for == ()
    assert after["eoir33"].state == NOW
    assert after["address"].is_closed


def test_good_practice_is_wanted_when_the_filing_begins_and_holds_nothing_back() -> None:
    court = shipped_checklists().one("asylum-court")
    assert court is not None
    lines = by_id(lines_of(court, last_day=date(2027, 3, 1), today=TODAY, marks={}))
    assert lines["country"].ready_by == lines["filing"].begin_by
    assert lines["declaration"].ready_by is not None
    assert lines["expert"].begin_by is not None
    assert lines["declaration"].ready_by > lines["expert"].begin_by


def test_without_a_last_day_nothing_is_guessed() -> None:
    lines = lines_of(venue(), last_day=None, today=TODAY, marks={})
    assert {each.state for each in lines} == {UNDATED}
    assert {each.ready_by for each in lines} == {None}


@pytest.mark.parametrize("checklist", LISTS, ids=lambda each: each.checklist_id)
@given(last=DAYS, today=DAYS)
def test_every_ready_day_is_open_and_leaves_the_days_that_the_next_item_takes(
    checklist: Checklist, last: date, today: date
) -> None:
    lines = by_id(lines_of(checklist, last_day=last, today=today, marks={}))
    order = waits_for(checklist.on(last))
    for name, line in lines.items():
        assert line.ready_by is not None
        assert line.begin_by is not None
        assert is_open(line.ready_by)
        assert line.ready_by <= last
        assert business_days_between(line.begin_by, line.ready_by) == line.item.days
        for before in order[name]:
            ready = lines[before].ready_by
            assert ready is not None
            assert line.item.need == AIM or ready <= line.begin_by


@pytest.mark.parametrize("checklist", LISTS, ids=lambda each: each.checklist_id)
@given(last=DAYS, more=st.integers(0, 60))
def test_a_later_last_day_never_wants_anything_earlier(checklist: Checklist, last: date, more: int) -> None:
    one = by_id(lines_of(checklist, last_day=last, today=TODAY, marks={}))
    other = by_id(lines_of(checklist, last_day=last + timedelta(days=more), today=TODAY, marks={}))
    for name in one.keys() & other.keys():
        assert _no_later(one[name], other[name])


def _no_later(one: Line, other: Line) -> bool:
    if one.ready_by is None or other.ready_by is None:
        return False
    return one.ready_by <= other.ready_by
