"""A study: its years do not depend on each other, and its digest on all that they have in common."""

import pickle
from dataclasses import replace

import pytest

from posada.simulation.policies import FIRST_COME, HINDSIGHT, PRICES
from posada.simulation.study import Study, Task, answer, tasks, year_of
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

STUDY = Study(random_folder(3), MARYLAND, NUMBERS, TODAY, DAYS)


def test_every_year_is_run_by_every_policy_and_has_its_bound() -> None:
    found = tasks(policies=[FIRST_COME, PRICES], seeds=[4, 5], stress=False)
    assert found == [
        Task(1.0, policy, learnt, seed)
        for seed in (4, 5)
        for policy, learnt in ((FIRST_COME, 0.0), (PRICES, 1.0), (HINDSIGHT, 0.0))
    ]


def test_under_stress_half_and_double_come_and_prices_know_it_or_not() -> None:
    found = tasks(policies=[PRICES], seeds=[4], stress=True)
    assert {(t.arrivals, t.learnt) for t in found if t.policy == PRICES} == {
        *((1.0, 1.0), (0.5, 1.0), (0.5, 0.5), (2.0, 1.0), (2.0, 2.0)),
    }
    assert {t.arrivals for t in found if t.policy == HINDSIGHT} == {0.5, 1.0, 2.0}
    assert tasks(policies=[FIRST_COME], seeds=[4], stress=True) == tasks(
        policies=[FIRST_COME], seeds=[4], stress=False
    )


@pytest.mark.parametrize("task", tasks(policies=[FIRST_COME, PRICES], seeds=[4, None], stress=True))
def test_a_year_gives_the_same_row_alone_and_elsewhere(task: Task) -> None:
    row = answer(STUDY, task)
    assert row.task == task
    assert answer(pickle.loads(pickle.dumps(STUDY)), task) == row


def test_rows_count_what_came_of_the_year() -> None:
    bound, first = (answer(STUDY, Task(1.0, policy, 0.0, 4)) for policy in (HINDSIGHT, FIRST_COME))
    year = year_of(STUDY, Task(1.0, FIRST_COME, 0.0, 4))
    came = [c for c in year.program.children if c.sibling_group_id in year.arrival]
    assert bound.children == first.children == len(came)
    assert first.children_placed <= bound.children_placed <= bound.children
    assert bound.children_with_kin is None
    assert first.county_week_whose is not None
    assert " in week " in first.county_week_whose


@pytest.mark.parametrize(
    "other",
    [
        replace(STUDY, days=61),
        replace(STUDY, numbers=replace(NUMBERS, placement_days=21)),
        replace(STUDY, rules=replace(MARYLAND, household_max=5)),
        replace(STUDY, program=replace(STUDY.program, input_sha256="other")),
    ],
)
def test_another_study_has_another_digest(other: Study) -> None:
    assert other.digest != STUDY.digest
    assert replace(STUDY).digest == STUDY.digest
