"""Promise 9: the same import twice changes nothing the second time; stopped midway, a re-run completes it.

200 runs in the long run (`POSADA_ROUNDS`); here a tenth. On both databases; a real kill -9 stands in
tests/cli/test_office_import.py.
"""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from posada.office.access.actor import actor_of, machine
from posada.office.access.roles import Role
from posada.office.intake.models import Child
from posada.office.intake.services import preview, take, take_folder
from posada.office.program import read_program
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.intake.state import everything
from tests.office.people import person

RUNS = int(os.environ.get("POSADA_ROUNDS", "20"))
pytestmark = pytest.mark.django_db


class Stopped(BaseException):
    """The machine stops here."""


def changed(chance: random.Random) -> dict[str, bytes]:
    """The folder with some things as they were, some new, some mended, some wrong."""
    files = folder()
    for name, old, new in (
        ("children.csv", "2012-03-04", "2012-03-05"),
        ("children.csv", "C3,G2", "C4,G4"),
        ("homes.csv", "2027-06-30", "2026-01-01"),
        ("people.csv", "000-000-001", "000-000-009"),
        ("children.csv", "2015-07-08", "2015-13-08"),
        ("separations.csv", "conflict in the family", ""),
        ("overrides.csv", "too far", "far away"),
    ):
        if chance.random() < 0.4 and old in files[name].decode():
            files = spoiled(files, name, old, new)
    if chance.random() < 0.5:
        header = "child_id,home_id,from_date,to_date"
        files["placements.csv"] = csv(header, f"C1,{chance.choice(['H1', 'H2'])},2026-11-01,")
    return files


def taken(files: dict[str, bytes]) -> None:
    """Take a folder as the command line does."""
    take_folder(files, actor=machine("promise"), told=lambda *_: None)


def stopped_at(number: int) -> Callable[..., Any]:
    """Stops at the n-th question to the database."""
    asked = 0

    def watch(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == number:
            raise Stopped
        return execute(sql, parameters, many, context)

    return watch


def test_the_same_folder_twice_writes_nothing_the_second_time() -> None:
    chance, done = random.Random(9), 0
    for _ in range(RUNS):
        files = changed(chance)
        taken(files)
        before = everything()
        taken(files)
        assert everything() == before
        done += 1
    assert done == RUNS > 0


# A stop in the middle of reading leaves a cursor of PostgreSQL to the end of its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_stopped_at_any_moment_nothing_is_taken_and_a_second_run_completes_it() -> None:
    chance, stops = random.Random(90), 0
    for _ in range(RUNS):
        files = changed(chance)
        before = everything()
        number = chance.randint(1, 60)
        try:
            with transaction.atomic(), connection.execute_wrapper(stopped_at(number)):
                taken(files)
        except Stopped:
            stops += 1
            assert everything() == before
        taken(files)
        done = read_program()
        taken(files)
        assert read_program() == done
    assert stops > RUNS // 2


def test_a_preview_that_was_stopped_while_it_was_taken_can_be_taken_again() -> None:
    actor = actor_of(person(Role.INTAKE_WORKER))
    looked = preview(folder(), actor=actor)
    for number in (3, 20, 40):
        with pytest.raises(Stopped), transaction.atomic(), connection.execute_wrapper(stopped_at(number)):
            take(looked.pk, version=looked.version, actor=actor)
        assert Child.objects.count() == 0
    assert take(looked.pk, version=looked.version, actor=actor).state == "taken"
    assert Child.objects.count() == 3
