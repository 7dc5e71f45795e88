"""A notice in doubt still counts as a day to appear; another court opens the question of venue."""

from datetime import date, time
from typing import Any

import pytest

from posada.office.desk.models import Task
from posada.office.docket.models import Deadline, HearingDetail, HearingNotice
from posada.office.docket.notices import CONFIRMED, NewNotice, enter_notice, note_court_line, one_notice
from posada.office.intake.models import Child, Court, CourtCounty, Hearing
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, hearing_of
from tests.office.people import group_of


def notice(**changes: Any) -> NewNotice:
    Court.objects.get_or_create(court_code="BAL", defaults={"city": "Baltimore", "state": "MD"})
    given: dict[str, Any] = {
        "kind": "master",
        "day_typed": "2026-12-14",
        "time_typed": "08:30",
        "court_code": "BAL",
        "served_on": date(2026, 11, 20),
        "source": "notice of 20 November",
        "confirmed": frozenset(CONFIRMED),
    }
    return NewNotice(**{**given, **changes})


def kinds() -> set[str]:
    return set(Task.objects.filter(done_at__isnull=True).values_list("kind", flat=True))


def test_a_notice_gives_the_hearing_and_the_dates_before_it() -> None:
    group = group_of()
    enter_notice(coordinator(), child_of(group), notice())
    found = Hearing.objects.get(group=group)
    assert (found.hearing_date, found.hearing_time, found.kind) == (date(2026, 12, 14), time(8, 30), "master")
    assert Deadline.objects.filter(rule_id="eoir.master_filing", state="open").exists()
    assert kinds() == set()


def test_the_same_notice_twice_is_one_hearing() -> None:
    group = group_of()
    hearing_of(group, date(2026, 12, 14))
    for _ in range(2):
        enter_notice(coordinator(), child_of(group), notice())
    assert Hearing.objects.get(group=group).kind == "master"


@pytest.mark.parametrize(
    ("day", "hour", "appear", "doubt"),
    [
        ("2026-11-31", "08:30", date(2026, 11, 30), "no_such_day"),
        ("2026-12-13", "08:30", date(2026, 12, 13), "court_closed"),
        ("2026-12-14", "00:00", date(2026, 12, 14), "not_an_hour_of_court"),
        ("2026-12-14", "", date(2026, 12, 14), "no_hour"),
    ],
)
def test_a_date_that_cannot_be_is_in_doubt_and_counts(day: str, hour: str, appear: date, doubt: str) -> None:
    kept = enter_notice(coordinator(), child_of(), notice(day_typed=day, time_typed=hour))
    assert (kept.appear_on, doubt in kept.doubts) == (appear, True)
    assert Hearing.objects.get().hearing_date == appear
    assert not HearingDetail.objects.get().is_confirmed
    assert kinds() == {"notice_check_court_line", "notice_proof_that_we_came"}
    assert kept.next_check == LATE_NOVEMBER


def test_the_court_s_line_is_asked_each_week_until_it_confirms() -> None:
    actor = coordinator()
    kept = enter_notice(actor, child_of(), notice(day_typed="2026-12-13"))
    kept = note_court_line(actor, kept, version=kept.version, answer="nothing is scheduled", confirms=False)
    assert kept.next_check == date(2026, 12, 1)
    open_checks = Task.objects.filter(kind="notice_check_court_line", done_at__isnull=True)
    assert open_checks.get().due_on == date(2026, 12, 1)
    kept = note_court_line(actor, kept, version=kept.version, answer="confirmed by the clerk", confirms=True)
    assert (kept.doubts, kept.next_check, len(kept.checks)) == ([], None, 2)
    assert HearingDetail.objects.get().is_confirmed
    assert not open_checks.exists()


def test_another_court_than_the_home_s_opens_the_question_of_venue() -> None:
    group = group_of()
    Child.objects.filter(group=group).update(location_fips="24033")
    Court.objects.create(court_code="HYV")
    CourtCounty.objects.create(county_fips="24033", court_code="HYV")
    kept = enter_notice(coordinator(), child_of(group), notice())
    assert kept.asks_venue
    assert kinds() == {"notice_ask_venue"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"confirmed": frozenset({"kind"})}, "confirmed"),
        ({"court_code": "XXX"}, "court_code"),
        ({"day_typed": "14 December"}, "day_typed"),
        ({"served_on": date(2026, 11, 25)}, "served_on"),
    ],
)
def test_a_field_that_nobody_compared_or_that_cannot_be_is_refused(changes: dict, field: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        enter_notice(coordinator(), child_of(), notice(**changes))
    assert field in refused.value.faults
    assert not HearingNotice.objects.exists()
    assert not Hearing.objects.exists()


def test_a_notice_of_another_s_case_is_not_there() -> None:
    kept = enter_notice(coordinator(), child_of(), notice())
    _user, actor = attorney_of(group_of())
    with pytest.raises(NotThere):
        one_notice(actor, kept.pk)
