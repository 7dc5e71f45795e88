"""The office of a demonstration: filled whole, with something to do for every role."""

from pathlib import Path

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import write_folder
from posada.demonstration.generate import generate
from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.models import SealedValue, User
from posada.office.counsel.models import Engagement
from posada.office.intake.models import Child, ProgramSettings
from posada.office.licensing.models import Enquiry, Home
from posada.office.placement.models import PlannedGroup, PlanRun
from posada.office.program import read_program as read_office
from posada.placement.plan import make_plan
from posada.programme import read_program
from posada.rulebook.changed import policy_of
from posada.web.operating.demonstration import fill, is_filled
from posada.web.operating.demonstration_people import write_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    assumptions = shipped()
    folder = tmp_path / "program"
    write_folder(
        generate(scope="maryland", children=60, assumptions=assumptions), folder, assumptions=assumptions
    )
    program = read_program(folder)
    write_people(folder, program)
    plan = make_plan(program, policy=policy_of(program))
    assert not is_filled()
    fill(tmp_path, program_folder=folder, plan=plan, tell=lambda _: None)
    return folder


@pytest.mark.usefixtures("filled")
def test_every_role_finds_something_of_its_own() -> None:
    assert is_filled()
    assert Enquiry.objects.count() == 230
    people = {each.username: actor_of(each) for each in User.objects.all()}
    assert doors.children(people["intake"]).count() == 60
    assert doors.groups(people["attorney"]).count() == Engagement.objects.count() > 0
    assert doors.homes(people["foster"]).count() == 1
    assert doors.groups(people["director"]).exists()
    assert not doors.children(people["administrator"]).exists()


def test_the_office_holds_the_very_program_of_the_folder(filled: Path) -> None:
    there, here = read_program(filled), read_office(with_country=True)
    assert here.children == there.children
    assert here.homes == there.homes
    assert here.kin == there.kin
    assert [each.counsel_id for each in here.counsel] == [each.counsel_id for each in there.counsel]
    heard = {each.sibling_group_id for each in here.hearings}
    assert heard >= {each.sibling_group_id for each in there.hearings}, "the docket adds dates of its own"
    assert here.placements == there.placements


@pytest.mark.usefixtures("filled")
def test_the_first_plan_waits_for_a_second_person() -> None:
    run = PlanRun.objects.get()
    assert run.state == PlanRun.State.READY
    assert run.changed_number == ProgramSettings.objects.get().changed_number, "it can be approved as it is"
    assert run.counts["placed"] > 40
    assert PlannedGroup.objects.filter(home__assignments__user__username="foster").exists()


@pytest.mark.usefixtures("filled")
def test_the_foster_parent_who_reads_spanish_has_a_home_that_speaks_it() -> None:
    foster = User.objects.get(username="foster")
    home = doors.homes(actor_of(foster)).get()
    assert foster.language == home.best_language == "es"


@pytest.mark.usefixtures("filled")
def test_addresses_and_numbers_are_sealed() -> None:
    sealed = b"".join(bytes(each.sealed) for each in SealedValue.objects.all())
    assert b"555-01" not in sealed
    assert b"000-000" not in sealed
    assert (
        SealedValue.objects.filter(owner_kind="intake.child", field="a_number").count()
        == Child.objects.count()
    )
    assert (
        SealedValue.objects.filter(owner_kind="licensing.home", field="street").count()
        == Home.objects.count()
    )
