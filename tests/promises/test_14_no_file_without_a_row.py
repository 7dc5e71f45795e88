"""Promise 14: no file without a row, no row without a file: 500 crashes in the long run, `POSADA_CRASHES=500`.

An office is killed while papers come in, are refused, are shared as an archive and are erased. After each crash rows
and folders are compared here: no row may lack its file, ever; a file may lack its row until `posada documents repair`
has been, and none does after it. What is put there by hand, of each kind, is found, all of it and nothing else.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.promises.test_01_nothing_acknowledged_is_lost import own_database
from tests.served_office import environment

pytestmark = pytest.mark.django_db(transaction=True)
CRASHES, IN_ONE_OFFICE = int(os.environ.get("POSADA_CRASHES", "15")), 50
ROOT = Path(__file__).parent.parent.parent


def crashed(folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """An office of its own that is killed so many times over its papers."""
    folder.mkdir()
    with own_database(folder, f"papers_{os.getpid()}_{seed}") as told:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.promises.killed_papers", str(folder), str(kills), str(seed)],
            cwd=ROOT,
            env=environment(**told),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def test_what_a_crash_leaves_is_mended_and_what_is_planted_is_found(tmp_path: Path) -> None:
    parts: list[dict[str, Any]] = []
    while (kills := sum(part["kills"] for part in parts)) < CRASHES:
        seed = 1 + len(parts)
        parts.append(crashed(tmp_path / str(seed), kills=min(IN_ONE_OFFICE, CRASHES - kills), seed=seed))
    before, after, acts = (
        sum((Counter(part[name]) for part in parts), Counter[str]()) for name in ("before", "after", "acts")
    )
    planted = sum(part["planted"]["planted"] for part in parts)
    left = {name: count for name, count in before.items() if count}
    print(
        f"{kills} kills in {sum(acts.values())} whole acts left {left}, after the repair {after.total()} adrift;"
        f" {planted} planted files and rows all found"
    )
    assert before["rows of documents"] == before["rows of shared"] == 0
    assert after.total() == 0
    assert all(part["planted"]["all_found"] and part["planted"]["left"] == [] for part in parts)
    assert planted > 0 and acts.total() > 0
    # Crashes at random moments do leave files, else nothing was tried.
    assert kills < IN_ONE_OFFICE or before.total() > 0
    assert kills == CRASHES > 0
