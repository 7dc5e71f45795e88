"""Homes on a day: read again only where something changed, yet always as a fresh reading would have it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from posada.placement import feasible
from posada.records import Opening, Placement
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.year import DAY, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, random_folder


def homes_of(seed: int, **changes: object) -> HomesToday:
    folder = replace(random_folder(seed), **changes)  # type: ignore[arg-type]
    return HomesToday(as_it_is(folder, start=TODAY, days=DAYS), policy=MARYLAND, placement_days=20)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_read_again_is_what_a_fresh_reading_gives(seed: int) -> None:
    folder = random_folder(seed, few_edges=False)
    year = as_it_is(folder, start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    groups = GroupsToday(year, homes)
    every = np.arange(len(homes.homes))
    for number in range(DAYS):
        day = TODAY + number * DAY
        groups.to_day(day, changed_homes=homes.to_day(day))
        for group in list(groups.waiting.values()):
            lawful = every[homes.lawful([group], every)[0]]
            for home in every.tolist():
                told = feasible.refusals(homes.problem_on(day), group, homes.state_on(home, day))
                assert (home in lawful) is (not told)
            if len(lawful):
                homes.place(group, int(lawful[-1]))
                del groups.waiting[group.group_id]


@pytest.mark.parametrize("seed", range(12))
def test_a_home_that_is_full_for_a_group_is_one_that_the_rules_refuse(seed: int) -> None:
    homes = homes_of(seed)
    groups = GroupsToday(as_it_is(random_folder(seed), start=TODAY, days=DAYS), homes)
    groups.to_day(TODAY, changed_homes=homes.to_day(TODAY))
    every = np.arange(len(homes.homes))
    for group in list(groups.waiting.values()):
        is_full = homes.is_full_for(group, every)
        assert not (is_full & homes.lawful([group], every)[0]).any()
        told = [feasible.refusals(homes.problem, group, state) for state in homes.states]
        assert is_full.tolist() == ["capacity" in codes for codes in told]


def test_a_placement_ends_after_its_days() -> None:
    homes = homes_of(3, placements=())
    child = random_folder(3).children[0]
    problem = homes.problem
    group = next(g for g in problem.groups if child in g.children)
    homes.place(group, 0)
    homes.to_day(TODAY + 19 * DAY)
    assert homes.states[0].standing == group.size
    assert homes.to_day(TODAY + 20 * DAY).count(0) == 1
    assert homes.states[0].standing == 0


def test_several_rows_for_one_bed_are_one_stay() -> None:
    folder = random_folder(3)
    child, home = folder.children[0].child_id, folder.homes[0].home_id
    rows = (
        Placement(child, home, TODAY - 9 * DAY, TODAY + DAY),
        Placement(child, home, TODAY + 2 * DAY, TODAY + 5 * DAY),
    )
    homes = homes_of(3, placements=rows)
    assert [r.leaves_on for r in homes.residents[0]] == [TODAY + 6 * DAY]


def test_a_home_is_open_when_openings_say_so_or_do_not_name_it() -> None:
    folder = random_folder(3)
    one, two = folder.homes[0].home_id, folder.homes[1].home_id
    homes = homes_of(3, openings=(Opening(one, TODAY + DAY, TODAY + 2 * DAY), Opening(one, TODAY + 9 * DAY)))
    days = [homes.is_open(homes.homes[homes.index[one]], TODAY + n * DAY) for n in (0, 1, 2, 3, 9, 99)]
    assert days == [False, True, True, False, True, True]
    assert homes.is_open(homes.homes[homes.index[two]], TODAY)
    assert homes.openings(homes.index[two]) == [(date.min, date.max)]


@pytest.mark.parametrize("seed", range(8))
def test_papers_hold_on_the_days_on_which_the_rules_say_so(seed: int) -> None:
    homes = homes_of(seed)
    for number in range(len(homes.homes)):
        stretches = homes.papers(number)
        for day in (TODAY + n * DAY for n in range(-20, 90, 7)):
            state = homes.state_on(number, day, whatever_opens=True)
            rows = feasible.home_rows([state], problem=homes.problem_on(day), needs=())
            expected = rows.checks_hold[0, 0] and not rows.is_closed[0, 0]
            if state.home.kind != "kin":
                expected = expected and rows.license_holds[0, 0]
            (told,) = [holds for start, end, holds in stretches if start <= day <= end]
            assert told == expected
