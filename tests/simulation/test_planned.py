"""The plan of the rest of the year: told by kind of group and home, and used up as groups are placed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from posada.placement.problem import Group
from posada.simulation.homes_today import HomesToday
from posada.simulation.planned import Planned, alike, spoken
from posada.simulation.room_rows import lawful_somewhen, stretch
from posada.simulation.year import as_it_is
from posada.simulation.year_program import Item, pairs_of
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, random_folder

YEAR = as_it_is(random_folder(3), start=TODAY, days=DAYS)
HOMES = HomesToday(YEAR, policy=MARYLAND, placement_days=20)
ACROSS = stretch(HOMES, first=YEAR.start, last=YEAR.last)
GROUPS = [g for g in HOMES.problem.groups if lawful_somewhen([g], ACROSS, HOMES).any()]


def planned(count: float) -> tuple[Planned, Group, np.ndarray]:
    """So many of each kind go to every home that may take them: the plan, a group, that group's homes."""
    items = [Item(group, 1.0, TODAY.toordinal(), YEAR.last.toordinal()) for group in GROUPS]
    pairs = pairs_of(items, ACROSS, HOMES)
    plan = Planned(items, pairs, np.full(len(pairs.item), count), across=ACROSS, homes=HOMES)
    return plan, GROUPS[0], ACROSS.home[pairs.column[pairs.item == 0]]


def test_a_plan_tells_how_many_of_a_kind_go_to_each_home() -> None:
    plan, group, homes = planned(0.5)
    same = [g for g in GROUPS if _alike(g) == _alike(group)]
    assert plan.left(group, homes).tolist() == [0.5 * len(same)] * len(homes)
    kin = np.flatnonzero(HOMES.is_kin)
    assert plan.left(group, kin).tolist() == [0.0] * len(kin)


def test_a_plan_is_used_up() -> None:
    plan, group, homes = planned(2.0)
    before = plan.left(group, homes)
    plan.take(group, int(homes[0]))
    assert (before - plan.left(group, homes)).tolist() == [1.0, *[0.0] * (len(homes) - 1)]
    plan.take(group, -1)  # a home that is not in the plan


def test_a_group_that_nobody_expected_is_in_no_plan() -> None:
    plan, group, homes = planned(1.0)
    stranger = replace(group, children=group.children * 3)
    assert plan.left(stranger, homes).tolist() == [0.0] * len(homes)


@pytest.mark.parametrize("change", [{"girls": 7}, {"under_two": 2}])
def test_groups_that_take_other_room_are_not_alike(change: dict[str, int]) -> None:
    group, other = GROUPS[0], replace(GROUPS[0], **change)
    assert alike(group, np.ones(2, dtype=np.bool_)) != alike(other, np.ones(2, dtype=np.bool_))
    assert alike(group, np.ones(2, dtype=np.bool_)) != alike(group, np.zeros(2, dtype=np.bool_))
    older = replace(group, age_max=group.age_max + 1, group_id="another", hearing_date=date(2015, 1, 1))
    assert alike(group, np.ones(2, dtype=np.bool_)) == alike(older, np.ones(2, dtype=np.bool_))


def test_languages_count_whatever_the_order() -> None:
    group = GROUPS[0]
    turned = replace(
        group, children=tuple(replace(c, languages=c.languages[::-1]) for c in group.children[::-1])
    )
    assert spoken(group) == spoken(turned)


def _alike(group: Group) -> object:
    return alike(group, lawful_somewhen([group], ACROSS, HOMES)[0])
