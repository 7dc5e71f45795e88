"""The checker has the last word: what it finds is named, and nothing is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from posada.cli import planning
from posada.cli.planning import Wishes, make_and_write
from posada.cli.refusals import NothingDone
from posada.placement.plan import make_plan
from posada.records import Plan
from tests.programme.folders import FIXTURES


def unlawful(*args: object, **wishes: object) -> Plan:
    """A right plan, made wrong: its first group is sent to a home that no one knows."""
    plan = make_plan(*args, **wishes)  # type: ignore[arg-type]
    return replace(plan, groups=(replace(plan.groups[0], home_id="h999"), *plan.groups[1:]))


def test_an_unlawful_plan_is_not_written_and_each_violation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "make_plan", unlawful)
    wishes = Wishes(out=tmp_path / "plan", html=tmp_path / "plan.html")
    with pytest.raises(NothingDone, match="breaks a rule") as refused:
        make_and_write(FIXTURES / "county", wishes=wishes, progress=lambda _: None)
    assert any("unknown" in line and "h999" in line for line in refused.value.lines)
    assert list(tmp_path.iterdir()) == []


def test_what_is_done_is_told_on_the_way(tmp_path: Path) -> None:
    told: list[str] = []
    make_and_write(FIXTURES / "county", wishes=Wishes(out=tmp_path / "plan"), progress=told.append)
    assert told[0] == "Reading the program folder"
    assert told[-2:] == ["Checking the plan", "Writing"]


@pytest.mark.parametrize("gap", [-0.1, 1.5, float("nan")])
def test_a_gap_that_is_no_share_is_refused_before_anything_is_read(tmp_path: Path, gap: float) -> None:
    with pytest.raises(NothingDone, match="--gap"):
        make_and_write(
            tmp_path / "nowhere", wishes=Wishes(out=tmp_path / "plan", gap=gap), progress=lambda _: None
        )


def test_a_page_that_cannot_be_written_is_told_before_a_long_solve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> Plan:
        raise AssertionError("the plan was solved")

    monkeypatch.setattr(planning, "make_plan", never)
    wishes = Wishes(out=tmp_path / "plan", html=tmp_path / "nowhere" / "plan.html")
    with pytest.raises(Exception, match="is not there"):
        make_and_write(FIXTURES / "county", wishes=wishes, progress=lambda _: None)
