"""The queue: first come first, a year older when a birthday comes, and out of it at 18 or after the wait."""

from dataclasses import replace

import pytest

from posada.placement.problem import build_problem
from posada.records import Program
from posada.records.people import birthday
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.year import DAY, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, random_folder


def queue_of(folder: Program, *, wait_days: int = 0) -> tuple[GroupsToday, HomesToday]:
    year = as_it_is(folder, start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    return GroupsToday(year, homes, wait_days=wait_days), homes


def live(groups: GroupsToday, homes: HomesToday, days: int) -> list[set[str]]:
    return [groups.to_day(TODAY + n * DAY, changed_homes=homes.to_day(TODAY + n * DAY)) for n in range(days)]


@pytest.mark.parametrize("seed", range(8))
def test_a_group_is_every_day_what_a_plan_of_that_day_would_read(seed: int) -> None:
    folder = replace(random_folder(seed), placements=())
    groups, homes = queue_of(folder)
    for number in range(DAYS):
        day = TODAY + number * DAY
        groups.to_day(day, changed_homes=homes.to_day(day))
        if number % 6 == 5:
            problem = build_problem(replace(folder, plan_date=day), policy=MARYLAND)
            read = {group.group_id: group for group in problem.groups}
            assert all(group == read[name] for name, group in groups.waiting.items())


def test_the_queue_is_in_order_of_arrival_then_of_ids() -> None:
    folder = random_folder(4)
    groups, homes = queue_of(folder)
    live(groups, homes, DAYS)
    came = as_it_is(folder, start=TODAY, days=DAYS).arrival
    assert len(groups.waiting) >= 5
    assert list(groups.waiting) == sorted(groups.waiting, key=lambda g: (came[g], g))


def test_a_child_who_turns_18_while_waiting_holds_the_whole_group() -> None:
    folder = random_folder(4)
    first = min(c.sibling_group_id for c in folder.children)
    children = [c for c in folder.children if c.sibling_group_id == first]
    oldest = replace(children[0], birth_date=(TODAY + 10 * DAY).replace(year=TODAY.year - 18))
    rows = [replace(c, arrived_on=TODAY) for c in (oldest, *children[1:])]
    groups, homes = queue_of(replace(folder, children=tuple(rows), placements=(), held_groups={}))
    asked = live(groups, homes, 10)
    assert first in groups.waiting
    assert first in asked[0]
    day = birthday(oldest.birth_date, years=18)
    assert day == TODAY + 10 * DAY
    assert first not in groups.to_day(day, changed_homes=homes.to_day(day))
    assert groups.waiting == {}
    assert groups.aged_out == {first: len(rows)}


def test_a_group_goes_elsewhere_after_its_days_of_waiting() -> None:
    folder = replace(random_folder(4), placements=())
    groups, homes = queue_of(folder, wait_days=7)
    live(groups, homes, DAYS)
    came = as_it_is(folder, start=TODAY, days=DAYS).arrival
    assert all(came[group] > TODAY + (DAYS - 8) * DAY for group in groups.waiting)
    assert groups.gone.keys() | groups.waiting.keys() | groups.aged_out.keys() == (
        came.keys() - folder.held_groups.keys()
    )


def test_a_birthday_makes_a_group_ask_again() -> None:
    folder = replace(random_folder(4), placements=())
    groups, homes = queue_of(folder)
    asked = live(groups, homes, DAYS)
    again = [(n, group) for n, each in enumerate(asked) for group in each]
    assert len(again) > len({group for _, group in again})
