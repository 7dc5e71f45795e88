"""Drawn years: the same seed, the same year; as many groups as asked for, each with all that is its own."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from posada.records import Opening, Program
from posada.records.people import age_on
from posada.simulation.year import DAY, Year, as_it_is, copies_of, drawn, window
from tests.placement.random_programs import TODAY
from tests.simulation.random_years import DAYS, random_folder


def a_year(folder: Program, *, seed: int = 1, arrivals: float = 1.0) -> Year:
    return drawn(folder, start=TODAY, days=DAYS, seed=seed, arrivals=arrivals, shift=3)


def coming(year: Year) -> list[str]:
    return [group for group in year.arrival if "~" in group]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_seed_gives_the_same_year_whatever_the_order_of_rows(seed: int) -> None:
    folder = random_folder(seed)
    shuffled = list(folder.openings)
    Random(seed).shuffle(shuffled)
    assert a_year(folder, seed=seed) == a_year(replace(folder, openings=tuple(shuffled)), seed=seed)
    assert a_year(folder, seed=seed).arrival != a_year(folder, seed=seed + 1).arrival


@pytest.mark.parametrize("arrivals", [0.0, 0.5, 1.0, 2.0])
def test_arrivals_scale_how_many_come(arrivals: float) -> None:
    folder = random_folder(3)
    usual = len(coming(a_year(folder)))
    assert usual > 4
    assert len(coming(a_year(folder, arrivals=arrivals))) == round(arrivals * usual)


@pytest.mark.parametrize("seed", range(8))
def test_a_copy_comes_within_the_window_as_old_as_its_original_was(seed: int) -> None:
    folder = random_folder(seed)
    own, year = as_it_is(folder, start=TODAY, days=DAYS), a_year(folder, seed=seed)
    for child in year.program.children:
        if "~" not in child.child_id:
            continue
        original = next(c for c in folder.children if c.child_id == child.child_id.partition("~")[0])
        comes, came = year.arrival[child.sibling_group_id], own.arrival[original.sibling_group_id]
        assert TODAY <= comes <= year.last
        assert (comes - child.birth_date) == (came - original.birth_date)
        assert abs(age_on(child.birth_date, comes) - age_on(original.birth_date, came)) <= 1


def test_who_waits_on_the_first_day_is_in_every_year() -> None:
    folder = random_folder(3)
    own = as_it_is(folder, start=TODAY, days=DAYS)
    waiting = {group for group, day in own.arrival.items() if day == TODAY}
    assert waiting
    assert waiting <= set(a_year(folder, seed=5).arrival)


@pytest.mark.parametrize("seed", range(12))
def test_every_row_of_a_copy_names_only_what_is_there(seed: int) -> None:
    program = a_year(random_folder(seed, few_edges=False), seed=seed, arrivals=2.0).program
    groups = {c.sibling_group_id for c in program.children} | set(program.held_groups)
    homes = {home.home_id for home in program.homes}
    assert len(homes) == len(program.homes)
    assert len({c.child_id for c in program.children}) == len(program.children)
    assert {link.sibling_group_id for link in program.kin} <= groups
    assert {link.home_id for link in program.kin} <= homes
    assert {row.sibling_group_id for row in (*program.hearings, *program.separations)} <= groups
    assert {row.other_group_id for row in program.separations if row.other_group_id} <= groups


def test_a_held_group_is_never_drawn() -> None:
    folder = random_folder(3)
    held = coming(a_year(folder))[0].partition("~")[0]
    folder = replace(folder, held_groups={held: "incomplete_group"})
    assert all(not group.startswith(f"{held}~") for group in a_year(folder, arrivals=5.0).arrival)


def test_a_copy_brings_its_own_kin_home() -> None:
    found = 0
    for seed in range(12):
        year = a_year(random_folder(seed), seed=seed, arrivals=2.0)
        kind = {home.home_id: home.kind for home in year.program.homes}
        links = Counter(
            link.home_id
            for link in year.program.kin
            if kind[link.home_id] == "kin" and "~" in link.sibling_group_id
        )
        assert all(count == 1 for count in links.values())
        found += len(links)
    assert found > 5


def test_openings_move_by_a_few_days() -> None:
    rows = (Opening("h01", TODAY, TODAY + 9 * DAY), Opening("h02", TODAY + 20 * DAY))
    folder = replace(random_folder(3), openings=rows)
    moved = [a_year(folder, seed=seed).program.openings for seed in range(9)]
    assert len(set(moved)) > 1
    for openings in moved:
        assert abs((openings[0].opens_on - TODAY).days) <= 3
        assert openings[0].closes_on == openings[0].opens_on + 9 * DAY
        assert openings[1].closes_on is None


def test_the_window_is_the_days_after_the_plan_date_or_those_before_it() -> None:
    folder = random_folder(3)
    assert window(folder, days=60) == TODAY
    past = tuple(replace(c, arrived_on=TODAY - 40 * DAY) for c in folder.children)
    assert window(replace(folder, children=past), days=60) == TODAY - 60 * DAY
    unknown = tuple(replace(c, arrived_on=None) for c in folder.children)
    assert window(replace(folder, children=unknown), days=60) == TODAY


def test_a_group_comes_when_the_last_of_its_children_has_arrived() -> None:
    folder = random_folder(3)
    some = [replace(c, sibling_group_id="one", arrived_on=None) for c in folder.children[:3]]
    some[0], some[2] = (replace(some[k], arrived_on=date(2014, 8, d)) for k, d in ((0, 5), (2, 9)))
    year = as_it_is(replace(folder, children=tuple(some)), start=TODAY, days=DAYS)
    assert year.arrival == {"one": date(2014, 8, 9)}
    assert as_it_is(replace(folder, children=tuple(some)), start=TODAY, days=3).arrival == {}


def test_nothing_is_drawn_from_nothing() -> None:
    assert copies_of([], days_to_draw=[], count=3, chance=Random(1), shift=1, first=TODAY, last=TODAY) == []
