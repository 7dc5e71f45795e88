"""Shadow prices: nothing where there is room for all, something where others would lose."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from posada.records import Child, Counsel, CourtCounty, Home, Program
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.shadow import LANGUAGE, REPRESENTED, Expectation, Shadow, shadow_prices
from posada.simulation.year import DAY, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY

OPEN = Home(
    home_id="open",
    kind="foster",
    county_fips="24510",
    licensed_capacity=2,
    license_from=date(2014, 1, 1),
    license_to=date(2016, 1, 1),
    checks_clear_until=date(2016, 1, 1),
    beds_girls=0,
    beds_boys=0,
    beds_any=2,
    languages=("spa",),
)
PICKY = replace(OPEN, home_id="picky", age_max=5, languages=("mam",))


def child(name: str, years: int, arrives: date = TODAY) -> Child:
    born = TODAY.replace(year=TODAY.year - years)
    return Child(name, name, born, "F", languages=("mam",), arrived_on=arrives)


def priced(
    children: list[Child], *homes: Home, counsel: tuple[Counsel, ...] = (), wait_days: int = 0
) -> tuple[Shadow, HomesToday]:
    """Prices on the first day; whoever comes later is what is expected."""
    courts = (CourtCounty("24510", "BAL"),)
    program = Program(TODAY, tuple(children), homes, counsel=counsel, court_counties=courts)
    year = as_it_is(program, start=TODAY, days=60)
    today = HomesToday(year, policy=MARYLAND, placement_days=100)
    groups = GroupsToday(year, today)
    groups.to_day(TODAY, changed_homes=[])
    later = [(groups.on(g, day), day) for g, day in year.arrival.items() if day > TODAY]

    def always(home_id: str, is_open: bool) -> list[tuple[date, date]]:
        return [(date.min, date.max)]

    shadow = shadow_prices(
        today,
        waiting=list(groups.waiting.values()),
        forecast=Expectation([later], always),
        counsel=CounselDesk(today.problem, week_cap=0),
        last=year.last,
        wait_days=wait_days,
    )
    return shadow, today


def test_room_costs_nothing_where_there_is_room_for_all() -> None:
    shadow, _ = priced([child("a", 4), child("b", 12, TODAY + 9 * DAY)], OPEN, PICKY)
    assert shadow.room.max() == pytest.approx(0.0, abs=0.01)


def test_a_bed_that_others_will_need_has_a_price_and_one_that_only_the_young_can_use_has_none() -> None:
    expected = [child(f"x{n}", 12, TODAY + (n + 1) * DAY) for n in range(4)]
    shadow, today = priced([child("a", 4), *expected], OPEN, PICKY)
    young = next(g for g in today.problem.groups if g.group_id == "a")
    homes = np.array([today.index["open"], today.index["picky"]])
    worth = shadow.worth(young, homes, today, CounselDesk(today.problem, week_cap=0))
    assert shadow.room[0, today.index["open"]] > 0.9
    assert worth[1] > worth[0] + 0.9


def test_a_shared_language_counts_a_little() -> None:
    shadow, today = priced([child("a", 4)], OPEN, PICKY)
    group = today.problem.groups[0]
    homes = np.array([today.index["open"], today.index["picky"]])
    worth = shadow.worth(group, homes, today, CounselDesk(today.problem, week_cap=0))
    assert worth[1] - worth[0] == pytest.approx(LANGUAGE, abs=0.001)


def test_a_match_with_counsel_is_worth_something_only_while_slots_are_left() -> None:
    children = [child("a", 12), child("b", 12)]
    many = Counsel("k", courts=("BAL",), open_slots=9)
    shadow, _ = priced(children, OPEN, counsel=(many,))
    assert shadow.desk["BAL"] == pytest.approx(REPRESENTED, rel=0.1)
    shadow, _ = priced(children, OPEN, counsel=(replace(many, open_slots=0),))
    assert shadow.desk == {"BAL": pytest.approx(0.0, abs=1e-3)}


def test_least_to_spare_is_told_in_places() -> None:
    shadow, today = priced([child("a", 4)], OPEN, replace(PICKY, licensed_capacity=5, beds_any=5))
    group = today.problem.groups[0]
    assert shadow.spare(group, np.array([0, 1]), today).tolist() == [1, 4]


def test_a_group_that_will_have_gone_is_not_expected_in_a_home_that_opens_later() -> None:
    late = replace(OPEN, home_id="late", license_from=TODAY + 50 * DAY, licensed_capacity=1, beds_any=1)
    children = [child("a", 12), child("b", 12)]
    stays, _ = priced(children, late, wait_days=0)
    leaves, today = priced(children, late, wait_days=7)
    assert stays.room[0, today.index["late"]] > 0.9
    assert leaves.room[0, today.index["late"]] == pytest.approx(0.0, abs=0.01)
