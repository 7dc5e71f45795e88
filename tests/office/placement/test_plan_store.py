"""The folder of a plan gives back what was planned, with what a program folder does not say."""

from pathlib import Path

from django.conf import settings

from posada.office.placement.plan_store import stored_plan, sweep
from posada.office.program import read_program
from tests.office.people import home_of
from tests.office.placement.planned import plan_now, siblings, small_program


def test_what_is_read_back_is_what_was_planned_also_what_is_closed_and_held() -> None:
    small_program()
    closed = home_of(state="on_hold")
    held = siblings(5)
    held.held_reason = "incomplete_group"
    held.save()
    run = plan_now()
    program, plan = stored_plan(run.folder)
    assert program.closed_homes == read_program().closed_homes == {closed.home_id}
    assert program.held_groups == {held.sibling_group_id: "incomplete_group"}
    assert len(plan.groups) == run.counts["placed_groups"]


def test_the_folder_is_private_and_names_nobody() -> None:
    groups, _homes, _counsel = small_program()
    run = plan_now()
    folder = Path(settings.DEPLOYMENT.plans) / run.folder
    assert folder.stat().st_mode & 0o077 == 0
    written = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())
    child = groups[0].children.first()
    assert child is not None
    assert child.family_name not in written
    assert child.given_name not in written


def test_what_a_killed_worker_left_is_swept_away_and_plans_stay() -> None:
    small_program()
    run = plan_now()
    room = Path(settings.DEPLOYMENT.plans)
    left = room / ("0" * 32 + ".input")
    left.mkdir()
    other = room / "README"
    other.touch()
    sweep({run.folder})
    assert (room / run.folder).is_dir()
    assert not left.exists()
    assert other.exists()
    other.unlink()
