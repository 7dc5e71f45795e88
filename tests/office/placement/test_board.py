"""The board: who has no home first, then no counsel by nearest hearing, then everybody by the page."""

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.placement.board import Filters, board_of, filtered, rows_for, silent_homes, unasked_homes
from posada.office.placement.models import Placement, UnaskedHome
from tests.office.people import TODAY, acting, assign, home_of, person
from tests.office.placement.planned import heard, plan_now, planner, siblings, small_program, tonight

NOTHING = Filters()


def test_who_has_no_home_and_no_counsel_stands_first_nearest_hearing_first() -> None:
    tonight()
    home_of(beds_any=2, licensed_capacity=2)
    groups = [siblings(age) for age in (9, 10, 11, 12)]
    for group, days in zip(groups, (40, 9, 20, 5), strict=True):
        heard(group, in_days=days)
    board = board_of(planner(), plan_now(), filters=NOTHING, page=None)
    assert len(board.unplaced) == len(board.unrepresented) == 2
    for lines in (board.unplaced, board.unrepresented):
        days = [line.days for line in lines if line.days is not None]
        assert days == sorted(days)
        assert all(line.why and line.next_step for line in lines)
    assert len(board.lines) == board.page.paginator.count == 4


def test_lines_tell_ages_needs_languages_and_marks() -> None:
    tonight()
    home_of(abilities=["insulin"], languages=["spa"])
    siblings(9, 7, needs=["insulin"])
    (line,) = board_of(planner(), plan_now(), filters=NOTHING, page=None).lines
    assert (line.ages, line.needs, line.languages) == ([7, 9], ["insulin"], ["spa"])
    assert line.marks == ["shares_language"]


def test_filters_stand_in_the_address_and_narrow_the_list() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    rows = rows_for(planner(), run)
    for given, count in (
        ({"county": "24031"}, 2),
        ({"county": "24033"}, 0),
        ({"language": "spa"}, 2),
        ({"language": "mam"}, 0),
        ({"mark": "no_language"}, 1),
        ({"mark": "pinned"}, 0),
        ({"counsel": "none"}, 1),
        ({"home": "none"}, 0),
        ({"q": groups[0].sibling_group_id.lower()}, 1),
    ):
        assert filtered(rows, Filters.of(given)).count() == count, given
    assert Filters.of({"county": "24031", "mark": "odd", "page": "3"}).query == "county=24031"


def test_pages_have_25_lines_and_only_the_first_repeats_what_is_wrong() -> None:
    tonight()
    for _group in range(30):
        siblings(9)
    run = plan_now()
    first = board_of(planner(), run, filters=NOTHING, page=None)
    second = board_of(planner(), run, filters=NOTHING, page="2")
    assert (len(first.lines), len(second.lines)) == (25, 5)
    assert first.unplaced
    assert not second.unplaced
    assert not board_of(planner(), run, filters=Filters(home="none"), page=None).unplaced


def test_a_director_sees_the_rows_of_assigned_groups_only() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    director = person(Role.PROGRAM_DIRECTOR)
    assert rows_for(actor_of(director), run).count() == 0
    assign(director, Role.PROGRAM_DIRECTOR, group=groups[0])
    assert [row.group for row in rows_for(actor_of(director), run)] == [groups[0]]


def test_ages_are_of_those_who_wait_where_a_sibling_lives_in_the_home_already() -> None:
    tonight()
    home, group = home_of(), siblings(9, 15)
    eldest = group.children.order_by("birth_date").first()
    Placement.objects.create(child=eldest, home=home, from_date=TODAY)
    (line,) = board_of(planner(), plan_now(), filters=NOTHING, page=None).lines
    assert line.ages == [9]


def test_homes_nobody_asked_and_silent_homes_are_those_of_the_door() -> None:
    tonight()
    siblings(9)
    home_of(languages=["spa"])
    unasked, silent = home_of(checks_clear_until=None), home_of(silent_offers=3)
    home_of(silent_offers=4, state="closed")
    run = plan_now()
    assert [row.home for row in unasked_homes(planner(), run)] == [unasked]
    assert list(silent_homes(planner())) == [silent]
    assert UnaskedHome.objects.count() == 1
    assert list(unasked_homes(acting(Role.PROGRAM_DIRECTOR), run)) == []
