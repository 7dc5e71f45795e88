"""Promise 42: what is due is gone on its day from tables, files and restored backups; a legal hold stops it.

The office is a real one in a folder of its own. A group that is over has marks in every text column of every table
that can point to it, in its histories, sealed fields and a paper; a group that is still here has others. Every byte
of the folder and every cell is searched, and backups from before the erasure are restored by the command.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.promises.test_01_nothing_acknowledged_is_lost import own_database
from tests.served_office import environment

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What came of it all."""
    folder = tmp_path_factory.mktemp("erased")
    with django_db_blocker.unblock(), own_database(folder, f"erased_{os.getpid()}") as more:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.promises.erased_office", str(folder)],
            cwd=ROOT,
            env=environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_hold_stops_it_and_no_job_and_no_one_person_erases(told: dict[str, Any]) -> None:
    assert told["due_when_held"] == [True]
    assert told["after_the_job"] == len(told["before"]), "the daily job erases nothing"
    assert told["alone"] == "approval_void"


def test_what_was_erased_stands_in_no_table_no_file_and_no_free_page(told: dict[str, Any]) -> None:
    print(
        f"\nmarks of what goes in {len(told['before'])} tables and files before, {len(told['after'])} after"
    )
    assert len(told["before"]) > 25, "the search finds what was planted"
    assert told["erased"] == 1
    assert told["after"] == []
    assert told["here_after"] == told["here_before"], "who is still here keeps everything"
    assert told["log_stands"]


def test_a_restored_backup_does_not_bring_it_back(told: dict[str, Any]) -> None:
    if connection.vendor == "postgresql":  # its database is the test's own; test_12 restores there
        assert "restored_without" not in told
        return
    assert told["restored_without"] > 0, "the old backup holds it, and the search finds it"
    assert told["papers_without"] == 2
    for how in ("given", "beside"):
        assert told[f"restored_{how}"] == 0
        assert told[f"papers_{how}"] == 1
        assert told[f"restored_{how}_here"] > 0
