"""Promise 43: keys can be changed while people work, an old key opens nothing afterwards, nor does a stolen disk.

The office is a real one of several processes, on both databases: readers and a writer that go on while the commands
of `posada` change the key, in other processes, and while sealing again is killed. `POSADA_KILLS=30` kills it more
often, in a larger office. On SQLite every byte of the folder is searched, free pages too; on PostgreSQL every cell of
every table. What is not sealed, a child's name, is shown to be on the disk: decision 0010.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.promises.test_01_nothing_acknowledged_is_lost import own_database
from tests.served_office import environment

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, ROOT = min(int(os.environ.get("POSADA_KILLS", "1")), 30), Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What came of it all."""
    folder = tmp_path_factory.mktemp("rotated")
    with django_db_blocker.unblock(), own_database(folder, f"rotated_{os.getpid()}") as more:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.promises.rotated_office", str(folder), str(KILLS)],
            cwd=ROOT,
            env=environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_nobody_who_reads_or_writes_meanwhile_notices(told: dict[str, Any]) -> None:
    failed = len(told["failed"])
    print(f"\n{told['reads']} reads and {told['writes']} changes while the key was changed; {failed} failed")
    assert told["failed"] == []
    assert told["lost"] == []
    assert told["reads"] > 0
    assert told["writes"] > 0


def test_what_was_killed_midway_goes_on_and_ends(told: dict[str, Any]) -> None:
    print(f"\n{told['values']} sealed rows; left after each kill: {told['left_when_killed'][:5]}")
    assert len(told["left_when_killed"]) == KILLS
    assert 0 < told["left_when_killed"][0] < told["values"], (
        "it was killed before its end, after its beginning"
    )
    assert told["left"] == 0
    assert told["stale_hashes"] == 0, "look-up hashes of an older office are rebuilt"


def test_an_old_key_goes_by_two_persons_and_opens_nothing_afterwards(told: dict[str, Any]) -> None:
    one, other = told["people"]
    assert told["early"][0] == 2
    assert "not be saved yet" in told["early"][1]
    assert told["needed"] == {}
    assert [entry[:3] for entry in told["log"]] == [["keys.new", one, other], ["keys.retire", one, other]]
    assert told["log_stands"]
    assert told["keys_left"] == 1
    assert told["opened_before"] > told["values"], "the look-out for what a key opens finds it"
    assert told["opened_by_old"] == []
    assert told["unread"] == [], "all is there under the new key alone"
    assert told["old_left"] == 0, "nor does anything that the old key sealed lie in the database's free pages"


def test_a_stolen_disk_without_its_key_file_tells_nothing_that_is_sealed(told: dict[str, Any]) -> None:
    print(f"\n{told['canaries']} canaries, {told['files']} files and tables, {told['bytes']} bytes searched")
    assert told["hits"] == []
    assert told["name_found"], "a child's name is not sealed, and the documentation says so"
