"""Starting Django for a command, and refusing in one line where that cannot be done."""

from pathlib import Path

import pytest
from django.db import OperationalError

from posada.cli import office_start
from posada.cli.refusals import NothingDone
from posada.office.refusals import Refusal
from tests.served_office import posada


def test_without_the_extra_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_start, "EXTRA", ("no_such_package",))
    with pytest.raises(NothingDone, match=r"pip install 'posada\[office\]'"):
        office_start.require_office()


def test_a_folder_without_an_office_is_told_in_one_line(tmp_path: Path) -> None:
    ran = posada("accounts", "--demo", "--data", tmp_path)
    assert ran.returncode == 2
    assert "no office lives here" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_refusals_and_a_broken_database_become_lines() -> None:
    with pytest.raises(NothingDone, match=r"This is not done\."), office_start.refusals_told():
        raise Refusal("This is not done.")
    with pytest.raises(NothingDone, match="posada init"), office_start.refusals_told():
        raise OperationalError("no such table: access_user")
