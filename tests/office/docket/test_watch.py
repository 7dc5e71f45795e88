"""Who could miss a hearing, or be alone at it, is first: counsel, transport, address, interpreter, doubt."""

from datetime import date, time, timedelta

from posada.office.docket.closing import meet
from posada.office.docket.events import note_move
from posada.office.docket.hearings import change_hearing
from posada.office.docket.models import Deadline
from posada.office.docket.watch import tallied, watch_of, watch_of_program
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, coordinator, hearing_of
from tests.office.people import group_of


def lacks(group_count: int = 1) -> list[str]:
    found = watch_of(coordinator())
    assert len(found) == group_count
    return [str(words) for _tone, words in found[0].lacks]


def test_everything_that_is_lacking_is_named_and_goes_when_it_is_done() -> None:
    group = group_of()
    row = hearing_of(group, date(2026, 12, 1), kind="master", hearing_time=time(9))
    note_move(coordinator(), group, on=date(2026, 11, 20), evidence="placement")
    assert lacks() == ["no counsel", "address changed, no EOIR-33", "transport not confirmed"]
    attorney_of(group)
    change_hearing(coordinator(), row, version=1, changes={"transport": "the foster father"})
    assert lacks() == ["address changed, no EOIR-33"]
    deadline = Deadline.objects.get(rule_id="eoir.address_court")
    meet(coordinator(), deadline, version=1, on=LATE_NOVEMBER, proof="receipt of the portal")
    assert watch_of(coordinator()) == []


def test_a_hearing_whose_hour_nobody_knows_is_watched_as_one_in_doubt() -> None:
    group = group_of()
    attorney_of(group)
    hearing_of(group, date(2026, 12, 1))
    assert "hour, place or notice in doubt" in lacks()


def test_the_nearest_comes_first_and_after_thirty_days_nothing() -> None:
    for ahead in (3, 30, 1, 31):
        hearing_of(group_of(), LATE_NOVEMBER + timedelta(days=ahead), hearing_time=time(9))
    found = watch_of_program()
    assert [each.days_left for each in found] == [1, 3, 30]
    assert all(each.children == () for each in found)
    assert [n for _tone, _words, n in tallied(found)] == [3, 3]


def test_a_director_s_page_begins_with_the_watch() -> None:
    from posada.office.access.roles import Role
    from tests.office.people import browser_of, person

    group = group_of()
    hearing_of(group, date(2026, 12, 1), hearing_time=time(9))
    text = browser_of(person(Role.PROGRAM_DIRECTOR)).get("/director/").content.decode()
    assert "Hearings of the next 30 days could be missed" in text
    assert group.sibling_group_id not in text
