"""The office plans what `posada plan` plans: the same folder gives the same homes, counsel and reasons."""

from pathlib import Path

import pytest
from django.conf import settings

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import write_folder
from posada.demonstration.generate import generate
from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.intake.services import take_folder
from posada.office.placement.models import PlanRun
from posada.office.placement.plans import ask_for_plan
from posada.placement.plan import make_plan
from posada.programme.folder import read_program
from posada.programme.write import plan_files
from posada.rulebook.changed import policy_of
from tests.office.people import acting

SAME = ("placements.csv", "unplaced.csv", "unrepresented.csv")


@pytest.mark.parametrize("seed", [3, 4])
def test_a_folder_that_was_imported_is_planned_as_the_folder_itself(seed: int, tmp_path: Path) -> None:
    folder = tmp_path / "program"
    drawn = generate(scope="maryland", children=120, seed=seed)
    write_folder(drawn, folder, assumptions=shipped())
    program = read_program(folder)
    plan = make_plan(program, policy=policy_of(program))
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".toml")}
    take_folder(files, actor=machine("test"), told=lambda file, done, total: None)
    run = ask_for_plan(acting(Role.PLACEMENT_WORKER))
    run.refresh_from_db()
    assert run.state == PlanRun.State.READY
    wanted = plan_files(plan, program=program, summary={})
    stored = settings.DEPLOYMENT.plans / run.folder
    for name in SAME:
        assert (stored / name).read_bytes() == wanted[name]
