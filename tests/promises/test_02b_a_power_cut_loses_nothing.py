"""Promise 2: nothing that was acknowledged is lost when the power fails: 1,000 in the long run, `POSADA_CUTS=1000`.

An office lives once, with its own settings and the SQLite that Python has, and every call to the disk is recorded.
Then the power is cut at places in this record: what was not synced is forgotten, in part, out of order, or by halves
of pages. After each cut the database is checked by SQLite itself, and every acknowledgement before the cut is looked
for, with its files. That this can fail is shown too: with SQLite's syncing off, or with names of papers not synced,
acknowledged acts are lost. SQLite and the files of papers; PostgreSQL syncs by itself, and is asked whether it does.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest

from posada.web.settings.office import database
from tests.postgresql import running
from tests.promises.test_01_nothing_acknowledged_is_lost import own_database
from tests.served_office import environment

pytestmark = pytest.mark.django_db(transaction=True)
CUTS, IN_ONE_LIFE, TO_FIND = int(os.environ.get("POSADA_CUTS", "50")), 50, 6
ROOT = Path(__file__).parent.parent.parent
CARES = ("synchronous", "normal", "folder")
ACTS = {"accept", "backup", "close", "edit", "erase", "import", "letter", "paper", "share"}


def cut(folder: Path, *, cuts: int, seed: int, without: str = "") -> dict[str, Any]:
    """One recorded life of an office of its own, and so many cuts."""
    folder.mkdir()
    with own_database(folder, f"cut_{os.getpid()}_{seed}"):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.promises.cut_office", str(folder), str(cuts), str(seed), without],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


if "POSADA_DATABASE_URL" not in os.environ:

    def test_nothing_acknowledged_is_lost_in_a_power_cut(tmp_path: Path) -> None:
        parts: list[dict[str, Any]] = []
        while (cuts := sum(part["cuts"] for part in parts)) < CUTS:
            seed = 1 + len(parts)
            parts.append(cut(tmp_path / str(seed), cuts=min(IN_ONE_LIFE, CUTS - cuts), seed=seed))
        acks = sum((Counter(part["acks"]) for part in parts), Counter[str]())
        faults = [part["faults"] for part in parts if part["faults"]]
        calls = sum(part["calls"] for part in parts)
        print(
            f"{cuts} power cuts in {calls:,} calls, {sum(acks.values()):,} changes looked for, {faults or 0} lost"
        )
        assert faults == []
        assert set(acks) == ACTS
        assert all(part["syncs"] > part["calls"] // 100 for part in parts)
        # SQLite's log was taken into the file and begun anew at least once: the hardest moment of all.
        assert all(part["logs"] >= 2 for part in parts)
        assert cuts == CUTS > 0

    @pytest.mark.parametrize("without", CARES if "POSADA_CUTS" in os.environ else CARES[:1])
    def test_without_a_care_it_would_be(without: str, tmp_path: Path) -> None:
        found = cut(tmp_path / without, cuts=TO_FIND, seed=7, without=without)
        print(
            f"{found['cuts']} power cuts without {without}: {found['hurt']} runs lost something; {found['faults']}"
        )
        assert found["hurt"] > 0


def test_an_ordinary_postgresql_syncs_what_it_confirms() -> None:
    with running(as_it_comes=True) as url:
        options = database(url)["OPTIONS"]
        with psycopg.connect(url, **options) as opened:
            names = ("fsync", "synchronous_commit", "full_page_writes")
            found = {name: opened.execute(f"SHOW {name}".encode()).fetchone() for name in names}
    print(f"3 settings of a server as it comes, asked in 1 runs: {found}")
    assert found == dict.fromkeys(names, ("on",))
