"""The past of a demonstration: whole groups in lawful homes, counsel within their slots, figures that can be read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import write_folder
from posada.demonstration.generate import generate
from posada.office.access.models import User
from posada.office.counsel.models import Counsel, Engagement
from posada.office.ledger.models import ClosedMonth, HoursGiven, Publication
from posada.office.placement.models import Placement, PlanRun
from posada.office.program import read_program as read_office
from posada.placement.plan import make_plan
from posada.programme import read_program
from posada.records import Plan
from posada.rulebook.changed import policy_of
from posada.web.operating import demonstration, demonstration_past
from posada.web.operating.demonstration_people import write_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(tmp_path: Path, settings: Any) -> tuple[Path, Plan]:
    """A synthetic program and its plan, in a folder of this test's own."""
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, folder=tmp_path, demonstration=True)
    assumptions, folder = shipped(), tmp_path / "program"
    drawn = generate(scope="maryland", children=60, assumptions=assumptions)
    write_folder(drawn, folder, assumptions=assumptions)
    program = read_program(folder)
    write_people(folder, program)
    return folder, make_plan(program, policy=policy_of(program))


def test_a_part_of_the_plan_has_been_carried_out_and_its_figures_are_published(
    made: tuple[Path, Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration_past, "LEAST_CHILDREN", 1)
    folder, plan = made
    demonstration.fill(tmp_path, program_folder=folder, plan=plan, tell=lambda _: None)
    planned = {child: each for each in plan.groups for child in each.children}
    lived = {row.child.child_id: row for row in Placement.objects.select_related("child", "home")}
    past = {child: row for child, row in lived.items() if child in planned}
    assert len(past) > 11
    for child, row in past.items():
        assert row.home.home_id == planned[child].home_id
        assert set(planned[child].children) <= set(lived), "siblings came together"
        assert row.child.arrived_on and row.child.arrived_on < row.from_date
    taken = Engagement.objects.filter(counsel__isnull=False).count()
    slots = sum(Counsel.objects.values_list("open_slots", flat=True))
    assert slots + taken <= sum(each.open_slots for each in read_program(folder).counsel) + 3
    homes = {each.home_id for each in read_office().placements}
    shown = User.objects.get(username="foster").assignments.values_list("home__home_id", flat=True)
    assert not homes & set(shown), "who tries the office out as a foster parent finds an empty home"
    assert PlanRun.objects.get().counts["placed"] > 0
    assert ClosedMonth.objects.exists() and HoursGiven.objects.exists()
    told = json.loads((tmp_path / "exchange/to_public/figures.json").read_text())
    assert told["signature"] == Publication.objects.get().told["signature"]
    values = {each["id"]: each["value"] for each in told["figures"]}
    assert values["children_sheltered"] == len(lived)
    assert values["cost_per_child_day"] is not None


def test_a_small_program_keeps_its_children_for_whoever_tries_it_out(made: tuple[Path, Plan]) -> None:
    assert demonstration_past.live_in_homes(made[1], free=(), seed=1) == 0
    assert not Placement.objects.exists()
