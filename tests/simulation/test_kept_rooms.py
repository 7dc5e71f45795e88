"""Rooms that are kept for siblings: for them alone, where it pays, and until they are placed."""

from dataclasses import replace
from datetime import date

import numpy as np

from posada.placement.problem import Group
from posada.records import Child, Home, Placement, Program
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.kept_rooms import LOOK_AGAIN_DAYS, KeptRooms
from posada.simulation.shadow import Expectation, Shadow, shadow_prices
from posada.simulation.year import DAY, Year, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.test_shadow import OPEN

HOME: Home = replace(OPEN, licensed_capacity=3, beds_any=3)
BORN = date(2004, 1, 1)


def program() -> Program:
    """Three siblings, and one alone; of the only home's three places one is taken for twelve days more."""
    siblings = [Child(f"s{n}", "siblings", BORN, "F", arrived_on=TODAY) for n in range(3)]
    alone = Child("z", "single", BORN, "F", arrived_on=TODAY)
    lives = Child("r", "resident", BORN, "F")
    return Program(
        TODAY,
        (*siblings, alone, lives),
        (HOME,),
        placements=(Placement("r", "open", TODAY - DAY, TODAY + 11 * DAY),),
    )


class House:
    """The program day by day, with rooms kept and nobody placed."""

    def __init__(self) -> None:
        self.year: Year = as_it_is(program(), start=TODAY, days=300)
        self.homes = HomesToday(self.year, policy=MARYLAND, placement_days=180)
        self.groups = GroupsToday(self.year, self.homes)
        self.kept = KeptRooms()
        self.live(0)
        always = [(date.min, date.max)]
        self.shadow: Shadow = shadow_prices(
            self.homes,
            waiting=list(self.groups.waiting.values()),
            forecast=Expectation([], lambda home_id, is_open: always),
            counsel=CounselDesk(self.homes.problem, week_cap=0),
            last=self.year.last,
        )

    def live(self, number: int) -> None:
        day = TODAY + number * DAY
        self.groups.to_day(day, changed_homes=self.homes.to_day(day))

    def look(self, number: int) -> None:
        self.live(number)
        self.kept.look(self.homes, self.groups, self.shadow, last=self.year.last)

    def open_to(self, group: str) -> list[int]:
        waiting: Group = self.groups.waiting[group]
        return self.kept.open_to(waiting, np.array([0]), self.homes).tolist()


def test_a_newcomer_is_first_offered_what_is_free_and_a_room_is_kept_the_next_day() -> None:
    house = House()
    house.look(1)
    assert house.kept.promises == {}
    house.look(2)
    promise = house.kept.promises["siblings"]
    assert (promise.home, promise.day) == (0, TODAY + 12 * DAY)
    assert house.open_to("siblings") == [0]
    assert house.open_to("single") == []


def test_a_room_is_given_back_when_its_group_waits_no_more() -> None:
    house = House()
    house.look(1)
    house.look(2)
    del house.groups.waiting["siblings"]
    house.look(3)
    assert house.kept.promises == {}
    assert house.open_to("single") == [0]


def test_no_room_is_kept_where_the_empty_places_are_worth_more() -> None:
    house = House()
    dear = house.shadow.room.copy()
    dear[0] = 1.01
    house.shadow = replace(house.shadow, room=dear)
    for number in range(1, 3 * LOOK_AGAIN_DAYS):
        house.look(number)
    assert house.kept.promises == {}
