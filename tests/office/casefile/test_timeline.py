"""The future stands on top, hearings keep the hour of the court's wall, and nobody is told more than the file has."""

from datetime import date, time, timedelta

import pytest

from posada.office.access.roles import Role
from posada.office.casefile.child_file import file_of
from posada.office.casefile.timeline import end_words, timeline_of, wall_time
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.intake.models import Hearing
from tests.office.people import acting, counsel_of, group_of, home_of


@pytest.mark.parametrize(
    ("zone", "day", "told"),
    [
        ("America/New_York", date(2027, 1, 8), "09:00 EST"),
        ("America/New_York", date(2027, 7, 8), "09:00 EDT"),
        ("Pacific/Honolulu", date(2027, 1, 8), "09:00 HST"),
        ("", date(2027, 1, 8), "09:00, time zone of the court not known"),
        ("Nowhere/None", date(2027, 1, 8), "09:00, time zone of the court not known"),
    ],
)
def test_a_hearing_keeps_the_hour_of_its_room(zone: str, day: date, told: str) -> None:
    assert wall_time(Hearing(hearing_date=day, hearing_time=time(9)), zone) == told


def test_an_hour_that_is_not_known_is_not_invented() -> None:
    assert wall_time(Hearing(hearing_date=date(2027, 1, 8)), "America/New_York") == "hour not known"


def test_the_future_is_on_top_and_the_next_event_is_marked_once() -> None:
    group = group_of(date(2012, 3, 4))
    child, on = group.children.get(), today()
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=on + timedelta(days=20))
    child.placements.create(home=home_of(), from_date=on - timedelta(days=5))
    Engagement.objects.create(group=group, counsel=counsel_of(), from_date=on - timedelta(days=3))
    events = timeline_of(file_of(acting(Role.LEGAL_COORDINATOR), child.pk))
    assert [each.day for each in events] == sorted((each.day for each in events), reverse=True)
    assert [each.day for each in events if each.is_next] == [on + timedelta(days=20)]
    assert [each.is_past for each in events] == [each.day < on for each in events]


def test_the_end_of_an_engagement_is_told_in_words() -> None:
    assert (
        end_words("counsel_left: Moves to another state.")
        == "The counsel leaves or is ill (Moves to another state.)"
    )
    assert end_words("something old") == "something old"
