"""Placements stand through their last day."""

from datetime import date

from posada.records import Home, Placement

DAY = date(2026, 12, 1)


def test_a_placement_stands_through_its_last_day() -> None:
    placement = Placement("c1", "h1", from_date=date(2026, 1, 1), to_date=DAY)
    assert placement.stands_on(DAY)
    assert not placement.stands_on(date(2026, 12, 2))


def test_a_placement_without_an_end_stands() -> None:
    assert Placement("c1", "h1", from_date=date(2026, 1, 1)).stands_on(date(2199, 1, 1))


def test_one_that_begins_later_takes_up_room_already() -> None:
    assert Placement("c1", "h1", from_date=date(2027, 1, 1)).stands_on(DAY)


def test_what_is_not_known_of_a_home_is_none_and_not_zero() -> None:
    home = Home("h1", "foster", "24031", 2, None, None, None, 0, 0, 2)
    assert home.cost_cents_per_child_day is None
    assert home.max_siblings is None
