"""A hearing keeps the wall clock of its place; what it lacks is said, and nothing is guessed."""

from datetime import date, time

import pytest

from posada.office.docket.hearings import change_hearing, hearings, shown, zone_of
from posada.office.docket.models import DateGap, Deadline, HearingDetail
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Court, Hearing
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from tests.office.docket.cases import attorney_of, coordinator, hearing_of
from tests.office.people import group_of

DENVER = {"court_code": "DEN", "name": "Denver", "city": "Denver", "state": "CO"}


def test_the_hour_is_that_of_the_court_and_here_stands_beside_it() -> None:
    Court.objects.create(**DENVER)
    row = hearing_of(group_of(), date(2026, 11, 30), court_code="DEN", hearing_time=time(8, 30))
    (found,) = shown([row])
    assert found.when == "Monday 30 November 2026, 8:30 at the court (Mountain) – 10:30 here"


@pytest.mark.parametrize(
    ("state", "city", "zone"),
    [
        ("AZ", "Phoenix", "America/Phoenix"),
        ("TX", "El Paso", "America/Denver"),
        ("TX", "Houston", "America/Chicago"),
        ("TX", "Somewhere", ""),
        ("MD", "Baltimore", "America/New_York"),
        ("GU", "Hagåtña", "Pacific/Guam"),
    ],
)
def test_a_zone_comes_from_the_place_and_is_unknown_where_a_state_has_two(
    state: str, city: str, zone: str
) -> None:
    assert zone_of(Court(court_code="X", state=state, city=city)) == zone


def test_an_hour_or_a_zone_that_nobody_knows_is_said_so() -> None:
    row = hearing_of(group_of(), date(2026, 12, 1))
    assert "hour not known" in shown([row])[0].when
    Court.objects.create(court_code="XTX", city="Somewhere", state="TX")
    row = hearing_of(group_of(), date(2026, 12, 1), court_code="XTX", hearing_time=time(9))
    assert "time zone not known" in shown([row])[0].when


def test_by_video_and_back_the_hour_of_the_court_stays() -> None:
    row, actor = hearing_of(group_of(), date(2026, 12, 1), hearing_time=time(9)), coordinator()
    change_hearing(actor, row, version=1, changes={"child_zone": "America/Los_Angeles"})
    assert "9:00 at the court (Eastern) – 6:00 where the child sits" in shown([row])[0].when
    change_hearing(actor, row, version=1, changes={"child_zone": ""})
    assert "where the child sits" not in shown([row])[0].when


def test_the_kind_of_a_hearing_gives_its_date_and_takes_the_gap_away() -> None:
    group = group_of()
    row, actor = hearing_of(group, date(2027, 2, 3)), coordinator()
    recompute(actor, [group.pk], because="test")
    assert DateGap.objects.filter(missing="hearing_kind").exists()
    change_hearing(actor, row, version=1, changes={"kind": "individual"})
    assert Deadline.objects.get(rule_id="eoir.individual_filing").day is not None
    assert not DateGap.objects.filter(missing="hearing_kind").exists()
    with pytest.raises(SomebodySavedFirst):
        change_hearing(actor, row, version=1, changes={"kind": "master"})


def test_a_relay_is_two_people_and_one_who_is_not_booked_is_missing() -> None:
    row = hearing_of(group_of(), date(2026, 12, 1), hearing_time=time(9))
    needs = [
        {"language": "mam", "variant": "Todos Santos", "into": "spa", "is_booked": True},
        {"language": "spa", "variant": "", "into": "eng", "is_booked": False},
    ]
    change_hearing(coordinator(), row, version=1, changes={"interpreters": needs})
    found = shown([row])[0]
    assert len(found.interpreters) == 2
    assert found.lacks_interpreter


def test_an_hour_that_no_clock_shows_is_refused() -> None:
    Court.objects.create(**DENVER)
    row = hearing_of(group_of(), date(2027, 3, 14), court_code="DEN", hearing_time=time(2, 30))
    with pytest.raises(FieldsRefused):
        change_hearing(coordinator(), row, version=1, changes={"zone": "America/Denver"})
    assert not HearingDetail.objects.exists()


def test_a_hearing_of_another_s_case_is_not_there() -> None:
    _user, actor = attorney_of(group_of())
    row = hearing_of(group_of(), date(2026, 12, 1))
    assert not hearings(actor).exists()
    with pytest.raises(NotThere):
        change_hearing(actor, row, version=1, changes={"kind": "master"})
    assert Hearing.objects.get().kind == ""
