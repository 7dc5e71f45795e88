"""A plan's folder is checked again before it answers anything."""

from pathlib import Path

import pytest

from posada.cli.opened_plan import open_plan
from posada.cli.planning import Wishes, make_and_write
from posada.cli.refusals import NothingDone
from tests.programme.folders import FIXTURES


def quiet(_: str) -> None:
    return None


def test_a_plan_is_opened_with_its_program_and_policy(tmp_path: Path) -> None:
    made = make_and_write(FIXTURES / "county", wishes=Wishes(out=tmp_path / "plan"), progress=quiet)
    opened = open_plan(tmp_path / "plan", progress=quiet)
    assert opened.plan == made.plan
    assert opened.policy == made.policy
    assert opened.program.input_sha256 == made.program.input_sha256


def test_a_plan_that_was_changed_into_an_unlawful_one_answers_nothing(tmp_path: Path) -> None:
    make_and_write(FIXTURES / "county", wishes=Wishes(out=tmp_path / "plan"), progress=quiet)
    file = tmp_path / "plan" / "placements.csv"
    changed = file.read_text(encoding="utf-8").replace(",h3,", ",h1,").replace(",h2,", ",h1,")
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(NothingDone) as refused:
        open_plan(tmp_path / "plan", progress=quiet)
    assert len(refused.value.lines) == 1
    assert "this plan was changed by hand (" in str(refused.value)
