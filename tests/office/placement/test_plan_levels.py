"""The seven levels say value, bound and whether it is proven, and what differs between two plans."""

from posada.office.placement.plan_levels import differences, level_lines_of, pairs_of
from tests.office.people import home_of
from tests.office.placement.planned import plan_now, siblings, small_program


def test_all_seven_are_told_in_their_order_with_what_is_proven() -> None:
    small_program()
    lines = level_lines_of(plan_now())
    assert len(lines) == 7
    assert lines[0].value == "3 of 3"
    assert lines[0].proven
    assert lines[0].filled == 1000
    assert lines[5].value.startswith("$")


def test_less_money_is_better_and_fewer_children_are_worse() -> None:
    pairs = [
        {"name": "children_placed", "before": 3, "after": 1},
        {"name": "cost_cents_per_day", "before": 2_000, "after": 1_000},
        {"name": "distance_km", "before": 10, "after": 10},
    ]
    placed, cost, distance = differences(pairs)
    assert (placed.is_worse, cost.is_worse, distance.is_same) == (True, False, True)
    assert cost.change.endswith("$10.00")
    assert [each.number for each in (placed, cost, distance)] == [1, 2, 3]


def test_the_levels_of_two_plans_pair_up_by_name() -> None:
    small_program()
    first = plan_now()
    siblings(3)
    home_of()
    second = plan_now()
    pairs = {each["name"]: each for each in pairs_of(first, second)}
    assert (pairs["children_placed"]["before"], pairs["children_placed"]["after"]) == (3, 4)
