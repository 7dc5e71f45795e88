"""Rows that no lawful year can break: checked on the years that the day loop lives."""

from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.policies import FirstCome
from posada.simulation.room_rows import KINDS, kindly, lawful_somewhen, loads, open_days, stretch
from posada.simulation.run import simulate
from posada.simulation.year import DAY, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder


@pytest.mark.parametrize("seed", range(30))
def test_a_lived_year_breaks_no_row(seed: int) -> None:
    year = as_it_is(random_folder(seed, few_edges=seed % 2 == 0), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=NUMBERS.placement_days)
    groups = GroupsToday(year, homes)
    across = stretch(homes, first=year.start, last=year.last)
    column = {int(home): k for k, home in enumerate(across.home)}
    run = simulate(year, policy=FirstCome(), rules=MARYLAND, numbers=NUMBERS)
    taken: dict[tuple[int, int], np.ndarray] = defaultdict(lambda: np.zeros(KINDS, dtype=np.int64))
    for offer in run.offers:
        number = homes.index[offer.home_id]
        if homes.is_kin[number] or groups.on(offer.group_id, TODAY).standing_homes:
            continue
        k = column[number]  # a home that took somebody in is in the stretch
        assert across.first[k] <= offer.day.toordinal() <= across.last[k]
        group = kindly(groups.on(offer.group_id, offer.day), older=groups.on(offer.group_id, year.last))
        assert lawful_somewhen([group], across, homes)[0, k]
        item, at = np.zeros(1, dtype=np.int64), np.array([k])
        for step in range(across.starts.shape[1]):
            if year.arrival[offer.group_id].toordinal() >= across.starts[k, step]:
                taken[k, step] += loads([group], item, at, across, homes)[:, 0]
    for (k, step), load in taken.items():
        room = across.room[:, k, step]
        assert (room < 0).all() or (load <= room).all()


def test_a_home_counts_on_its_last_day_and_on_those_one_two_and_more_stays_before_it() -> None:
    year = as_it_is(random_folder(3), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    across = stretch(homes, first=year.start, last=year.last)
    for k in range(len(across.home)):
        steps = -(-(across.last[k] + 1 - across.first[k]) // 20)
        assert (across.room[0, k] >= 0).sum() == steps
        assert across.starts[k, steps - 1] == 0
        assert all(across.starts[k, n] == across.last[k] + 1 - 20 * (n + 1) for n in range(steps - 1))


@pytest.mark.parametrize("seed", range(8))
def test_open_days_are_the_first_and_last_on_which_papers_and_openings_allow(seed: int) -> None:
    year = as_it_is(random_folder(seed), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)
    for number, home in enumerate(homes.homes):
        days = [
            day.toordinal()
            for day in (TODAY + n * DAY for n in range(DAYS))
            if homes.is_open(home, day)
            and any(holds for start, end, holds in homes.papers(number) if start <= day <= end)
        ]
        expected = (min(days), max(days)) if days else None
        assert open_days(homes, number, first=year.start, last=year.last) == expected


def test_what_is_expected_of_openings_stands_in_for_what_is_not_known_yet() -> None:
    year = as_it_is(random_folder(3), start=TODAY, days=DAYS)
    homes = HomesToday(year, policy=MARYLAND, placement_days=20)

    def never(home_id: str, is_open: bool) -> list[tuple[date, date]]:
        return []

    across = stretch(homes, first=year.start, last=year.last, expected=never)
    assert len(across.home)
    assert (across.last == TODAY.toordinal()).all()
    assert all(homes.is_open(homes.homes[h], TODAY) for h in across.home.tolist())
