"""What a study says: the mean of each policy beside the bound, peaks of weeks, and the loss under stress."""

import io

from rich.console import Console

from posada.cli.simulate_table import LINES, study_as_json, study_tables
from posada.simulation.policies import FIRST_COME, PRICES
from posada.simulation.study import Row, Study, answer, tasks
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

STUDY = Study(random_folder(3), MARYLAND, NUMBERS, TODAY, DAYS)


def rows_of(*, stress: bool, seeds: tuple[int | None, ...] = (1, 2)) -> list[Row]:
    asked = tasks(policies=[FIRST_COME, PRICES], seeds=seeds, stress=stress)
    return [answer(STUDY, task) for task in asked]


def printed(rows: list[Row]) -> str:
    screen = Console(file=io.StringIO(), width=80, markup=False)
    for each in study_tables(STUDY, rows):
        screen.print(each, soft_wrap=isinstance(each, str))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_every_line_stands_whole_on_a_narrow_terminal() -> None:
    text = printed(rows_of(stress=True))
    assert all(words in text for words in LINES.values())
    assert "…  " not in text
    assert "first-come" in text
    assert "hindsight (bound)" in text
    assert "Mean of 2 drawn years (seeds 1 to 2), 60 days from 2014-08-01" in text


def test_the_loss_is_told_under_stress_only() -> None:
    stressed, calm = printed(rows_of(stress=True)), printed(rows_of(stress=False))
    assert "200%" in stressed
    assert "Loss" in stressed
    assert "Loss" not in calm


def test_the_folders_own_arrivals_are_told_as_such() -> None:
    assert "The folder's own arrivals, 60 days" in printed(rows_of(stress=True, seeds=(None,)))


def test_json_holds_rows_means_losses_and_numbers() -> None:
    rows = rows_of(stress=True)
    told = study_as_json(STUDY, rows)
    assert list(told) == ["study", "start", "days", "numbers", "means", "losses", "rows"]
    assert isinstance(told["rows"], list)
    assert len(told["rows"]) == len(rows)
    assert isinstance(told["means"], list)
    assert isinstance(told["losses"], list)
    assert {loss["arrivals"] for loss in told["losses"]} == {0.5, 2.0}
    assert told["numbers"] == NUMBERS.told()
    first = told["means"][0]
    assert (first["policy"], first["years"]) == (FIRST_COME, 2)
    assert 0 < first["least_share_of_bound"] <= first["share_of_bound"] <= 1
