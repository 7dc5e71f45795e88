"""Who takes a group at a court: slots, conflicts, dates, pins, and the cap of a week."""

from dataclasses import replace

import pytest

from posada.placement.problem import Group, build_problem
from posada.records import Counsel, Hearing, Override, Program, Separation
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.year import DAY
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import random_folder

COUNSEL = (
    Counsel("a", courts=("BAL", "HYA"), open_slots=1, languages=("eng",)),
    Counsel("b", courts=("BAL",), open_slots=2, languages=("spa",)),
    Counsel("c", courts=("BAL",), open_slots=0, languages=("mam", "spa")),
)
FOLDER = replace(
    random_folder(3),
    counsel=COUNSEL,
    overrides=(),
    separations=(),
    hearings=(),
    placements=(),
    held_groups={},
)
PLAIN = tuple(replace(child, languages=("spa",)) for child in FOLDER.children)
FOLDER = replace(FOLDER, children=PLAIN)


def desk(folder: Program = FOLDER, *, week_cap: int = 0) -> tuple[CounselDesk, Group]:
    problem = build_problem(folder, policy=MARYLAND)
    return CounselDesk(problem, week_cap=week_cap), problem.groups[0]


GROUP = desk()[1].group_id


def test_the_first_by_id_takes_first_come_and_the_best_shares_a_language() -> None:
    counsel, group = desk()
    assert counsel.first(group, "BAL") == 0
    assert counsel.best(group, "BAL") == 1
    assert counsel.first(group, "NYC") is counsel.first(group, None) is None


def test_a_slot_once_taken_stays_taken() -> None:
    counsel, group = desk()
    for expected in (0, 1, 1, None):
        found = counsel.first(group, "BAL")
        assert found == expected
        if found is not None:
            counsel.take(found)


def test_a_weeks_cap_ends_with_the_week() -> None:
    counsel, group = desk(week_cap=1)
    counsel.next_week()
    counsel.take(1)
    assert counsel.free(group, "BAL") == [0]
    counsel.next_week()
    assert counsel.free(group, "BAL") == [0, 1]


@pytest.mark.parametrize(
    "folder",
    [
        replace(FOLDER, separations=(Separation(GROUP, "synthetic", counsel_id="a"),)),
        replace(FOLDER, overrides=(Override("forbid", GROUP, "synthetic", "us", counsel_id="a"),)),
        replace(FOLDER, overrides=(Override("pin", GROUP, "synthetic", "us", counsel_id="b"),)),
        replace(
            FOLDER,
            counsel=(replace(COUNSEL[0], available_from=TODAY + 9 * DAY), *COUNSEL[1:]),
            hearings=(Hearing(GROUP, "BAL", TODAY + 8 * DAY),),
        ),
    ],
    ids=["conflict", "forbidden", "another is pinned", "too late"],
)
def test_who_may_not_act_is_not_asked(folder: Program) -> None:
    counsel, group = desk(folder)
    assert group.group_id == GROUP
    assert counsel.free(group, "BAL") == [1]


def test_the_court_of_a_hearing_stands_before_that_of_the_county() -> None:
    counsel, group = desk()
    assert counsel.court_of(group, "24510") == "BAL"
    assert counsel.court_of(group, "36061") is None
    assert counsel.court_of(replace(group, hearing_court="NYC"), "24510") == "NYC"
